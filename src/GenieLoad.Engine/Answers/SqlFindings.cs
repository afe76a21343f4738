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

    private static readonly HashSet<string> WithoutBrackets = ["current_date", "current_timestamp", "localtimestamp", "tablesample"];

    private static readonly HashSet<string> Totals = ["count", "sum", "avg", "min", "max", "approx_count_distinct"];

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
            // INSERT may stand behind FROM too: from a insert into b select *.
            bool isWrite = isWord && !isCallOrName && (i == 0 || tokens[i - 1].Is(")") || tokens[i].Is("insert"));
            if (tokens[i].Is(";") || isWrite)
                return false;
        }
        SqlToken first = tokens.SkipWhile(token => token.Is("(")).FirstOrDefault();
        return first.Is("select") || first.Is("with") || first.Is("values") || first.Is("table") || first.Is("from");
    }

    private static IEnumerable<string> Found(IReadOnlyList<SqlToken> tokens)
    {
        if (Uses(tokens, Dates))
            yield return RelativeDate;
        if (Uses(tokens, Draws))
            yield return Random;
        if (IsLimitWithoutOrder(tokens) && !IsOneRow(tokens))
            yield return LimitWithoutOrder;
    }

    /// <summary>Whether one of these functions is called; a column can have such a name too.</summary>
    private static bool Uses(IReadOnlyList<SqlToken> tokens, HashSet<string> functions) => tokens.Where((token, i) =>
        token.Kind == SqlTokenKind.Word && functions.Contains(token.Text)
        && (WithoutBrackets.Contains(token.Text) || IsCall(tokens, i)) && !(i > 0 && tokens[i - 1].Is("."))).Any();

    private static bool IsCall(IReadOnlyList<SqlToken> tokens, int i) => i + 1 < tokens.Count && tokens[i + 1].Is("(");

    private static bool IsLimitWithoutOrder(IReadOnlyList<SqlToken> tokens)
    {
        // Each pair of brackets has its own order.
        Stack<bool> outer = new();
        bool isOrdered = false;
        foreach (SqlToken token in tokens)
        {
            if (token.Is("("))
            {
                outer.Push(isOrdered);
                isOrdered = false;
            }
            else if (token.Is(")"))
                isOrdered = outer.TryPop(out bool before) && before;
            else if (token.Is("order"))
                isOrdered = true;
            else if (token.Is("limit") && !isOrdered)
                return true;
        }
        return false;
    }

    /// <summary>Whether it adds everything up into one row, of which a limit leaves nothing out.</summary>
    private static bool IsOneRow(IReadOnlyList<SqlToken> tokens) => !tokens.Any(token => token.Is("group") || token.Is("over"))
        && tokens.Count > 2 && tokens[0].Is("select") && Totals.Contains(tokens[1].Text) && tokens[2].Is("(");
}
