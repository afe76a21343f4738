using GenieLoad.Engine.Statistics;
using GenieLoad.Model;

namespace GenieLoad.Engine.Figures;

/// <summary>Works out a run from its rows. A pure function: the same rows give the same run, now or read back years later.</summary>
public static class RunSummarizer
{
    /// <summary>Makes the run. A planned question without a row gets one as <see cref="Outcome.NotStarted"/>.</summary>
    /// <param name="header">What was known before the first question.</param>
    /// <param name="plan">What was planned.</param>
    /// <param name="results">Rows of the questions, in any order, one per index.</param>
    /// <param name="status">How the run stands.</param>
    /// <param name="runPath">Folder in which the run is kept.</param>
    public static LoadRun Summarize(
        RunHeader header, Plan plan, IEnumerable<QuestionResult> results, RunStatus status, string? runPath = null)
    {
        ArgumentNullException.ThrowIfNull(header);
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(results);
        ArgumentNullException.ThrowIfNull(status);
        IReadOnlyList<ExpectedAnswer> expected = ExpectedOf(header, status);
        List<QuestionResult> rows = OneRowPerPlannedQuestion(header, plan, CheckedAnswers.Of(results, expected));
        IReadOnlyList<QuestionResult> measured = MeasuredRows.Of(rows);
        int successes = measured.Count(row => row.Success);
        double warmUp = MeasuredRows.WarmUpSeconds(rows);
        RowTotals totals = RowTotals.Of(measured);
        LatencyFigures response = LatencyFiguresCalculator.Of(Measure.Response, [.. measured.Where(row => row.Success)]);
        (double Lower, double Upper)? rate = totals.Ended == 0
            ? null
            : ShareInterval.Of(successes, totals.Ended, OrderStatistics.DefaultConfidence);

        return new LoadRun
        {
            RunId = header.RunId,
            Name = header.Name,
            ScenarioName = header.ScenarioName,
            State = status.State,
            StateReason = status.Reason,
            StopCause = status.StopCause,
            WorkspaceUrl = header.WorkspaceUrl,
            SpaceId = header.SpaceId,
            IsSimulator = header.IsSimulator,
            Connections = header.Connections ?? new([]),
            PollPolicy = header.PollPolicy,
            RetryPolicy = header.RetryPolicy,
            Place = header.Place,
            StartLagSeconds = header.StartLagSeconds,
            ClockOffsetSeconds = status.Clock?.OffsetSeconds,
            ClockHalfWidthSeconds = status.Clock?.HalfWidthSeconds,
            Shards = header.Shards ?? new([]),
            StartedAt = header.StartedAt,
            CompletedAt = status.CompletedAt,
            QuestionCount = measured.Count,
            WarmUpCount = rows.Count - measured.Count,
            NotAskedCount = totals.NotAsked,
            BrokenOffCount = totals.BrokenOff,
            LeftOutParts = AskedQuestions.LeftOut(measured, status.State),
            SuccessfulCount = successes,
            SuccessRateLower = 100 * rate?.Lower,
            SuccessRateUpper = 100 * rate?.Upper,
            TotalDurationSeconds = status.TotalDurationSeconds,
            WarmUpSeconds = warmUp,
            ThrottleRetryCount = totals.ThrottleRetries,
            FaultRetryCount = totals.FaultRetries,
            Limit = new(() => LimitOf(header, rows)),
            Figures = new(() => RunFiguresCalculator.Of(header, plan, rows, status)),
            ThrottleSeconds = totals.ThrottleSeconds,
            FaultSeconds = totals.FaultSeconds,
            MaximumLagSeconds = totals.MaximumLag,
            P50ResponseSeconds = response.P50Seconds,
            P75ResponseSeconds = response.P75Seconds,
            P90ResponseSeconds = response.P90Seconds,
            P95ResponseSeconds = response.P95Seconds,
            P99ResponseSeconds = response.P99Seconds,
            WarehouseSamples = new RowList<WarehouseSample>([.. status.WarehouseSamples]),
            ExpectedAnswers = new RowList<ExpectedAnswer>([.. expected]),
            Interruptions = new RowList<RunInterruption>([.. status.Interruptions]),
            Changes = new RowList<RunChange>([.. status.Changes]),
            Results = new RowList<QuestionResult>(rows),
            Plan = plan,
            RunPath = runPath,
            GenieLoadVersion = header.GenieLoadVersion,
        };
    }

    /// <summary>What the expected SQL gave, last.</summary>
    internal static IReadOnlyList<ExpectedAnswer> ExpectedOf(RunHeader header, RunStatus status) =>
        status.ExpectedAnswers ?? header.ExpectedAnswers ?? new([]);

    private static (double? Lower, double? Upper, int? Burst) LimitOf(RunHeader header, List<QuestionResult> rows)
    {
        // The warm-up met the limit as well as the rest.
        bool isLimited = rows.Exists(row => row.ThrottleRetries > 0 || row.HttpStatus == 429);
        return isLimited && header.Connections is not { Count: > 1 } && LimitSeen.Of(rows) is var limit
            ? (limit.LowerPerMinute, limit.UpperPerMinute, limit.Burst)
            : default;
    }

    private static List<QuestionResult> OneRowPerPlannedQuestion(RunHeader header, Plan plan, IEnumerable<QuestionResult> results)
    {
        PlanPlaces places = new(plan.Questions);
        var rows = new QuestionResult?[plan.Questions.Count];
        foreach (QuestionResult row in results)
        {
            int place = places.Of(row.Index);
            if (place < 0)
                continue;
            if (rows[place] is not null)
                throw new ArgumentException($"Question {row.Index} has two rows.", nameof(results));
            rows[place] = row;
        }
        IEnumerable<QuestionResult> inPlan =
            rows.Select((row, place) => row ?? UnfinishedQuestion.NotStarted(header, plan.Questions[place]));
        return places.AreInOrder ? [.. inPlan] : [.. inPlan.OrderBy(row => row.Index)];
    }
}
