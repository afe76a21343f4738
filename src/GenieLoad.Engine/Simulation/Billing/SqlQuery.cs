namespace GenieLoad.Engine.Simulation.Billing;

/// <summary>A result: the names of its columns, and its rows.</summary>
internal sealed record SqlResult(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<object?>> Rows)
{
    /// <summary>Types of its columns; <see langword="null"/> where nobody says.</summary>
    public IReadOnlyList<string>? Types { get; init; }

    /// <summary>Whether there are more rows.</summary>
    public bool IsCut { get; init; }
}

/// <summary>
/// Runs statements of one shape: <c>SELECT ... FROM a AS x LEFT JOIN b AS y ON ... WHERE ... ORDER BY ...</c>. What a client leaves out
/// of its conditions comes back to it, as from the service.
/// </summary>
internal static class SqlQuery
{
    /// <summary>Runs one.</summary>
    /// <param name="statement">Its text.</param>
    /// <param name="parameters">Values of its parameters.</param>
    /// <param name="user">Who runs it.</param>
    /// <param name="tables">The tables that there are.</param>
    /// <exception cref="SqlFailure">It cannot be run.</exception>
    public static SqlResult Run(
        string statement, IReadOnlyDictionary<string, object?> parameters, string user, IReadOnlyList<SqlTable> tables)
    {
        // The columns come before the tables that they are of.
        Dictionary<string, SqlTable> byAlias = TablesOf(new SqlTokens(statement), tables);
        var tokens = new SqlTokens(statement);
        var expressions = new SqlExpressions(tokens, byAlias, parameters, user);
        tokens.Need("SELECT");
        List<(string Name, Func<SqlRow, object?> Value)> columns = [];
        do
        {
            Func<SqlRow, object?> value = expressions.Read();
            string last = tokens.Last;
            columns.Add((tokens.Skip("AS") ? tokens.Take() : last, value));
        }
        while (tokens.Skip(","));
        string[] aliases = [.. byAlias.Keys];
        Func<SqlRow, object?> on = Conditions(tokens, expressions);
        tokens.Need("WHERE");
        Func<SqlRow, object?> where = expressions.Read();
        List<Func<SqlRow, object?>> order = [];
        tokens.Need("ORDER");
        tokens.Need("BY");
        do
            order.Add(expressions.Read());
        while (tokens.Skip(","));
        if (tokens.Current.Length > 0)
            throw new SqlFailure($"[PARSE_SYNTAX_ERROR] Syntax error at or near '{tokens.Current}'.");
        IEnumerable<SqlRow> rows = Joined(byAlias[aliases[0]], byAlias[aliases[1]], aliases[0], on).Where(row => where(row) is true);
        IOrderedEnumerable<SqlRow> sorted = rows.OrderBy(row => order[0](row));
        foreach (Func<SqlRow, object?> key in order.Skip(1))
            sorted = sorted.ThenBy(row => key(row));
        return new SqlResult(
            [.. columns.Select(column => column.Name)],
            [.. sorted.Select(row => columns.Select(column => column.Value(row)).ToArray())]);
    }

    private static Func<SqlRow, object?> Conditions(SqlTokens tokens, SqlExpressions expressions)
    {
        while (!tokens.Skip("ON"))
            tokens.Take();
        return expressions.Read();
    }

    private static IEnumerable<SqlRow> Joined(SqlTable left, SqlTable right, string leftAlias, Func<SqlRow, object?> on)
    {
        foreach (IReadOnlyDictionary<string, object?> one in left.Rows)
        {
            SqlRow[] pairs =
            [
                .. right.Rows.Select(other => (SqlRow)(alias => alias == leftAlias ? one : other)).Where(row => on(row) is true),
            ];
            foreach (SqlRow pair in pairs.Length > 0 ? pairs : [alias => alias == leftAlias ? one : null])
                yield return pair;
        }
    }

    private static Dictionary<string, SqlTable> TablesOf(SqlTokens tokens, IReadOnlyList<SqlTable> tables)
    {
        Dictionary<string, SqlTable> byAlias = new(StringComparer.Ordinal);
        while (!tokens.Skip("FROM"))
            tokens.Take();
        Add();
        tokens.Need("LEFT");
        tokens.Need("JOIN");
        Add();
        return byAlias;

        void Add()
        {
            string name = tokens.Take();
            while (tokens.Skip("."))
                name += "." + tokens.Take();
            tokens.Need("AS");
            byAlias[tokens.Take()] = tables.FirstOrDefault(table => table.Name == name)
                ?? throw new SqlFailure($"[TABLE_OR_VIEW_NOT_FOUND] The table or view `{name}` cannot be found. SQLSTATE: 42P01");
        }
    }
}
