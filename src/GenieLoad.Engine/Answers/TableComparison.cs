namespace GenieLoad.Engine.Answers;

/// <summary>Says whether two tables hold the same apart from rounding, rows in any order.</summary>
internal static class TableComparison
{
    // Rows that are equal but for their numbers are paired by trying; with more of them, in the order of their numbers.
    private const int MostTried = 200;

    // Half a unit of the fourth digit is at most a two-thousandth of a number.
    private const double MostDrift = 0.001;

    /// <summary>Whether two whole tables hold the same.</summary>
    /// <param name="one">A table.</param>
    /// <param name="other">Another.</param>
    public static bool AreClose(ResultTable one, ResultTable other)
    {
        if (one.Signature == other.Signature)
            return true;
        if (one.IsPartial || other.IsPartial || one.ColumnCount != other.ColumnCount || one.Rows.Count != other.Rows.Count)
            return false;
        // Most tables that differ are told apart by this, without a look at their rows.
        if (Math.Abs(one.AbsoluteSum - other.AbsoluteSum) > MostDrift * Math.Max(one.AbsoluteSum, other.AbsoluteSum))
            return false;
        int[] straight = [.. Enumerable.Range(0, one.ColumnCount)];
        return AreClose(one, other, straight) || (ByName(one, other) is int[] order && AreClose(one, other, order));
    }

    /// <summary>In what two tables differ, for people; <see langword="null"/> where they hold the same.</summary>
    /// <param name="expected">What was expected.</param>
    /// <param name="actual">What came.</param>
    public static string? Difference(ResultTable expected, ResultTable actual)
    {
        if (AreClose(expected, actual))
            return null;
        if (expected.ColumnCount != actual.ColumnCount)
            return FormattableString.Invariant($"{actual.ColumnCount} columns instead of {expected.ColumnCount}");
        return expected.Rows.Count != actual.Rows.Count
            ? FormattableString.Invariant($"{actual.Rows.Count} rows instead of {expected.Rows.Count}")
            : "other values";
    }

    /// <summary>Where each column of the one stands in the other, by name; <see langword="null"/> where the names do not tell.</summary>
    private static int[]? ByName(ResultTable one, ResultTable other)
    {
        if (one.Columns.Distinct(StringComparer.Ordinal).Count() != one.ColumnCount)
            return null;
        List<string> names = [.. other.Columns];
        int[] order = [.. one.Columns.Select(name => names.IndexOf(name))];
        return order.Contains(-1) ? null : order;
    }

    private static bool AreClose(ResultTable one, ResultTable other, int[] order)
    {
        Dictionary<string, List<Cell[]>> left = Groups(one.Rows);
        Dictionary<string, List<Cell[]>> right = Groups([.. other.Rows.Select(row => order.Select(column => row[column]).ToArray())]);
        return left.Count == right.Count && left.All(group =>
            right.TryGetValue(group.Key, out List<Cell[]>? rows) && rows.Count == group.Value.Count && AreClose(group.Value, rows));
    }

    /// <summary>Rows by all that is no number in them.</summary>
    private static Dictionary<string, List<Cell[]>> Groups(IReadOnlyList<Cell[]> rows) => rows
        .GroupBy(row => string.Join('\u001F', row.Select(cell => cell.Number is null ? cell.Text : "")), StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => group.ToList(), StringComparer.Ordinal);

    private static bool AreClose(List<Cell[]> left, List<Cell[]> right)
    {
        left.Sort(ByNumbers);
        right.Sort(ByNumbers);
        if (left.Zip(right, AreClose).All(close => close))
            return true;
        if (left.Count > MostTried)
            return false;
        List<Cell[]> open = [.. right];
        return left.TrueForAll(row => open.FindIndex(other => AreClose(row, other)) is >= 0 and int found && Take(open, found));
    }

    private static bool Take(List<Cell[]> open, int at)
    {
        open.RemoveAt(at);
        return true;
    }

    private static bool AreClose(Cell[] left, Cell[] right)
    {
        for (int i = 0; i < left.Length; i++)
        {
            if (!left[i].IsClose(right[i]))
                return false;
        }
        return true;
    }

    private static int ByNumbers(Cell[] left, Cell[] right)
    {
        for (int i = 0; i < left.Length; i++)
        {
            int order = (left[i].Number ?? 0).CompareTo(right[i].Number ?? 0);
            if (order != 0)
                return order;
        }
        return 0;
    }
}
