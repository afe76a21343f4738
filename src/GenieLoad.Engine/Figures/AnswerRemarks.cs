using GenieLoad.Model;

namespace GenieLoad.Engine.Figures;

/// <summary>What can make answers differ although nothing is wrong, in words.</summary>
internal static class AnswerRemarks
{
    private static readonly (string Finding, string Words)[] Findings =
    [
        ("RelativeDate", "relative dates"), ("Random", "random values"), ("LimitWithoutOrder", "LIMIT without ORDER BY"),
    ];

    /// <summary>Those of some rows, each with its number.</summary>
    /// <param name="rows">The rows.</param>
    public static IEnumerable<string> Of(IReadOnlyCollection<QuestionResult> rows)
    {
        int cut = rows.Count(AnswerIdentities.IsPartial);
        if (cut > 0)
            yield return FormattableString.Invariant($"{cut} cut {(cut == 1 ? "result" : "results")}, compared by size only");
        foreach ((string finding, string words) in Findings)
        {
            int count = rows.Count(row => row.SqlFindings is { Length: > 0 } findings && Names(findings, finding));
            if (count > 0)
                yield return FormattableString.Invariant($"{words} in {count} {(count == 1 ? "query" : "queries")}");
        }
    }
    // Most queries have one, where they have any.
    private static bool Names(string findings, string finding) =>
        findings == finding || (findings.Length > finding.Length && findings.Split(' ').Contains(finding));
}
