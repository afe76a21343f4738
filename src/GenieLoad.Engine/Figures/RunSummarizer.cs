using GenieLoad.Engine.Statistics;
using GenieLoad.Model;

namespace GenieLoad.Engine.Figures;

/// <summary>Works out a run from its rows. A pure function: the same rows give the same run, now or read back years later.</summary>
public static class RunSummarizer
{
    private const double IntervalSeconds = 10;
    private const int MostIntervals = 10_000;

    // Of a million rows each takes eight megabytes while it is worked out.
    private const int MeasuresAtATime = 4;

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
        IReadOnlyList<ExpectedAnswer> expected = status.ExpectedAnswers ?? header.ExpectedAnswers ?? new([]);
        List<QuestionResult> rows = OneRowPerPlannedQuestion(header, plan, CheckedAnswers.Of(results, expected));
        IReadOnlyList<QuestionResult> measured = MeasuredRows.Of(rows);
        List<QuestionResult> successes = [.. measured.Where(row => row.Success)];
        double warmUp = MeasuredRows.WarmUpSeconds(rows);
        RowTotals totals = RowTotals.Of(measured);
        Beside beside = new(rows.Count);
        Func<(IReadOnlyList<QuestionConsistency> Questions, RunAgreement? Run)> answers =
            beside.Plan(() => RunAgreementCalculator.Of(rows, measured, plan.Seed, expected));
        Func<SliceFigures[]> slices = beside.Plan(() => Slices.Of(measured).ToArray());
        List<PercentileFigure> percentiles = [];
        Func<IReadOnlyList<LatencyFigures>> headline = beside.Plan(() => LatencyFiguresCalculator.Of(
            PercentileFigures.OfHeadline, successes,
            (measure, sorted) => percentiles.AddRange(PercentileFigures.Of(measure.Name, sorted))));
        Func<IReadOnlyList<LatencyFigures>>[] times =
        [
            headline,
            .. Measure.All.Skip(PercentileFigures.OfHeadline.Count).Chunk(MeasuresAtATime).Select(
                measures => beside.Plan(() => LatencyFiguresCalculator.Of(measures, successes))),
        ];
        Func<PercentileFigure[]> withFailures = beside.Plan(() => PercentileFigures.OfAllAsked(measured, successes.Count).ToArray());
        Func<RunRates> rates = beside.Plan(() => RunRatesCalculator.Of(plan, measured, warmUp));
        Func<RunHealth> health = beside.Plan(
            () => header.Shards is { Count: > 0 } shards
                ? RunHealthJudge.OfShards(measured, status.Generator, shards)
                : RunHealthJudge.Of(measured, status.Generator, status.Interruptions, status.State == RunState.Running));
        // The warm-up met the limit as well as the rest.
        bool isLimited = rows.Exists(row => row.ThrottleRetries > 0 || row.HttpStatus == 429);
        Func<RateLimit?> limits =
            beside.Plan(() => isLimited && header.Connections is not { Count: > 1 } ? LimitSeen.Of(rows) : null);
        IReadOnlyList<RunPart> parts = RunParts.Of(rows);
        (double Lower, double Upper)? rate = totals.Ended == 0
            ? null
            : ShareInterval.Of(successes.Count, totals.Ended, OrderStatistics.DefaultConfidence);
        Func<IntervalFigures[]> intervals = beside.Plan(() => Intervals(measured).ToArray());
        Func<CauseCount[]> causes = beside.Plan(() => CauseCounter.Count(measured).ToArray());
        beside.Run();
        Dictionary<Measure, LatencyFigures> latency = Measure.All.Zip(times.SelectMany(figures => figures())).ToDictionary();
        LatencyFigures response = latency[Measure.Response];
        RateLimit? limit = limits();

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
            SuccessfulCount = successes.Count,
            SuccessRateLower = 100 * rate?.Lower,
            SuccessRateUpper = 100 * rate?.Upper,
            TotalDurationSeconds = status.TotalDurationSeconds,
            WarmUpSeconds = warmUp,
            AverageQuestionDurationSeconds = latency[Measure.Duration].MeanSeconds,
            ThrottleRetryCount = totals.ThrottleRetries,
            FaultRetryCount = totals.FaultRetries,
            LimitLowerPerMinute = limit?.LowerPerMinute,
            LimitUpperPerMinute = limit?.UpperPerMinute,
            LimitBurst = limit?.Burst,
            ThrottleSeconds = totals.ThrottleSeconds,
            FaultSeconds = totals.FaultSeconds,
            MaximumLagSeconds = totals.MaximumLag,
            P50ResponseSeconds = response.P50Seconds,
            P75ResponseSeconds = response.P75Seconds,
            P90ResponseSeconds = response.P90Seconds,
            P95ResponseSeconds = response.P95Seconds,
            P99ResponseSeconds = response.P99Seconds,
            Latency = new RowList<LatencyFigures>([.. Measure.All.Where(measure => IsShown(measure, latency[measure]))
                .Select(measure => latency[measure])]),
            Percentiles = new RowList<PercentileFigure>([.. percentiles, .. withFailures()]),
            Rates = rates(),
            Health = health(),
            Slices = new RowList<SliceFigures>(slices()),
            Intervals = new RowList<IntervalFigures>(intervals()),
            Statements = StatementCoverage.Of(rows),
            Parts = new RowList<RunPart>([.. parts]),
            BoundBy = RunParts.BoundBy(parts),
            Causes = new RowList<CauseCount>(causes()),
            WarehouseSamples = new RowList<WarehouseSample>([.. status.WarehouseSamples]),
            Consistency = new RowList<QuestionConsistency>([.. answers().Questions]),
            Agreement = answers().Run,
            ExpectedAnswers = new RowList<ExpectedAnswer>([.. expected]),
            Interruptions = new RowList<RunInterruption>([.. status.Interruptions]),
            Changes = new RowList<RunChange>([.. status.Changes]),
            Results = new RowList<QuestionResult>(rows),
            Plan = plan,
            RunPath = runPath,
            GenieLoadVersion = header.GenieLoadVersion,
        };
    }

    // Most runs know nothing of their statements, and were never paused.
    private static bool IsShown(Measure measure, LatencyFigures figures) =>
        figures.Count > 0 || (measure.Kind != MeasureKind.Statement && measure != Measure.PauseWait);

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

    /// <summary>The run in stretches of ten seconds; in longer ones where they would be too many to read.</summary>
    private static IReadOnlyList<IntervalFigures> Intervals(IReadOnlyCollection<QuestionResult> rows)
    {
        double length = IntervalSeconds;
        while (RunSeries.EndSeconds(rows) / length > MostIntervals)
            length *= 2;
        return RunSeries.Of(rows, length);
    }
}
