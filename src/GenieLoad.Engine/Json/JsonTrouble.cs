using System.Text.Json;

namespace GenieLoad.Engine.Json;

/// <summary>
/// Where JSON cannot be read, in words. What a parser says itself quotes the text, and a path may name any file of the machine; it also
/// names .NET types.
/// </summary>
internal static class JsonTrouble
{
    /// <summary>Line and byte, both from 1; only that it is so, where the parser does not tell the place.</summary>
    /// <param name="trouble">What the parser says.</param>
    public static string InWords(JsonException trouble)
    {
        ArgumentNullException.ThrowIfNull(trouble);
        return trouble is { LineNumber: long line, BytePositionInLine: long place }
            ? FormattableString.Invariant($"line {line + 1}, byte {place + 1}: something else is expected there.")
            : "it is not the JSON that is expected there.";
    }

    /// <summary>What an exception on the way through a file says; of JSON only the place.</summary>
    /// <param name="trouble">The exception.</param>
    public static string InWords(Exception trouble)
    {
        ArgumentNullException.ThrowIfNull(trouble);
        return trouble switch
        {
            JsonException json => InWords(json),
            InvalidOperationException => "it is not the JSON that is expected there.",
            _ => trouble.Message,
        };
    }
}
