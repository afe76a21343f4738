using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace GenieLoad.Engine.Runs;

/// <summary>Reads a file of one JSON object per line that its writer may have left in the middle of a line.</summary>
internal static class JsonLinesReader
{
    /// <summary>The values of the file, in order. A missing file has none; a line that cannot be read is left out with a warning.</summary>
    /// <param name="path">The file.</param>
    /// <param name="type">What a line holds.</param>
    /// <param name="isSound">Whether a value can be used; one that cannot counts as a line that cannot be read.</param>
    /// <param name="warn">Told of each line left out.</param>
    public static IEnumerable<T> Read<T>(string path, JsonTypeInfo<T> type, Func<T, bool> isSound, Action<string>? warn)
        where T : class
    {
        if (!File.Exists(path))
            yield break;
        using StreamReader reader = new(
            new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete), Encoding.UTF8);
        int number = 0;
        while (reader.ReadLine() is { } line)
        {
            number++;
            if (string.IsNullOrWhiteSpace(line))
                continue;
            if (TryParse(line, type, out T? value) && isSound(value!))
                yield return value!;
            else
                warn?.Invoke(Complaint(path, number, isLast: reader.Peek() < 0));
        }
    }

    private static string Complaint(string path, int number, bool isLast) => isLast
        ? $"The last line of '{path}' was not written to its end; it was left out."
        : $"Line {number} of '{path}' cannot be read; it was left out.";

    private static bool TryParse<T>(string line, JsonTypeInfo<T> type, out T? value)
        where T : class
    {
        try
        {
            value = JsonSerializer.Deserialize(line, type);
            return value is not null;
        }
        catch (JsonException)
        {
            value = null;
            return false;
        }
    }
}
