using System.Buffers;
using System.Text.Json;

namespace GenieLoad.Engine.Genie.Wire;

/// <summary>The longest text that is read of an answer: rows hold texts, and a run holds its rows.</summary>
internal static class WireText
{
    /// <summary>Characters. Far more than Genie writes; the whole stands in <c>responses.jsonl</c>.</summary>
    public const int Longest = 100_000;

    private const int LongestBeginning = 1000;

    /// <summary>The text, cut behind <see cref="Longest"/> characters; the mark of the cut comes on top.</summary>
    public static string Short(string text) => text.Length <= Longest ? text : Cut(text, Longest);

    /// <summary>The first thousand characters of a text.</summary>
    public static string? Beginning(string? text) => text is null || text.Length <= LongestBeginning ? text : Cut(text, LongestBeginning);

    /// <summary>The text at which a reader stands, cut likewise, without making a copy of a huge one.</summary>
    public static string Read(ref Utf8JsonReader reader)
    {
        if (reader.ValueSpan.Length <= Longest)
            return reader.GetString()!;
        char[] whole = ArrayPool<char>.Shared.Rent(reader.ValueSpan.Length);
        try
        {
            ReadOnlySpan<char> text = whole.AsSpan(0, reader.CopyString(whole));
            return text.Length <= Longest ? text.ToString() : Cut(text, Longest);
        }
        finally
        {
            ArrayPool<char>.Shared.Return(whole);
        }
    }

    private static string Cut(ReadOnlySpan<char> text, int length)
    {
        if (char.IsHighSurrogate(text[length - 1]))
            length--;
        return string.Concat(text[..length], "…");
    }
}
