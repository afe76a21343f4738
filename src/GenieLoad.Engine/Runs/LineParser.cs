using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;

namespace GenieLoad.Engine.Runs;

/// <summary>Reads the values of lines. Used by one thread at a time.</summary>
/// <param name="type">What a line holds.</param>
/// <param name="isSound">Whether a value can be used.</param>
internal class LineParser<T>(JsonTypeInfo<T> type, Func<T, bool> isSound)
    where T : class
{
    /// <summary>The value of a line; <see langword="null"/> where it has none that can be used.</summary>
    /// <param name="line">The line, without its end.</param>
    public T? Parse(ReadOnlySpan<byte> line) => Read(line) is T value && isSound(value) ? value : null;

    /// <summary>Reads a line; <see langword="null"/> where it is none of these.</summary>
    protected virtual T? Read(ReadOnlySpan<byte> line)
    {
        try
        {
            // A byte that a disk has turned over costs a letter, not the line.
            return Utf8.IsValid(line)
                ? JsonSerializer.Deserialize(line, type)
                : JsonSerializer.Deserialize(Encoding.UTF8.GetString(line), type);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
