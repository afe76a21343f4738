namespace GenieLoad.Engine.Answers;

/// <summary>What makes the result of a statement another each time, although nothing is wrong with the answer.</summary>
internal static class SqlFindings
{
    /// <summary>Names today or now.</summary>
    public const string RelativeDate = nameof(RelativeDate);

    /// <summary>Draws at random.</summary>
    public const string Random = nameof(Random);

    /// <summary>Takes some rows without an order that says which.</summary>
    public const string LimitWithoutOrder = nameof(LimitWithoutOrder);

    private static readonly HashSet<string> Dates =
        ["current_date", "current_timestamp", "now", "curdate", "getdate", "localtimestamp", "unix_timestamp"];

    private static readonly HashSet<string> Draws = ["rand", "random", "randn", "randstr", "uniform", "uuid", "shuffle", "tablesample"];

    private static readonly HashSet<string> Changes =
    [
        "alter", "call", "copy", "create", "delete", "drop", "execute", "grant", "insert", "merge", "optimize", "refresh", "replace",
        "restore", "revoke", "truncate", "update", "vacuum",
    ];

    /// <summary>What was found, parted by spaces; empty for nothing.</summary>
    /// <param name="tokens">The statement.</param>
    public static string Of(IReadOnlyList<SqlToken> tokens) => string.Join(' ', Found(tokens));

    /// <summary>Whether it only reads: one statement that begins as a query, and nothing in it that writes.</summary>
    /// <param name="tokens">The statement.</param>
    public static bool IsQuery(IReadOnlyList<SqlToken> tokens)
    {
        int depth = 0;
        for (int i = 0; i < tokens.Count; i++)
        {
            depth += tokens[i].Is("(") ? 1 : tokens[i].Is(")") ? -1 : 0;
            // A function can be called replace or insert, a column anything; what writes begins a statement, or follows WITH.
            bool isWord = depth == 0 && tokens[i].Kind == SqlTokenKind.Word && Changes.Contains(tokens[i].Text);
            bool isCallOrName = i > 0 && (tokens[i - 1].Is(".") || (i + 1 < tokens.Count && tokens[i + 1].Is("(")));
            if (tokens[i].Is(";") || (isWord && !isCallOrName && (i == 0 || tokens[i - 1].Is(")"))))
                return false;
        }
        SqlToken first = tokens.SkipWhile(token => token.Is("(")).FirstOrDefault();
        return first.Is("select") || first.Is("with") || first.Is("values") || first.Is("table") || first.Is("from");
    }

    private static IEnumerable<string> Found(IReadOnlyList<SqlToken> tokens)
    {
        if (tokens.Any(token => token.Kind == SqlTokenKind.Word && Dates.Contains(token.Text)))
            yield return RelativeDate;
        if (tokens.Any(token => token.Kind == SqlTokenKind.Word && Draws.Contains(token.Text)))
            yield return Random;
        if (IsLimitWithoutOrder(tokens))
            yield return LimitWithoutOrder;
    }

    private static bool IsLimitWithoutOrder(IReadOnlyList<SqlToken> tokens)
    {
        int depth = 0;
        bool isOrdered = false;
        foreach (SqlToken token in tokens)
        {
            depth += token.Is("(") ? 1 : token.Is(")") ? -1 : 0;
            isOrdered |= depth == 0 && token.Is("order");
            if (depth == 0 && token.Is("limit"))
                return !isOrdered;
        }
        return false;
    }
}
