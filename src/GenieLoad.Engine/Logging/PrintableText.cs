using System.Buffers;
using System.Globalization;
using System.Text;

namespace GenieLoad.Engine.Logging;

/// <summary>
/// Texts of others as they may be shown: what steers a terminal, cannot be seen, or changes how its surroundings are read is spelled out
/// (<c>⟨U+001B⟩</c>). Data in objects and files stays what it is; what is written for people passes here.
/// </summary>
public static class PrintableText
{
    private const char FirstJoinedLetter = '\u0600';

    // Marks that are written before a number, of Arabic, Syriac and Kaithi: of the kind of format characters, and yet seen.
    private static readonly int[] SeenFormats =
        [0x600, 0x601, 0x602, 0x603, 0x604, 0x605, 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD];

    // Nearly all texts are of these alone.
    private static readonly SearchValues<char> Plain =
        SearchValues.Create(['\n', '\t', .. Enumerable.Range(' ', '\u007F' - ' ').Select(code => (char)code)]);

    /// <summary>The text with its lines; every kind of line break becomes <c>\n</c>, and tabs stay.</summary>
    /// <param name="text">Any text.</param>
    public static string Of(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return "";
        int first = text.AsSpan().IndexOfAnyExcept(Plain);
        if (first < 0)
            return text;
        var printable = new StringBuilder(text, 0, first, text.Length + 16);
        for (int i = first; i < text.Length; i++)
        {
            if (text[i] == '\r' && i + 1 < text.Length && text[i + 1] == '\n')
                continue;
            if (!Rune.TryGetRuneAt(text, i, out Rune rune))
                printable.Append('\uFFFD');
            else if (IsSeen(rune) || IsJoiner(text, i))
                printable.Append(text, i, rune.Utf16SequenceLength);
            else
                printable.Append(CultureInfo.InvariantCulture, $"\u27E8U+{rune.Value:X4}\u27E9");
            if (rune.Utf16SequenceLength == 2)
                i++;
        }
        return printable.ToString();
    }

    /// <summary>The text in one line: line breaks and tabs become a blank.</summary>
    /// <param name="text">Any text.</param>
    public static string Line(string? text) => Of(text).Replace('\n', ' ').Replace('\t', ' ');

    private static bool IsSeen(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control => rune.Value is '\n' or '\t',
        UnicodeCategory.Format => SeenFormats.Contains(rune.Value),
        UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => false,
        UnicodeCategory.OtherNotAssigned => (rune.Value & 0xFFFE) != 0xFFFE && rune.Value < 0xE0000,
        _ => true,
    };

    // Persian and Hindi are written with them, and many emojis; beside a Latin letter they only hide.
    private static bool IsJoiner(string text, int at) =>
        text[at] is '\u200C' or '\u200D'
        && at > 0 && text[at - 1] >= FirstJoinedLetter && at + 1 < text.Length && text[at + 1] >= FirstJoinedLetter
        && text[at + 1] is not ('\u200C' or '\u200D');
}
