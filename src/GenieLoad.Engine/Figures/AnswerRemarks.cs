using GenieLoad.Model;

namespace GenieLoad.Engine.Figures;

/// <summary>What can make answers differ although nothing is wrong, counted row by row.</summary>
internal sealed class AnswerRemarks
{
    private static readonly (string Finding, string Words)[] Findings =
    [
        ("RelativeDate", "relative dates"), ("Random", "random values"), ("LimitWithoutOrder", "LIMIT without ORDER BY"),
    ];

    private readonly int[] _counts = new int[Findings.Length];
    private int _cut;

    /// <summary>Counts a row.</summary>
    public void Add(QuestionResult row)
    {
        _cut += AnswerIdentities.IsPartial(row) ? 1 : 0;
        if (row.SqlFindings is not { Length: > 0 } findings)
            return;
        for (int i = 0; i < Findings.Length; i++)
            _counts[i] += Names(findings, Findings[i].Finding) ? 1 : 0;
    }

    /// <summary>Counts the rows that others counted.</summary>
    public void Add(AnswerRemarks others)
    {
        _cut += others._cut;
        for (int i = 0; i < Findings.Length; i++)
            _counts[i] += others._counts[i];
    }

    /// <summary>The remarks in words, each with its number.</summary>
    public IEnumerable<string> Texts()
    {
        if (_cut > 0)
            yield return FormattableString.Invariant($"{_cut} cut {(_cut == 1 ? "result" : "results")}, compared by size only");
        for (int i = 0; i < Findings.Length; i++)
        {
            if (_counts[i] is > 0 and int count)
                yield return FormattableString.Invariant($"{Findings[i].Words} in {count} {(count == 1 ? "query" : "queries")}");
        }
    }

    // Most queries have one, where they have any.
    private static bool Names(string findings, string finding) =>
        findings == finding || (findings.Length > finding.Length && findings.Split(' ').Contains(finding));
}
