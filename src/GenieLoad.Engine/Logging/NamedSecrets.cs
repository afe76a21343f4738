namespace GenieLoad.Engine.Logging;

/// <summary>
/// Secrets that are known by what stands before them: a name (<c>client_secret=…</c>, <c>"password": "…"</c>) or a scheme (<c>Bearer
/// …</c>).
/// </summary>
internal static class NamedSecrets
{
    private const string Authorization = "authorization";
    private const int LeastBehindScheme = 16;

    // In lower case: the last word of a name, and what may stand before it; nothing where it is a secret whatever does.
    private static readonly (string Word, string[] Before)[] Names =
    [
        ("_signature", []),
        ("secret", ["client", "client_", "client-"]),
        ("token", ["access", "access_", "access-", "refresh", "refresh_", "refresh-", "auth", "auth_", "auth-", "-management-"]),
        ("idtoken", []),
        ("id_token", []),
        ("password", []),
        ("x-identity-header", []),
        (Authorization, []),
    ];

    private static readonly string[] Schemes = ["bearer", "basic", "digest", "negotiate", "ntlm"];
    private static readonly string[] SchemesInText = ["bearer", "basic"];

    /// <summary>Every text that holds one holds one of these, in letters of either case.</summary>
    public static IEnumerable<string> Signs => [.. Names.Select(name => name.Word), .. SchemesInText];

    /// <summary>Takes them out.</summary>
    public static void Cut(CutText cut)
    {
        foreach ((string word, string[] before) in Names)
            RedactNamed(cut, word, before);
        foreach (string scheme in SchemesInText)
            RedactBehindScheme(cut, scheme);
    }

    /// <summary>Whether the value behind a name is a secret by its name alone.</summary>
    public static bool IsName(string name)
    {
        string lower = new CutText(name).Lower;
        foreach ((string word, string[] before) in Names)
        {
            if (lower.EndsWith(word, StringComparison.Ordinal) && MayBegin(lower, lower.Length - word.Length, word, before))
                return true;
        }
        return lower == "http_headers";
    }

    private static void RedactNamed(CutText cut, string word, string[] before)
    {
        string text = cut.Whole;
        string lower = cut.Lower;
        int at = lower.IndexOf(word, StringComparison.Ordinal);
        while (at >= 0)
        {
            int end = at + word.Length;
            if (MayBegin(lower, at, word, before) && ValueBehind(text, end) is int from)
            {
                bool isHeader = ReferenceEquals(word, Authorization);
                int to = EndOfQuoted(text, from);
                if (to < 0)
                    to = EndOfValue(text, isHeader ? BehindScheme(lower, from) : from, isHeader);
                if (to > from)
                    cut.Out(from, to);
                end = to;
            }
            at = lower.IndexOf(word, end, StringComparison.Ordinal);
        }
    }

    private static bool MayBegin(string lower, int at, string word, string[] before)
    {
        // "id" ends many a word, and so does nothing else that is looked for here.
        if (word.StartsWith("id", StringComparison.Ordinal) || ReferenceEquals(word, Authorization))
            return at == 0 || !char.IsAsciiLetterOrDigit(lower[at - 1]);
        return before.Length == 0
            || Array.Exists(before, part => at >= part.Length
                && string.CompareOrdinal(lower, at - part.Length, part, 0, part.Length) == 0);
    }

    /// <summary>
    /// Where the value begins behind <c>=</c> or <c>:</c> and its quotation mark; also within JSON in JSON, where quotes are escaped.
    /// </summary>
    private static int? ValueBehind(string text, int at)
    {
        at = SkipBlanks(text, SkipQuote(text, at));
        if (at >= text.Length || text[at] is not (':' or '='))
            return null;
        return SkipQuote(text, SkipBlanks(text, at + 1));
    }

    private static int SkipQuote(string text, int at)
    {
        while (at < text.Length && text[at] == '\\')
            at++;
        return at < text.Length && (text[at] is '"' or '\'') ? at + 1 : at;
    }

    private static int SkipBlanks(string text, int at)
    {
        while (at < text.Length && char.IsWhiteSpace(text[at]))
            at++;
        return at;
    }

    // A secret in quotes may hold anything. Without the quote that ends it, it is read as one without quotes.
    private static int EndOfQuoted(string text, int from)
    {
        char quote = text[from - 1];
        if (quote is not ('"' or '\''))
            return -1;
        int depth = BackslashesBefore(text, from - 1, 0);
        for (int i = from; i < text.Length && text[i] is not ('\n' or '\r'); i++)
        {
            if (text[i] != quote)
                continue;
            int escapes = BackslashesBefore(text, i, from);
            if (depth == 0 ? escapes % 2 == 0 : escapes <= depth)
                return i - escapes;
        }
        return -1;
    }

    private static int BackslashesBefore(string text, int at, int least)
    {
        int from = at;
        while (from > least && text[from - 1] == '\\')
            from--;
        return at - from;
    }

    private static int EndOfValue(string text, int at, bool isHeader)
    {
        while (at < text.Length && !char.IsWhiteSpace(text[at]) && text[at] is not ('"' or '\'' or '\\' or ',' or ';')
            && (isHeader || text[at] is not ('&' or '<' or '>' or '}')))
        {
            at++;
        }
        return at;
    }

    private static int BehindScheme(string lower, int at)
    {
        foreach (string scheme in Schemes)
        {
            if (string.CompareOrdinal(lower, at, scheme, 0, scheme.Length) == 0
                && SkipBlanks(lower, at + scheme.Length) is int value && value > at + scheme.Length)
            {
                return value;
            }
        }
        return at;
    }

    private static void RedactBehindScheme(CutText cut, string scheme)
    {
        string text = cut.Whole;
        string lower = cut.Lower;
        int at = lower.IndexOf(scheme, StringComparison.Ordinal);
        while (at >= 0)
        {
            int end = at + scheme.Length;
            int from = SkipBlanks(text, end);
            if (from > end && (at == 0 || !char.IsLetterOrDigit(text[at - 1])))
            {
                int to = from;
                while (to < text.Length && (char.IsAsciiLetterOrDigit(text[to]) || text[to] is '.' or '_' or '~' or '+' or '/' or '-'))
                    to++;
                if (to - from >= LeastBehindScheme)
                {
                    while (to < text.Length && text[to] == '=')
                        to++;
                    cut.Out(from, to);
                    end = to;
                }
            }
            at = lower.IndexOf(scheme, end, StringComparison.Ordinal);
        }
    }
}
