using GenieLoad.Engine.Statistics;
using GenieLoad.Model;

namespace GenieLoad.Engine.Verdicts;

/// <summary>The questions that two runs share, each for itself.</summary>
internal sealed class ComparedQuestions(LoadRun reference, LoadRun difference, double tolerancePercent)
{
    /// <summary>A row per question, the largest change first; those without an answer in one run come last.</summary>
    public IEnumerable<ComparisonRow> Rows()
    {
        ILookup<string, QuestionResult> before = FigureScope.Measured(reference).ToLookup(ComparedRows.KeyOf, StringComparer.Ordinal);
        (QuestionResult First, double[] Before, double[] After)[] questions =
        [
            .. FigureScope.Measured(difference).GroupBy(ComparedRows.KeyOf, StringComparer.Ordinal).Where(rows => before.Contains(rows.Key))
                .Select(rows => (rows.First(), Times(before[rows.Key]), Times(rows))),
        ];
        double?[] p = ChangeJudge.Holm([.. questions.Select(question => MannWhitney.PValue(question.Before, question.After))]);
        return questions.Select((question, i) => Row(question.First, question.Before, question.After, p[i]))
            .OrderByDescending(row => Math.Abs(row.ChangePercent ?? -1)).ThenBy(row => row.ChangePercent is null);
    }

    private static double[] Times(IEnumerable<QuestionResult> rows) =>
        Percentile.Sort(rows.Where(row => row.Success).Select(row => row.ResponseSeconds));

    private ComparisonRow Row(QuestionResult question, double[] before, double[] after, double? p)
    {
        HodgesLehmann? shift = HodgesLehmann.Estimate(before, after);
        double? median = before.Length == 0 ? null : Percentile.Of(before, 50);
        Change change = new(shift?.Shift, shift?.Lower, shift?.Upper);
        string verdict = ChangeJudge.Verdict(change, p, tolerancePercent / 100 * (median ?? 0), moreIsBetter: false);
        (double? beforeLower, double? beforeUpper) = TimePercentile.Bounds(before, 50, ThresholdJudge.Confidence);
        (double? afterLower, double? afterUpper) = TimePercentile.Bounds(after, 50, ThresholdJudge.Confidence);
        return new ComparisonRow
        {
            Figure = "P50ResponseSeconds",
            QuestionId = question.QuestionId,
            Question = ComparedRows.KeyOf(question),
            Verdict = verdict,
            Unit = "s",
            ReferenceValue = median,
            ReferenceLower = beforeLower,
            ReferenceUpper = beforeUpper,
            DifferenceValue = after.Length == 0 ? null : Percentile.Of(after, 50),
            DifferenceLower = afterLower,
            DifferenceUpper = afterUpper,
            Shift = shift?.Shift,
            ShiftLower = shift?.Lower,
            ShiftUpper = shift?.Upper,
            ChangePercent = median > 0 ? 100 * shift?.Shift / median : null,
            PValue = p,
            Method = "Hodges-Lehmann, Mann-Whitney",
            ReferenceCount = before.Length,
            DifferenceCount = after.Length,
            Reason = verdict != ChangeVerdict.NotEnoughData ? null
                : FormattableString.Invariant($"the interval of the change is too wide, from {before.Length} and {after.Length} answers"),
        };
    }
}
