using GenieLoad.Engine.Capacity;
using GenieLoad.Engine.Figures;
using GenieLoad.Model;

namespace GenieLoad.Engine.Sessions;

/// <summary>What the run of a probe has shown. Follows from the run alone, so that a search can be resumed from its runs.</summary>
/// <param name="Run">The run.</param>
/// <param name="Test">What its answers say of each service level.</param>
internal sealed record ProbeOutcome(LoadRun Run, ProbeTest Test)
{
    /// <summary>
    /// One of <see cref="GenieLoad.Model.Verdict"/>. What the machine that asked has spoiled decides nothing.
    /// </summary>
    public string Verdict => IsInvalid ? Model.Verdict.Undecided : Test.Verdict;

    /// <summary>How many people asked.</summary>
    public int People => Test.People;

    /// <summary>Questions that were sent.</summary>
    public int Sent => Run.Results.Count(AskedQuestions.IsAsked);

    /// <summary>Questions that counted and that the service had turned away at least once.</summary>
    public int Refused => Run.Results.Count(row => !row.IsWarmUp && row.ThrottleRetries > 0);

    /// <summary>What the run of a probe has shown.</summary>
    /// <param name="run">The run.</param>
    /// <param name="levels">The service levels.</param>
    public static ProbeOutcome Of(LoadRun run, IReadOnlyList<ServiceLevel> levels)
    {
        // Once decided, what was never sent has waited too long or comes later than the decision. Without one nobody knows.
        IReadOnlyList<ProbeAnswer> answers = ProbeAnswers.Of(
            run.Plan, run.Results.ToDictionary(row => row.Index), withOpen: run.StopCause == StopCause.Decided);
        return new ProbeOutcome(run, ProbeTest.Judge(levels, run.Plan.UserCount!.Value, answers, double.PositiveInfinity));
    }

    /// <summary>What it says to a search.</summary>
    /// <param name="level">The level that the search goes by.</param>
    public Probe Evidence(int level) => new(People, Test.Tests[level].Answers, Test.Tests[level].Misses, Verdict);

    /// <summary>What most misses come from, one of <see cref="BindingConstraint"/>; <see langword="null"/> without any.</summary>
    /// <param name="levels">The service levels.</param>
    public string? Constraint(IReadOnlyList<ServiceLevel> levels)
    {
        if (IsInvalid)
            return BindingConstraint.Generator;
        ServiceLevel level = levels[Test.DecidingLevel];
        return MeasuredRows.Of(Run).Where(row => IsMiss(level, row)).GroupBy(row => Cause(level, row))
            .MaxBy(cause => cause.Count())?.Key ?? (Test.Deciding.Misses > 0 ? BindingConstraint.RateLimit : null);
    }

    /// <summary>The row that shows it.</summary>
    /// <param name="slo">The service levels as they were given.</param>
    public CapacityProbe Shown(IReadOnlyList<string> slo)
    {
        SequentialTest deciding = Test.Deciding;
        double[] sent = [.. Run.Results.Select(row => row.StartedOffsetSeconds).OfType<double>().Order()];
        return new CapacityProbe
        {
            People = People,
            Verdict = Verdict,
            Answers = deciding.Answers,
            Misses = deciding.Misses,
            Slo = slo[Test.DecidingLevel],
            AllowedMissShare = deciding.AllowedMissShare,
            QuestionsSpent = Sent,
            QuestionsPerMinute = sent.Length > 1 && sent[^1] > sent[0]
                ? Math.Round(60 * (sent.Length - 1) / (sent[^1] - sent[0]), 4)
                : null,
            DurationSeconds = Run.TotalDurationSeconds,
            RunId = Run.RunId,
            Reason = (IsInvalid, Run.StopCause) switch
            {
                (true, _) => $"{deciding.Reason} The machine that asked was too slow: {Run.Health}",
                (_, StopCause.Decided or null) => deciding.Reason,
                _ => $"{deciding.Reason} {Run.StateReason}",
            },
        };
    }

    private bool IsInvalid => Run.Health is { Verdict: HealthVerdict.Invalid };

    private static bool IsMiss(ServiceLevel level, QuestionResult row) =>
        AskedQuestions.IsEnded(row) && level.IsMiss(row.ResponseSeconds ?? double.PositiveInfinity, !row.Success);

    private static string Cause(ServiceLevel level, QuestionResult row)
    {
        if (row.Outcome == Outcome.Throttled)
            return BindingConstraint.RateLimit;
        if (!row.Success)
            return BindingConstraint.Failures;
        double own = row.ResponseSeconds!.Value - row.ThrottleSeconds - (row.PacingWaitSeconds ?? 0)
            - (row.PauseWaitSeconds ?? 0);
        if (!level.IsMiss(own, false))
            return BindingConstraint.RateLimit;
        // Known where the query history was read; without it the warehouse cannot be told from the model.
        (double start, double queue) = (row.WarehouseStartSeconds ?? 0, row.WarehouseQueueSeconds ?? 0);
        if (level.IsMiss(own - start - queue, false))
            return BindingConstraint.Model;
        return queue >= start ? BindingConstraint.WarehouseQueue : BindingConstraint.WarehouseStart;
    }
}
