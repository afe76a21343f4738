namespace GenieLoad.Engine.Logging;

/// <summary>What opens something within an address: the password before its host, and the query of a link that is signed.</summary>
internal static class LinkSecrets
{
    // In lower case. As it is, with the slashes escaped as some JSON has them, and escaped for another address.
    private static readonly string[] Separators = ["://", @":\/\/", "%3a%2f%2f"];
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
        string lower = cut.Lower;
        int at = lower.IndexOf(separator, StringComparison.Ordinal);
        while (at >= 0)
        {
            int from = at + separator.Length;
            int end = from;
            while (end < lower.Length && !EndsAuthority(lower, end, escaped))
                end++;
            ReadOnlySpan<char> authority = lower.AsSpan(from, end - from);
            int host = Math.Max(authority.LastIndexOf('@'), escaped ? authority.LastIndexOf("%40") : -1);
            int colon = host < 0 ? -1 : FirstOf(authority[..host], ":", "%3a", escaped, out int width) is >= 0 and int place
                ? place + width : -1;
            if (colon >= 0 && colon < host)
                cut.Out(from + colon, from + host);
            at = lower.IndexOf(separator, end, StringComparison.Ordinal);
        }
    }

    private static bool EndsAuthority(string lower, int at, bool escaped)
    {
        char c = lower[at];
        if (char.IsWhiteSpace(c) || c is '/' or '?' or '#' or '"' or '\'' or '<' or '>' or '\\')
            return true;
        return escaped
            && (c == '&' || IsAt(lower, at, "%2f") || IsAt(lower, at, "%3f") || IsAt(lower, at, "%23") || IsAt(lower, at, "%22"));
    }

    private static int FirstOf(ReadOnlySpan<char> text, string plain, string escape, bool escaped, out int width)
    {
        int first = text.IndexOf(plain);
        int second = escaped ? text.IndexOf(escape) : -1;
        bool isFirst = second < 0 || (first >= 0 && first < second);
        width = isFirst ? plain.Length : escape.Length;
        return isFirst ? first : second;
    }

    private static bool IsAt(string lower, int at, string part) => string.CompareOrdinal(lower, at, part, 0, part.Length) == 0;

    /// <summary>
    /// The query of a link that is signed by Azure (sig), Amazon (X-Amz-…, Signature) or Google (X-Goog-…): all of it goes.
    /// </summary>
    private static void RedactSignatures(CutText cut)
    {
        string lower = cut.Lower;
        int at = NextLink(lower, 0);
        while (at >= 0)
        {
            int end = at;
            while (end < lower.Length && !char.IsWhiteSpace(lower[end]) && lower[end] is not ('"' or '\'' or '<' or '>'))
                end++;
            int query = lower.IndexOf('?', at, end - at);
            if (query >= 0 && IsSigned(lower.AsSpan(query + 1, end - query - 1)))
                cut.Out(query + 1, end);
            at = NextLink(lower, end);
        }
    }

    private static int NextLink(string lower, int from)
    {
        while (true)
        {
            int at = lower.IndexOf("http", from, StringComparison.Ordinal);
            if (at < 0 || IsAt(lower, at + 4, "://") || IsAt(lower, at + 4, "s://"))
                return at;
            from = at + 4;
        }
    }

    private static bool IsSigned(ReadOnlySpan<char> query)
    {
        foreach (string name in Signatures)
        {
            if (query.Contains(name, StringComparison.Ordinal))
                return true;
        }
        foreach (string prefix in SignaturePrefixes)
        {
            ReadOnlySpan<char> rest = query;
            while (rest.IndexOf(prefix) is >= 0 and int at)
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
