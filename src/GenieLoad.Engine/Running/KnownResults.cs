using GenieLoad.Engine.Answers;

namespace GenieLoad.Engine.Running;

/// <summary>
/// The results that the answers of a run have brought, each once: a result that differs from a known one by rounding alone is taken for it,
/// or the edge of a rounding step would part answers that say the same. Safe for several threads.
/// </summary>
/// <param name="mostCells">Cells that are kept of all of them; what comes later is compared by its signature alone.</param>
internal sealed class KnownResults(long mostCells = KnownResults.DefaultMostCells)
{
    private const long DefaultMostCells = 1_000_000;

    // A question that brings something else each time would be compared with all of it each time.
    private const int MostOfOneQuestion = 20;

    private readonly Dictionary<string, List<ResultTable>> _byQuestion = new(StringComparer.Ordinal);
    private long _cells;

    /// <summary>The known result that says the same, or the given one.</summary>
    /// <param name="question">What it answers: the question and the connection that it was asked on.</param>
    /// <param name="table">The result.</param>
    public ResultTable FirstOf(string question, ResultTable table)
    {
        List<ResultTable>? tables;
        lock (_byQuestion)
        {
            if (!_byQuestion.TryGetValue(question, out tables))
                tables = _byQuestion[question] = [];
        }
        // Of two that come at once, one is the first.
        lock (tables)
        {
            if (tables.Find(one => TableComparison.AreClose(one, table)) is { } first)
                return first;
            if (tables.Count < MostOfOneQuestion && Interlocked.Add(ref _cells, table.CellCount) <= mostCells)
                tables.Add(table);
            return table;
        }
    }
}
