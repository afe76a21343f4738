namespace GenieLoad.Engine.Logging;

/// <summary>Tokens that are known by their form: JSON web tokens, personal access tokens, secrets of service principals.</summary>
internal static class TokenForms
{
    private static readonly string[] DatabricksPrefixes = ["dapi", "dkea", "dose"];
    private const string WebTokenStart = "eyJ";
    private const int LeastAfterPrefix = 8;
    private const int HexDigits = 32;

    /// <summary>Every text that holds one holds one of these.</summary>
    public static IEnumerable<string> Signs => [.. DatabricksPrefixes, WebTokenStart];

    /// <summary>Takes them out.</summary>
    public static void Cut(CutText cut)
    {
        RedactWebTokens(cut);
        foreach (string prefix in DatabricksPrefixes)
            RedactDatabricksTokens(cut, prefix);
    }

    /// <summary>
    /// At least two parts joined by points, the first of at least eight characters that begin as <c>{"</c> does in base64.
    /// </summary>
    private static void RedactWebTokens(CutText cut)
    {
        string text = cut.Whole;
        int at = text.IndexOf(WebTokenStart, StringComparison.Ordinal);
        while (at >= 0)
        {
            int point = EndOfPart(text, at);
            int next = point;
            if (point < text.Length && text[point] == '.' && point - at >= WebTokenStart.Length + 5
                && EndOfPart(text, point + 1) > point + 1)
            {
                while (next < text.Length && (text[next] == '.' || IsPart(text[next])))
                    next++;
                cut.Out(at, next);
            }
            at = text.IndexOf(WebTokenStart, next, StringComparison.Ordinal);
        }
    }

    private static void RedactDatabricksTokens(CutText cut, string prefix)
    {
        string text = cut.Whole;
        int at = text.IndexOf(prefix, StringComparison.Ordinal);
        while (at >= 0)
        {
            int from = at + prefix.Length;
            int end = from;
            if (at > 0 && char.IsLetterOrDigit(text[at - 1]))
            {
                // Within a word it must have its full form: an overdose of medication is none.
                while (end < text.Length && end - from < HexDigits && char.IsAsciiHexDigit(text[end]))
                    end++;
                if (end - from < HexDigits)
                {
                    at = text.IndexOf(prefix, from, StringComparison.Ordinal);
                    continue;
                }
            }
            while (end < text.Length && char.IsAsciiLetterOrDigit(text[end]))
                end++;
            if (end - from >= LeastAfterPrefix)
            {
                end = EndOfVersion(text, end);
                cut.Out(at, end);
            }
            at = text.IndexOf(prefix, end, StringComparison.Ordinal);
        }
    }

    // -2 and the like behind a personal access token.
    private static int EndOfVersion(string text, int at)
    {
        if (at >= text.Length || text[at] != '-')
            return at;
        int end = at + 1;
        while (end < text.Length && char.IsAsciiDigit(text[end]))
            end++;
        return end > at + 1 ? end : at;
    }

    private static int EndOfPart(string text, int at)
    {
        while (at < text.Length && IsPart(text[at]))
            at++;
        return at;
    }

    private static bool IsPart(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '-';
}
