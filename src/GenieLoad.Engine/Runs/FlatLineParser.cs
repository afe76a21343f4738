using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;
using GenieLoad.Engine.Json;

namespace GenieLoad.Engine.Runs;

/// <summary>Reads lines that are flat records: those in the usual form fast, all others as ever.</summary>
/// <param name="type">What a line holds.</param>
/// <param name="reader">Reads those in the usual form.</param>
/// <param name="isSound">Whether a value can be used.</param>
internal class FlatLineParser<T>(JsonTypeInfo<T> type, FlatReader<T> reader, Func<T, bool> isSound) : LineParser<T>(type, isSound)
    where T : class
{
    /// <inheritdoc/>
    protected override T? Read(ReadOnlySpan<byte> line) =>
        (Utf8.IsValid(line) ? reader.Read(line) : null) ?? (base.Read(line) is T unusual ? Gated(unusual) : null);

    /// <summary>A value that did not come through the gate of the reader.</summary>
    protected virtual T Gated(T unusual) => unusual;
}
