using GenieLoad.Engine.Logging;

namespace GenieLoad.Engine.Reports;

/// <summary>Texts of others in a report: what cannot be shown, or would change how its surroundings are shown, is spelled out.</summary>
internal static class ReportText
{
    /// <summary>The text as it may be shown, with its lines; the rest of it is legal in XML and HTML.</summary>
    public static string Printable(string? text) => PrintableText.Of(text);

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
}
