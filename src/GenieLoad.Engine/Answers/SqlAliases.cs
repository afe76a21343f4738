namespace GenieLoad.Engine.Answers;

/// <summary>
/// Numbers the aliases of a statement, <c>a1</c>, <c>a2</c> ... in the order in which they first appear, so that what they are called does
/// not matter. Works on pieces alone: what follows <c>AS</c>, and a name that follows another name or a bracket, is an alias.
/// </summary>
internal static class SqlAliases
{
    /// <summary>The same statement with its aliases numbered.</summary>
    /// <param name="tokens">Its pieces.</param>
    public static IEnumerable<SqlToken> Number(IReadOnlyList<SqlToken> tokens)
    {
        Dictionary<string, int> declaredAt = new(StringComparer.Ordinal);
        foreach (int at in Declarations(tokens))
            declaredAt.TryAdd(tokens[at].Text, at);
        Dictionary<string, string> names = new(StringComparer.Ordinal);
        for (int i = 0; i < tokens.Count; i++)
        {
            SqlToken token = tokens[i];
            bool isAlias = token.IsName && declaredAt.TryGetValue(token.Text, out int declared) && !FollowsDot(tokens, i)
                // Before it is declared, a name that is no qualifier is a column that happens to be called so.
                && (i >= declared || IsQualifier(tokens, i));
            if (isAlias && !names.TryGetValue(token.Text, out _))
                names[token.Text] = FormattableString.Invariant($"a{names.Count + 1}");
            yield return isAlias ? new SqlToken(SqlTokenKind.Word, names[token.Text]) : token;
        }
    }

    private static IEnumerable<int> Declarations(IReadOnlyList<SqlToken> tokens)
    {
        Stack<bool> casts = new();
        for (int i = 0; i < tokens.Count; i++)
        {
            if (tokens[i].Is("("))
                casts.Push(i > 0 && (tokens[i - 1].Is("cast") || tokens[i - 1].Is("try_cast")));
            else if (tokens[i].Is(")"))
                casts.TryPop(out _);
            if (i == 0 || !tokens[i].IsName || IsCall(tokens, i) || IsQualifier(tokens, i) || FollowsDot(tokens, i))
            {
                // A common table expression is named before its AS: with totals as ( ... ).
                if (i > 0 && tokens[i].IsName && IsTableExpression(tokens, i))
                    yield return i;
                continue;
            }
            SqlToken before = tokens[i - 1];
            // The type of a cast follows AS too.
            bool isInCast = casts.TryPeek(out bool isCast) && isCast;
            bool follows = before.IsName || before.Is(")") || before.Is("?") || before.Is("end") || IsTableExpression(tokens, i);
            if (before.Is("as") ? !isInCast : follows)
                yield return i;
        }
    }

    private static bool IsTableExpression(IReadOnlyList<SqlToken> tokens, int i) =>
        (tokens[i - 1].Is("with") || tokens[i - 1].Is(",")) && i + 2 < tokens.Count && tokens[i + 1].Is("as") && tokens[i + 2].Is("(");

    private static bool IsQualifier(IReadOnlyList<SqlToken> tokens, int i) => i + 1 < tokens.Count && tokens[i + 1].Is(".");

    private static bool IsCall(IReadOnlyList<SqlToken> tokens, int i) => i + 1 < tokens.Count && tokens[i + 1].Is("(");

    private static bool FollowsDot(IReadOnlyList<SqlToken> tokens, int i) => i > 0 && tokens[i - 1].Is(".");
}
