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
    /// <param name="questionId">Id of the question that it answers.</param>
    /// <param name="table">The result.</param>
    public ResultTable FirstOf(string questionId, ResultTable table)
    {
        ResultTable[] known;
        lock (_byQuestion)
            known = _byQuestion.TryGetValue(questionId, out List<ResultTable>? tables) ? [.. tables] : [];
        if (Array.Find(known, one => TableComparison.AreClose(one, table)) is { } first)
            return first;
        lock (_byQuestion)
        {
            if (!_byQuestion.TryGetValue(questionId, out List<ResultTable>? tables))
                tables = _byQuestion[questionId] = [];
            if (tables.Count < MostOfOneQuestion && _cells + table.CellCount <= mostCells)
            {
                tables.Add(table);
                _cells += table.CellCount;
            }
        }
        return table;
    }
}
