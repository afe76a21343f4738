using GenieLoad.Engine.Statistics;
using GenieLoad.Model;

namespace GenieLoad.Engine.Verdicts;

/// <summary>The questions that all runs share, each for itself.</summary>
/// <param name="rows">The rows.</param>
/// <param name="tolerancePercent">What counts as no change.</param>
/// <param name="dependence">How much answers hang on those before them.</param>
internal sealed class ComparedQuestions(ComparedRows rows, double tolerancePercent, SerialDependence dependence)
{
    private bool HasRepeats => rows.RunInDifference.Length > 2;

    /// <summary>A row per question, the largest change first; those without an answer on one side come last.</summary>
    public IEnumerable<ComparisonRow> Rows()
    {
        Asked[] questions =
        [
            .. Enumerable.Range(0, rows.Rows.Length).GroupBy(i => rows.Question[i])
                .Select(answers => new Asked(
                    rows.Rows[answers.Last()], Times(answers, second: false), Times(answers, second: true), Of(answers))),
        ];
        double?[] p = ChangeJudge.Holm([.. questions.Select(question => question.Estimate.PValue)]);
        return questions.Select((question, i) => Row(question, p[i]))
            .OrderByDescending(row => Math.Abs(row.ChangePercent ?? -1)).ThenBy(row => row.ChangePercent is null);
    }

    private double[] Times(IEnumerable<int> answers, bool second) => Percentile.Sort(answers
        .Where(i => rows.RunInDifference[rows.Run[i]] == second && rows.Rows[i].Success).Select(i => rows.Rows[i].ResponseSeconds));

    private ChangeEstimate Of(IEnumerable<int> answers)
    {
        if (HasRepeats)
        {
            HashSet<int> own = [.. answers];
            return new RunChanges(rows).OfMedians(
                [[.. rows.Rows.Select((row, i) => own.Contains(i) && row.Success ? row.ResponseSeconds : null)]])[0];
        }

        double[] before = Times(answers, second: false);
        double[] after = Times(answers, second: true);
        HodgesLehmann? shift = HodgesLehmann.Estimate(before, after);
        return new ChangeEstimate(
            new Change(shift?.Shift, shift?.Lower, shift?.Upper), MannWhitney.PValue(before, after),
            before.Length == 0 ? null : Percentile.Of(before, 50), dependence, "Hodges-Lehmann, Mann-Whitney");
    }

    private ComparisonRow Row(Asked asked, double? p)
    {
        (QuestionResult question, double[] before, double[] after, ChangeEstimate estimate) = asked;
        string? waiting = ChangeJudge.Waiting(estimate.Dependence);
        string verdict = waiting is not null ? ChangeVerdict.NotEnoughData
            : ChangeJudge.Verdict(estimate.Change, p, tolerancePercent / 100 * (estimate.Reference ?? 0), moreIsBetter: false);
        (double? beforeLower, double? beforeUpper) = TimePercentile.Bounds(before, 50, ThresholdJudge.Confidence);
        (double? afterLower, double? afterUpper) = TimePercentile.Bounds(after, 50, ThresholdJudge.Confidence);
        return new ComparisonRow
        {
            Figure = "P50ResponseSeconds",
            QuestionId = question.QuestionId,
            Question = ComparedRows.TextOf(question),
            Verdict = verdict,
            Unit = "s",
            ReferenceValue = before.Length == 0 ? null : Percentile.Of(before, 50),
            ReferenceLower = beforeLower,
            ReferenceUpper = beforeUpper,
            DifferenceValue = after.Length == 0 ? null : Percentile.Of(after, 50),
            DifferenceLower = afterLower,
            DifferenceUpper = afterUpper,
            Shift = estimate.Change.Shift,
            ShiftLower = estimate.Change.Lower,
            ShiftUpper = estimate.Change.Upper,
            ShiftBasis = estimate.Change.Shift is null ? null : RunComparer.SameQuestions,
            ChangePercent = estimate.Reference > 0 ? 100 * estimate.Change.Shift / estimate.Reference : null,
            PValue = p,
            Method = estimate.Method,
            ReferenceCount = before.Length,
            DifferenceCount = after.Length,
            Reason = verdict != ChangeVerdict.NotEnoughData ? null
                : waiting ?? FormattableString.Invariant(
                    $"the interval of the change is too wide, from {before.Length} and {after.Length} answers"),
        };
    }

    private sealed record Asked(QuestionResult Question, double[] Before, double[] After, ChangeEstimate Estimate);
}
