using GenieLoad.Engine.Statistics;
using GenieLoad.Model;

namespace GenieLoad.Engine.Verdicts;

/// <summary>
/// Which thresholds a plan is too small for: an interval from so few questions would reach beyond the limit, even if every answer kept to
/// it. Told before anything is asked.
/// </summary>
public static class PlannedThresholds
{
    private const double Tail = (1 - ThresholdJudge.Confidence) / 2;

    // No plan has more.
    private const int MostQuestions = 1_000_000;

    /// <summary>A sentence for each threshold that cannot pass, however good the answers are.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="thresholds">Its thresholds.</param>
    public static IEnumerable<string> Warnings(Plan plan, IEnumerable<Threshold> thresholds)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(thresholds);
        foreach (Threshold threshold in thresholds)
        {
            if (CountOf(plan, threshold.Slice) is not int count || CanPass(threshold, count))
                continue;
            yield return FormattableString.Invariant($"The threshold '{threshold}' cannot pass: ") + (count == 0
                ? "the plan has no such question."
                : FormattableString.Invariant(
                    $"it needs {Needed(threshold, count)} questions, even if every answer meets it, but the plan measures {count}."));
        }
    }

    /// <summary>The questions that it is taken from; <see langword="null"/> for a part that shows only in the answers.</summary>
    private static int? CountOf(Plan plan, ThresholdSlice? slice)
    {
        IEnumerable<PlannedQuestion> measured = plan.Questions.Where(question => !question.IsWarmUp);
        return slice switch
        {
            null => measured.Count(),
            { Key: "question" } => measured.Count(question => question.QuestionId.Equals(slice.Value, StringComparison.OrdinalIgnoreCase)),
            { Key: "turn" } => measured.Count(question => FormattableString.Invariant($"{question.Turn}") == slice.Value),
            { Key: "mode" } => measured.Count(question =>
                (question.Mode ?? QuestionMode.Chat).Equals(slice.Value, StringComparison.OrdinalIgnoreCase)),
            _ => null,
        };
    }

    private static string Needed(Threshold threshold, int count)
    {
        int least = count;
        int most = MostQuestions;
        if (!CanPass(threshold, most))
            return FormattableString.Invariant($"more than {MostQuestions:N0}");
        while (most - least > 1)
        {
            int middle = least + ((most - least) / 2);
            if (CanPass(threshold, middle))
                most = middle;
            else
                least = middle;
        }
        return FormattableString.Invariant($"at least {most:N0}");
    }

    /// <summary>Whether it would pass if every one of so many answers kept to it.</summary>
    private static bool CanPass(Threshold threshold, int count) => threshold.Figure switch
    {
        TimePercentile time => HasFarEnd(threshold, time.Percent, count),
        PercentileWithFailures time => HasFarEnd(threshold, time.Percent, count),
        QuestionShare => count > 0 && ThresholdJudge.VerdictOn(threshold, BestShare(threshold, count)) == Verdict.Pass,
        _ => true,
    };

    /// <summary>Whether there is an answer beyond which the percentile lies with so much confidence.</summary>
    private static bool HasFarEnd(Threshold threshold, double percent, int count) =>
        Math.Pow((threshold.IsUpperLimit ? percent : 100 - percent) / 100, count) <= Tail;

    private static Reading BestShare(Threshold threshold, int count)
    {
        int hits = threshold.IsUpperLimit ? 0 : count;
        (double lower, double upper) = ShareInterval.Of(hits, count, ThresholdJudge.Confidence);
        return new Reading(100.0 * hits / count, 100 * lower, 100 * upper, count);
    }
}
