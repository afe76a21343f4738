namespace GenieLoad.Engine.Reports;

/// <summary>Text in lines of limited length, broken between words.</summary>
internal static class WrappedText
{
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
