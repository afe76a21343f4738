namespace GenieLoad.Engine.Logging;

/// <summary>What opens something within an address: the password before its host, and the query of a link that is signed.</summary>
internal static class LinkSecrets
{
    // As it is, with the slashes escaped as some JSON has them, and escaped for another address.
    private static readonly string[] Separators = ["://", @":\/\/", "%3A%2F%2F"];
    private static readonly string[] Signatures = ["sig=", "signature="];
    private static readonly string[] SignaturePrefixes = ["x-amz-", "x-goog-"];

    /// <summary>Every text that holds one holds one of these, in letters of either case.</summary>
    public static IEnumerable<string> Signs => Separators;

    /// <summary>Takes them out.</summary>
    public static void Cut(CutText cut)
    {
        foreach (string separator in Separators)
            RedactPasswords(cut, separator);
        RedactSignatures(cut);
    }

    /// <summary><c>scheme://user:password@host</c>: the user name stays.</summary>
    private static void RedactPasswords(CutText cut, string separator)
    {
        bool escaped = separator[0] == '%';
        string text = cut.Whole;
        int at = text.IndexOf(separator, StringComparison.OrdinalIgnoreCase);
        while (at >= 0)
        {
            int from = at + separator.Length;
            int end = from;
            while (end < text.Length && !EndsAuthority(text, end, escaped))
                end++;
            ReadOnlySpan<char> authority = text.AsSpan(from, end - from);
            int host = Math.Max(
                authority.LastIndexOf("@", StringComparison.Ordinal),
                escaped ? authority.LastIndexOf("%40", StringComparison.OrdinalIgnoreCase) : -1);
            int colon = host < 0 ? -1 : FirstOf(authority[..host], ":", "%3A", escaped, out int width) is >= 0 and int place
                ? place + width : -1;
            if (colon >= 0 && colon < host)
                cut.Out(from + colon, from + host);
            at = text.IndexOf(separator, end, StringComparison.OrdinalIgnoreCase);
        }
    }

    private static bool EndsAuthority(string text, int at, bool escaped)
    {
        char c = text[at];
        if (char.IsWhiteSpace(c) || c is '/' or '?' or '#' or '"' or '\'' or '<' or '>' or '\\')
            return true;
        return escaped && (c == '&' || IsAt(text, at, "%2F") || IsAt(text, at, "%3F") || IsAt(text, at, "%23") || IsAt(text, at, "%22"));
    }

    private static int FirstOf(ReadOnlySpan<char> text, string plain, string escape, bool escaped, out int width)
    {
        int first = text.IndexOf(plain, StringComparison.Ordinal);
        int second = escaped ? text.IndexOf(escape, StringComparison.OrdinalIgnoreCase) : -1;
        bool isFirst = second < 0 || (first >= 0 && first < second);
        width = isFirst ? plain.Length : escape.Length;
        return isFirst ? first : second;
    }

    private static bool IsAt(string text, int at, string part) =>
        string.Compare(text, at, part, 0, part.Length, StringComparison.OrdinalIgnoreCase) == 0;

    /// <summary>
    /// The query of a link that is signed by Azure (sig), Amazon (X-Amz-…, Signature) or Google (X-Goog-…): all of it goes.
    /// </summary>
    private static void RedactSignatures(CutText cut)
    {
        string text = cut.Whole;
        int at = NextLink(text, 0);
        while (at >= 0)
        {
            int end = at;
            while (end < text.Length && !char.IsWhiteSpace(text[end]) && text[end] is not ('"' or '\'' or '<' or '>'))
                end++;
            int query = text.IndexOf('?', at, end - at);
            if (query >= 0 && IsSigned(text.AsSpan(query + 1, end - query - 1)))
                cut.Out(query + 1, end);
            at = NextLink(text, end);
        }
    }

    private static int NextLink(string text, int from)
    {
        while (true)
        {
            int at = text.IndexOf("http", from, StringComparison.OrdinalIgnoreCase);
            if (at < 0 || IsAt(text, at + 4, "://") || IsAt(text, at + 4, "s://"))
                return at;
            from = at + 4;
        }
    }

    private static bool IsSigned(ReadOnlySpan<char> query)
    {
        foreach (string name in Signatures)
        {
            if (query.Contains(name, StringComparison.OrdinalIgnoreCase))
                return true;
        }
        foreach (string prefix in SignaturePrefixes)
        {
            ReadOnlySpan<char> rest = query;
            while (rest.IndexOf(prefix, StringComparison.OrdinalIgnoreCase) is >= 0 and int at)
            {
                rest = rest[(at + prefix.Length)..];
                int end = 0;
                while (end < rest.Length && (char.IsAsciiLetter(rest[end]) || rest[end] == '-'))
                    end++;
                if (end > 0 && end < rest.Length && rest[end] == '=')
                    return true;
                rest = rest[end..];
            }
        }
        return false;
    }
}
