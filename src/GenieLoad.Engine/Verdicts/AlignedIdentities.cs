using GenieLoad.Engine.Answers;
using GenieLoad.Engine.Figures;
using GenieLoad.Engine.Runs;
using GenieLoad.Model;

namespace GenieLoad.Engine.Verdicts;

/// <summary>
/// What the answers of several runs say. Within a run, results that differ by rounding alone have one signature already; between runs the
/// edge of a rounding step may part them. Where the runs keep their texts, such results are read and compared before they count as others.
/// </summary>
internal sealed class AlignedIdentities
{
    // Reading the results of more would take longer than anybody waits for a comparison.
    private const int MostRead = 2000;

    private readonly string?[] _identities;

    /// <param name="rows">The rows of all runs.</param>
    /// <param name="runs">The runs, in the order in which the rows number them.</param>
    public AlignedIdentities(ComparedRows rows, IReadOnlyList<LoadRun> runs)
    {
        AnswerIdentities identities = AnswerIdentities.Of([.. runs.Select(MeasuredRows.Of)]);
        _identities = [.. rows.Rows.Select(row => identities.IsCompared(row) ? identities.Of(row).ToString() : null)];
        Align(rows, runs);
    }

    /// <summary>The identity of an answer; <see langword="null"/> where it is not compared.</summary>
    /// <param name="row">Its place in the rows.</param>
    public string? Of(int row) => _identities[row];

    private void Align(ComparedRows rows, IReadOnlyList<LoadRun> runs)
    {
        // The first answer of each result that a question brought in one run and not in every one.
        int[] doubtful =
        [
            .. Enumerable.Range(0, _identities.Length)
                .Where(i => _identities[i] is not null && rows.Rows[i].ResultSignature is not null)
                .GroupBy(i => rows.Question[i])
                .Where(question => question.Select(i => _identities[i]).Distinct(StringComparer.Ordinal).Skip(1).Any())
                .SelectMany(question => question.GroupBy(i => (rows.Run[i], _identities[i])).Select(group => group.First()))
                .Take(MostRead),
        ];
        if (doubtful.Length == 0)
            return;
        IReadOnlyDictionary<int, ResultTable>[] tables =
        [
            .. runs.Select((run, number) =>
                StoredResults.Of(run, [.. doubtful.Where(i => rows.Run[i] == number).Select(i => rows.Rows[i].Index)])),
        ];
        foreach (IGrouping<int, int> question in doubtful.GroupBy(i => rows.Question[i]))
        {
            List<(ResultTable Table, string Identity)> known = [];
            Dictionary<string, string> renamed = new(StringComparer.Ordinal);
            foreach (int i in question)
            {
                string identity = _identities[i]!;
                if (renamed.ContainsKey(identity) || !tables[rows.Run[i]].TryGetValue(rows.Rows[i].Index, out ResultTable? table))
                    continue;
                string? same = known.Find(one => TableComparison.AreClose(one.Table, table)).Identity;
                if (same is null)
                    known.Add((table, identity));
                else
                    renamed[identity] = same;
            }
            for (int i = 0; renamed.Count > 0 && i < _identities.Length; i++)
            {
                bool isOfQuestion = rows.Question[i] == question.Key && _identities[i] is not null;
                if (isOfQuestion && renamed.TryGetValue(_identities[i]!, out string? same))
                    _identities[i] = same;
            }
        }
    }
}
