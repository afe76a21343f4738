namespace GenieLoad.Engine.Logging;

/// <summary>Text in lines of limited length, broken between words.</summary>
internal static class WrappedText
{
    /// <summary>A text behind a head, its further lines below its first word.</summary>
    public static IEnumerable<string> Hanging(string head, string text, int width) => Lines(text, Math.Max(1, width - head.Length))
        .Select((line, i) => (i == 0 ? head : new string(' ', head.Length)) + line);

    /// <summary>The lines of a text without line breaks; a word that is longer than a line is broken.</summary>
    public static IEnumerable<string> Lines(string text, int width)
    {
        string rest = text.Trim();
        while (rest.Length > width)
        {
            int end = rest.LastIndexOf(' ', width);
            if (end <= 0)
                end = char.IsHighSurrogate(rest[width - 1]) ? width - 1 : width;
            yield return rest[..end].TrimEnd();
            rest = rest[end..].TrimStart();
        }

        yield return rest;
    }
}
