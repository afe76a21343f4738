using System.Globalization;

namespace GenieLoad.Engine.Simulation.Billing;

/// <summary>Rows of the tables of a statement by their short names; a table without a partner has none.</summary>
internal delegate IReadOnlyDictionary<string, object?>? SqlRow(string alias);

/// <summary>
/// Reads the expressions of a statement as far as one that asks the billing tables needs them, with the logic of three values: what is
/// compared with nothing is nothing.
/// </summary>
/// <param name="tokens">The statement.</param>
/// <param name="tables">Its tables by their short names.</param>
/// <param name="parameters">Values of its parameters.</param>
/// <param name="user">Who runs it.</param>
internal sealed class SqlExpressions(
    SqlTokens tokens, IReadOnlyDictionary<string, SqlTable> tables, IReadOnlyDictionary<string, object?> parameters, string user)
{
    /// <summary>Reads an expression.</summary>
    public Func<SqlRow, object?> Read() => Either();

    private Func<SqlRow, object?> Either()
    {
        Func<SqlRow, object?> left = Both();
        while (tokens.Skip("OR"))
        {
            (Func<SqlRow, object?> one, Func<SqlRow, object?> other) = (left, Both());
            left = row => (one(row), other(row)) switch
            {
                (true, _) or (_, true) => true,
                (false, false) => false,
                _ => null,
            };
        }
        return left;
    }

    private Func<SqlRow, object?> Both()
    {
        Func<SqlRow, object?> left = Comparison();
        while (tokens.Skip("AND"))
        {
            (Func<SqlRow, object?> one, Func<SqlRow, object?> other) = (left, Comparison());
            left = row => (one(row), other(row)) switch
            {
                (false, _) or (_, false) => false,
                (true, true) => true,
                _ => null,
            };
        }
        return left;
    }

    private Func<SqlRow, object?> Comparison()
    {
        Func<SqlRow, object?> left = Operand();
        if (tokens.Skip("IS"))
        {
            bool isNot = tokens.Skip("NOT");
            tokens.Need("NULL");
            return row => left(row) is null != isNot;
        }
        if (tokens.Current is not ("=" or "!=" or "<" or ">" or "<=" or ">="))
            return left;
        string sign = tokens.Take();
        Func<SqlRow, object?> right = Operand();
        return row => Compare(left(row), right(row)) is not int order ? null : sign switch
        {
            "=" => order == 0,
            "!=" => order != 0,
            "<" => order < 0,
            ">" => order > 0,
            "<=" => order <= 0,
            _ => order >= 0,
        };
    }

    private Func<SqlRow, object?> Operand()
    {
        if (tokens.Skip("("))
        {
            Func<SqlRow, object?> inner = Either();
            tokens.Need(")");
            return inner;
        }
        string word = tokens.Take();
        if (word[0] == '\'')
            return _ => word[1..^1];
        if (word[0] == ':')
        {
            return parameters.TryGetValue(word[1..], out object? value)
                ? _ => value
                : throw new SqlFailure($"[UNBOUND_SQL_PARAMETER] Found the unbound parameter: {word[1..]}.");
        }
        if (char.IsAsciiDigit(word[0]))
            return _ => decimal.Parse(word, CultureInfo.InvariantCulture);
        return tokens.Skip("(") ? Function(word.ToLowerInvariant()) : Column(word);
    }

    private Func<SqlRow, object?> Column(string alias)
    {
        List<string> path = [];
        while (tokens.Skip("."))
            path.Add(tokens.Take().ToLowerInvariant());
        string name = string.Join('.', path);
        if (!tables.TryGetValue(alias, out SqlTable? table) || !table.Columns.Contains(name))
            throw new SqlFailure($"[UNRESOLVED_COLUMN] A column with name `{alias}.{name}` cannot be resolved. SQLSTATE: 42703");
        return row => row(alias)?.GetValueOrDefault(name);
    }

    private Func<SqlRow, object?> Function(string name)
    {
        List<Func<SqlRow, object?>> given = [];
        while (!tokens.Skip(")"))
        {
            given.Add(Either());
            tokens.Skip(",");
        }
        return (name, given) switch
        {
            ("current_user", []) => _ => user,
            ("coalesce", _) => row => given.Select(one => one(row)).FirstOrDefault(value => value is not null),
            ("split", [var text, var mark]) => row => (text(row) as string)?.Split((string)mark(row)!),
            ("array_contains", [var list, var item]) => row =>
                item(row) is string wanted && list(row) is string[] items ? items.Contains(wanted) : null,
            ("unix_millis", [var instant]) => row =>
                instant(row) is DateTime at ? (decimal)((at - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMillisecond) : null,
            _ => throw new SqlFailure($"[UNRESOLVED_ROUTINE] Cannot resolve routine `{name}`. SQLSTATE: 42883"),
        };
    }

    private static int? Compare(object? left, object? right) => (left, right) switch
    {
        (string one, string other) => string.CompareOrdinal(one, other),
        (DateTime one, DateTime other) => one.CompareTo(other),
        (decimal one, decimal other) => one.CompareTo(other),
        _ => null,
    };
}
