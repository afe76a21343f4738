namespace GenieLoad.Engine.Answers;

/// <summary>
/// Words of Databricks SQL that cannot be an alias where one could stand: the reserved ones, and those that follow a name or a value.
/// </summary>
internal static class SqlKeywords
{
    private static readonly HashSet<string> All = new(
        """
        all and anti any as asc at between both by case cast collate cross cube current day days desc distinct else end escape except
        exists extract false fetch filter first following for from full group grouping having hour hours ilike in inner intersect interval
        into is join lateral last leading left like limit minus minute minutes month months natural not null nulls of offset on or order
        outer over overlaps partition percent pivot position preceding qualify quarter quarters range regexp respect ignore right rlike
        rollup row rows second seconds select semi set sets similar some substring table tablesample then to trailing trim true try_cast
        unbounded union unique unpivot using values view week weeks when where window with within year years zone
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries),
        StringComparer.Ordinal);

    /// <summary>Whether it is one.</summary>
    /// <param name="word">In lower case.</param>
    public static bool Contains(string word) => All.Contains(word);
}
