namespace GenieLoad.Engine.Answers;

/// <summary>The forms of a statement in which it is compared, from the strictest to the loosest.</summary>
/// <param name="Exact">As it is written; only line ends and blanks around it are one.</param>
/// <param name="Lexical">
/// Without comments, in lower case outside of quotes, one blank between pieces, without needless backticks and without <c>AS</c>; numbers
/// and signs in one form.
/// </param>
/// <param name="Masked">The same with a <c>?</c> for every number and text: last month's query and this month's are one.</param>
/// <param name="Shape">The same with aliases numbered and lists after <c>IN</c> as one <c>?</c>.</param>
internal sealed record SqlForm(string Exact, string Lexical, string Masked, string Shape)
{
    private const string Value = "?";

    /// <summary>The forms of a statement.</summary>
    /// <param name="sql">The statement.</param>
    public static SqlForm Of(string sql) => Of(sql, SqlLexer.Read(sql));

    /// <summary>The forms of a statement that was taken apart.</summary>
    /// <param name="sql">The statement.</param>
    /// <param name="tokens">Its pieces.</param>
    public static SqlForm Of(string sql, IReadOnlyList<SqlToken> tokens)
    {
        SqlToken[] masked = [.. Mask(tokens)];
        return new SqlForm(
            sql.ReplaceLineEndings("\n").Trim(), Join(tokens), Join(masked), Join(SqlAliases.Number(ShortLists(masked))));
    }

    private static string Join(IEnumerable<SqlToken> tokens) => string.Join(' ', tokens.Where(token => !token.Is("as")));

    private static IEnumerable<SqlToken> Mask(IReadOnlyList<SqlToken> tokens)
    {
        for (int i = 0; i < tokens.Count; i++)
        {
            // A sign belongs to its number where nothing stands before it that it could be taken from.
            bool isSign = tokens[i].Is("-") && i + 1 < tokens.Count && tokens[i + 1].Kind == SqlTokenKind.Number
                && (i == 0 || !(tokens[i - 1].IsLiteral || tokens[i - 1].IsName || tokens[i - 1].Is(")") || tokens[i - 1].Is("]")));
            if (!isSign)
                yield return tokens[i].IsLiteral ? new SqlToken(SqlTokenKind.Sign, Value) : tokens[i];
        }
    }

    private static SqlToken[] ShortLists(SqlToken[] tokens)
    {
        List<SqlToken> kept = new(tokens.Length);
        for (int i = 0; i < tokens.Length; i++)
        {
            kept.Add(tokens[i]);
            if (!tokens[i].Is("in") || i + 1 >= tokens.Length || !tokens[i + 1].Is("("))
                continue;
            int end = AfterValue(tokens, i + 2);
            while (end > 0 && end < tokens.Length && tokens[end].Is(","))
                end = AfterValue(tokens, end + 1);
            if (end <= 0 || end >= tokens.Length || !tokens[end].Is(")"))
                continue;
            kept.AddRange([tokens[i + 1], new SqlToken(SqlTokenKind.Sign, Value), tokens[end]]);
            i = end;
        }
        return [.. kept];
    }

    /// <summary>Place behind a value, such as <c>?</c> or <c>date ?</c>; -1 where there is none.</summary>
    private static int AfterValue(SqlToken[] tokens, int at)
    {
        if (at < tokens.Length && (tokens[at].Is("date") || tokens[at].Is("timestamp")))
            at++;
        return at < tokens.Length && tokens[at].Is(Value) ? at + 1 : -1;
    }
}
