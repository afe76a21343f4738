using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Reports;

/// <summary>Capacities as <c>Measure-GenieCapacity</c> gives them.</summary>
internal static class SampleCapacity
{
    public const string Slo = "P90ResponseSeconds <= 60";

    /// <summary>14 to 17 people, with three probes: a pass, a fail and an undecided one.</summary>
    public static SpaceCapacity Measured { get; } = Predicted() with
    {
        People = 14, PeopleFailed = 18, QuestionsPerMinute = 4.12, ShareOfLimit = 0.824, QuestionsSpent = 214, DurationSeconds = 3_318,
        Confidence = "'P90ResponseSeconds <= 60': a number of people with 20% misses passes, and one with 5% fails, in 5% of probes, "
            + "if answers are independent.",
        Reason = "Limit as measured: 4.8 to 5.2 a minute, burst 1. A pass and a fail are close enough.",
        Probes = new RowList<CapacityProbe>(
        [
            Probe(14, Verdict.Pass, 66, 3, "if 20% did, one test of 20 would pass."),
            Probe(18, Verdict.Fail, 34, 11, "if only 5% did, one test of 20 would fail."),
            Probe(16, Verdict.Undecided, 80, 9, "too close to tell with 80 answers."),
        ]),
    };

    /// <summary>A prediction; <see langword="null"/> people for one that nothing limits.</summary>
    public static SpaceCapacity Predicted(int? people = 14) => new()
    {
        Model = "Closed", Slo = Slo, AllowedMissShare = 0.1, PeoplePredicted = people, Lower = people - 1, Upper = people + 1,
        QuestionsPerMinute = 4.05, ShareOfLimit = 0.81, BindingConstraint = people is null ? null : BindingConstraint.RateLimit,
        MissShare = 0.09, P50ResponseSeconds = 26.4, P90ResponseSeconds = 58.3, ThinkTimeSeconds = 180, LimitPerMinute = 5, LimitBurst = 1,
        AnswerCount = 60, RunId = "20261128-120000-baseline-1a2b", Reason = "Limit as measured: 4.8 to 5.2 a minute, burst 1.",
        Curve = new RowList<CapacityPoint>(people is int predicted
            ? [.. Enumerable.Range(1, 2 * predicted).Select(number => Point(number, predicted))] : []),
    };

    /// <summary>A prediction for questions that arrive at random.</summary>
    public static SpaceCapacity Open { get; } = Predicted(null) with
    {
        Model = "Open", PeoplePredicted = null, Lower = null, Upper = null, QuestionsPerMinute = 3.45, LowerPerMinute = 3.3,
        UpperPerMinute = 3.6, ShareOfLimit = 0.69, BindingConstraint = null, MissShare = null, P50ResponseSeconds = null,
        P90ResponseSeconds = null, ThinkTimeSeconds = null, AllowedMissShare = null, Curve = new RowList<CapacityPoint>([]),
    };

    /// <summary>One whose texts are not what they should be.</summary>
    public static SpaceCapacity Hostile { get; } = Measured with
    {
        Slo = ReportRun.Hostile, RunId = ReportRun.Hostile, Confidence = ReportRun.Hostile,
        Reason = ReportRun.Hostile + new string('x', 400),
        BindingConstraint = ReportRun.Hostile,
        Probes = new RowList<CapacityProbe>([
            Probe(14, ReportRun.Hostile, 10, 1) with { Reason = ReportRun.Hostile, RunId = ReportRun.Hostile, Slo = ReportRun.Hostile }]),
    };

    public static CapacityProbe Probe(int people, string verdict, int answers, int misses, string reason = "") => new()
    {
        People = people, Verdict = verdict, Answers = answers, Misses = misses, Slo = Slo, AllowedMissShare = 0.1,
        QuestionsSpent = answers + people, QuestionsPerMinute = 4.1, DurationSeconds = 15.0 * answers,
        RunId = $"20261128-130000-probe-{people:0000}", Reason = $"{misses} of {answers} answers missed, 10% may; {reason}",
    };

    private static CapacityPoint Point(int people, int predicted)
    {
        return new CapacityPoint { People = people, MissShare = At(people), Lower = At(people - 1), Upper = At(people + 1) };

        double At(double number) => 0.012 + (0.98 / (1 + Math.Exp(14 * (1.18 - (number / predicted)))));
    }
}
