using GenieLoad.Model;

namespace GenieLoad.Engine.Figures;

/// <summary>Works out the figures of a run that <see cref="RunSummarizer"/> leaves until somebody asks for one of them.</summary>
internal static class RunFiguresCalculator
{
    private const double IntervalSeconds = 10;
    private const int MostIntervals = 10_000;

    // Of a million rows each takes eight megabytes while it is worked out.
    private const int MeasuresAtATime = 4;

    /// <summary>The figures.</summary>
    /// <param name="header">What was known before the first question.</param>
    /// <param name="plan">What was planned.</param>
    /// <param name="rows">One row per planned question, in the order of the plan.</param>
    /// <param name="status">How the run stands.</param>
    public static RunFigures Of(RunHeader header, Plan plan, IReadOnlyList<QuestionResult> rows, RunStatus status)
    {
        IReadOnlyList<QuestionResult> measured = MeasuredRows.Of(rows);
        List<QuestionResult> successes = [.. measured.Where(row => row.Success)];
        Beside beside = new(rows.Count);
        Func<(IReadOnlyList<QuestionConsistency> Questions, RunAgreement? Run)> answers =
            beside.Plan(() => RunAgreementCalculator.Of(rows, measured, plan.Seed, RunSummarizer.ExpectedOf(header, status)));
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
        Func<RunRates> rates = beside.Plan(() => RunRatesCalculator.Of(plan, measured, MeasuredRows.WarmUpSeconds(rows)));
        Func<RunHealth> health = beside.Plan(
            () => header.Shards is { Count: > 0 } shards
                ? RunHealthJudge.OfShards(measured, status.Generator, shards)
                : RunHealthJudge.Of(measured, status.Generator, status.Interruptions, status.State == RunState.Running));
        Func<IntervalFigures[]> intervals = beside.Plan(() => Intervals(measured).ToArray());
        Func<CauseCount[]> causes = beside.Plan(() => CauseCounter.Count(measured).ToArray());
        IReadOnlyList<RunPart> parts = RunParts.Of(rows);
        beside.Run();
        Dictionary<Measure, LatencyFigures> latency = Measure.All.Zip(times.SelectMany(figures => figures())).ToDictionary();
        return new RunFigures
        {
            AverageQuestionDurationSeconds = latency[Measure.Duration].MeanSeconds,
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
            Consistency = new RowList<QuestionConsistency>([.. answers().Questions]),
            Agreement = answers().Run,
            Causes = new RowList<CauseCount>(causes()),
        };
    }

    // Most runs know nothing of their statements, and were never paused.
    private static bool IsShown(Measure measure, LatencyFigures figures) =>
        figures.Count > 0 || (measure.Kind != MeasureKind.Statement && measure != Measure.PauseWait);

    /// <summary>The run in stretches of ten seconds; in longer ones where they would be too many to read.</summary>
    private static IReadOnlyList<IntervalFigures> Intervals(IReadOnlyCollection<QuestionResult> rows)
    {
        double length = IntervalSeconds;
        while (RunSeries.EndSeconds(rows) / length > MostIntervals)
            length *= 2;
        return RunSeries.Of(rows, length);
    }
}
