using System.Globalization;
using System.Text;

namespace GenieLoad.Engine.Reports;

/// <summary>Texts of others in a report: what cannot be shown, or would change how its surroundings are shown, is spelled out.</summary>
internal static class ReportText
{
    /// <summary>
    /// The text with control characters and marks of writing direction spelled out (<c>⟨U+202E⟩</c>) and halves of surrogate pairs
    /// replaced: the rest of it is legal in XML and HTML. Line breaks and tabs stay.
    /// </summary>
    public static string Printable(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return "";
        StringBuilder? printable = null;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            string? instead = null;
            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                printable?.Append(c).Append(text[i + 1]);
                i++;
                continue;
            }

            if (char.IsSurrogate(c))
                instead = "\uFFFD";
            else if (IsUnprintable(c))
                instead = string.Create(CultureInfo.InvariantCulture, $"\u27E8U+{(int)c:X4}\u27E9");
            if (instead is not null)
                (printable ??= new StringBuilder(text, 0, i, text.Length + 16)).Append(instead);
            else
                printable?.Append(c);
        }

        return printable?.ToString() ?? text;
    }

    /// <summary>The printable text in one line of limited length.</summary>
    public static string OneLine(string? text, int most)
    {
        string line = string.Join(' ', Printable(text).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return Cut(line, most);
    }

    /// <summary>The first so many characters, with an ellipsis where some were left out; a surrogate pair is never cut apart.</summary>
    public static string Cut(string text, int most)
    {
        if (text.Length <= most)
            return text;
        int end = char.IsHighSurrogate(text[most - 2]) ? most - 2 : most - 1;
        return string.Concat(text.AsSpan(0, end), "\u2026");
    }

    // Marks of direction (Unicode TR 9) reorder what stands beside them, and can make a query read as another one.
    private static bool IsUnprintable(char c) => c switch
    {
        '\n' or '\r' or '\t' => false,
        < ' ' or (>= '\u007F' and <= '\u009F') => true,
        '\u200E' or '\u200F' or '\u061C' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') => true,
        '\u2028' or '\u2029' or '\uFEFF' or '\uFFFE' or '\uFFFF' => true,
        _ => false,
    };
}
