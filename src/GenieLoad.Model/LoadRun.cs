using System.Text.Json.Serialization;

namespace GenieLoad.Model;

/// <summary>A run of a load test: what was planned, what became of each question, and the figures over all of them.</summary>
public sealed record LoadRun
{
    /// <summary>Identity of the run, also the name of its folder: <c>20261123-192455-high_load-3f9a</c>.</summary>
    public required string RunId { get; init; }

    /// <summary>Name of the test, such as <c>high_load_35q_30s</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Name of the scenario; <c>custom_adhoc_test</c> without one.</summary>
    public required string ScenarioName { get; init; }

    /// <summary><c>Running</c>, <c>Completed</c>, <c>Stopped</c> or <c>Interrupted</c>; see <see cref="RunState"/>.</summary>
    public required string State { get; init; }

    /// <summary>Why it ended as it did, where there is more to say than its state, such as a full disk.</summary>
    public string? StateReason { get; init; }

    /// <summary>
    /// What ended it early, one of <see cref="Model.StopCause"/>; <see langword="null"/> when nothing did, or nobody knows.
    /// </summary>
    public string? StopCause { get; init; }

    /// <summary>Workspace that was asked; of several connections, all of them, parted by <c>, </c>.</summary>
    public required string WorkspaceUrl { get; init; }

    /// <summary>Space that was asked; of several connections, all of them, parted by <c>, </c>.</summary>
    public required string SpaceId { get; init; }

    /// <summary>Whether it was a simulator.</summary>
    public bool IsSimulator { get; init; }

    /// <summary>The connections that were asked; none in runs of versions that did not keep them.</summary>
    public RowList<RunConnection> Connections { get; init; } = new([]);

    /// <summary>How answers were polled for, in words; times of runs that polled otherwise mean something else.</summary>
    public string? PollPolicy { get; init; }

    /// <summary>How calls were tried again, in words; <see langword="null"/> in runs of versions that did not keep it.</summary>
    public string? RetryPolicy { get; init; }

    /// <summary>Start of the run, local time.</summary>
    public required DateTime StartedAt { get; init => field = LocalTime.Of(value); }

    /// <summary>End of the run, local time.</summary>
    public DateTime? CompletedAt { get; init => field = LocalTime.Of(value); }

    /// <summary>
    /// Which part of the plan this run asked, such as <c>2/4</c>, the second of four; <see langword="null"/> for all of it.
    /// </summary>
    public string? Shard => Plan.Shard;

    /// <summary>Place that a shard asked from, as it was named or as its machine is called; <see langword="null"/> otherwise.</summary>
    public string? Place { get; init; }

    /// <summary>
    /// Seconds by which the run began after the instant set for it; its questions were late by as much. <see langword="null"/> where none
    /// was set.
    /// </summary>
    public double? StartLagSeconds { get; init; }

    /// <summary>
    /// Seconds by which the service's clock was ahead of this run's, by the Date headers of its answers; below 0 where it was behind, and
    /// <see langword="null"/> where they do not tell.
    /// </summary>
    public double? ClockOffsetSeconds { get; init; }

    /// <summary>The true <see cref="ClockOffsetSeconds"/> is at most so many seconds away.</summary>
    public double? ClockHalfWidthSeconds { get; init; }

    /// <summary>The shards that this run was merged from, by number; empty for a run that was not.</summary>
    public RowList<RunShard> Shards { get; init => field = value ?? new([]); } = new([]);

    /// <summary>Questions planned; those that only warm up are counted apart, and in no other figure.</summary>
    public required int QuestionCount { get; init; }

    /// <summary>Questions that only warmed up.</summary>
    public int WarmUpCount { get; init; }

    /// <summary>Questions never asked: the run ended first, or they were shed. No rate counts them.</summary>
    public int NotAskedCount { get; init; }

    /// <summary>Questions that the end of the run broke off: neither a success nor a failure, and in no rate.</summary>
    public int BrokenOffCount { get; init; }

    /// <summary>What rates leave out, in words: <c>50 of 100 not asked: stopped</c>; <see langword="null"/> for nothing.</summary>
    public string? LeftOut
    {
        get => LeftOutParts.Count == 0 ? null : string.Join(", ", LeftOutParts);
        init => LeftOutParts = value is null ? [] : [value];
    }

    /// <summary>The same one by one.</summary>
    internal IReadOnlyList<string> LeftOutParts { get; init; } = [];

    /// <summary>Questions that were asked and came to an end: what rates are over.</summary>
    public int EndedCount => QuestionCount - NotAskedCount - BrokenOffCount;

    /// <summary>Questions answered in full.</summary>
    public required int SuccessfulCount { get; init; }

    /// <summary>Questions that came to an end in any other way.</summary>
    public int FailedCount => EndedCount - SuccessfulCount;

    /// <summary>Share of <see cref="EndedCount"/> that was answered in full, in percent; <see langword="null"/> without any.</summary>
    public double? SuccessRate => EndedCount == 0 ? null : 100.0 * SuccessfulCount / EndedCount;

    /// <summary>Lower end of the 95 % interval (Wilson) of <see cref="SuccessRate"/>, in percent.</summary>
    public double? SuccessRateLower { get; init; }

    /// <summary>Upper end of the 95 % interval (Wilson) of <see cref="SuccessRate"/>, in percent.</summary>
    public double? SuccessRateUpper { get; init; }

    /// <summary>Seconds from the start of the run to the last question's end.</summary>
    public required double TotalDurationSeconds { get; init; }

    /// <summary>Seconds of it before the first question was due that does more than warm up; 0 without a warm-up.</summary>
    public double WarmUpSeconds { get; init; }

    /// <summary>Mean <see cref="QuestionResult.DurationSeconds"/> of the successful questions.</summary>
    public double? AverageQuestionDurationSeconds
    {
        get => Figures.Value.AverageQuestionDurationSeconds;
        init => Figures = new(Figures.Value with { AverageQuestionDurationSeconds = value });
    }

    /// <summary><see cref="EndedCount"/> over the total duration less the warm-up, per second.</summary>
    public double? ThroughputPerSecond =>
        TotalDurationSeconds > WarmUpSeconds ? EndedCount / (TotalDurationSeconds - WarmUpSeconds) : null;

    /// <summary>Calls repeated because of 429.</summary>
    public required int ThrottleRetryCount { get; init; }

    /// <summary>Calls repeated because of faults.</summary>
    public required int FaultRetryCount { get; init; }

    /// <summary>
    /// The rate limit is not below so many questions a minute, by what this run sent; <see langword="null"/> where no question was refused,
    /// or no kind of limit explains what was.
    /// </summary>
    public double? LimitLowerPerMinute
    {
        get => Limit.Value.Lower;
        init => Limit = new((value, Limit.Value.Upper, Limit.Value.Burst));
    }

    /// <summary>The rate limit is not above so many questions a minute, by what this run sent.</summary>
    public double? LimitUpperPerMinute
    {
        get => Limit.Value.Upper;
        init => Limit = new((Limit.Value.Lower, value, Limit.Value.Burst));
    }

    /// <summary>Questions that the limit accepts at once after a rest; <see langword="null"/> where the run does not show it.</summary>
    public int? LimitBurst
    {
        get => Limit.Value.Burst;
        init => Limit = new((Limit.Value.Lower, Limit.Value.Upper, value));
    }

    /// <summary>Seconds slept because of 429s, over all questions.</summary>
    public required double ThrottleSeconds { get; init; }

    /// <summary>Seconds slept because of faults, over all questions.</summary>
    public required double FaultSeconds { get; init; }

    /// <summary>Greatest lateness of the generator itself, in seconds.</summary>
    public double? MaximumLagSeconds { get; init; }

    /// <summary>Median ResponseSeconds of the successful questions.</summary>
    public double? P50ResponseSeconds { get; init; }

    /// <summary>75th percentile of ResponseSeconds of the successful questions.</summary>
    public double? P75ResponseSeconds { get; init; }

    /// <summary>90th percentile of ResponseSeconds of the successful questions.</summary>
    public double? P90ResponseSeconds { get; init; }

    /// <summary>95th percentile of ResponseSeconds of the successful questions.</summary>
    public double? P95ResponseSeconds { get; init; }

    /// <summary>99th percentile of ResponseSeconds of the successful questions.</summary>
    public double? P99ResponseSeconds { get; init; }

    /// <summary>Figures per time: response, duration, service and their parts.</summary>
    [JsonRequired]
    public RowList<LatencyFigures> Latency { get => Figures.Value.Latency; init => Figures = new(Figures.Value with { Latency = value }); }

    /// <summary>The headline percentiles, each with its interval, or with the number of answers that it lacks.</summary>
    public RowList<PercentileFigure> Percentiles
    {
        get => Figures.Value.Percentiles;
        init => Figures = new(Figures.Value with { Percentiles = value });
    }

    /// <summary>How fast questions came, left and were answered, the warm-up left out.</summary>
    public RunRates Rates { get => Figures.Value.Rates; init => Figures = new(Figures.Value with { Rates = value }); }

    /// <summary>Whether the generator was fit for these figures; <see langword="null"/> when it was not looked at.</summary>
    public RunHealth? Health { get => Figures.Value.Health; init => Figures = new(Figures.Value with { Health = value }); }

    /// <summary>Figures per question, turn, outcome and last status, and per connection and mode where there are several.</summary>
    public RowList<SliceFigures> Slices { get => Figures.Value.Slices; init => Figures = new(Figures.Value with { Slices = value }); }

    /// <summary>The run in stretches of ten seconds; a run of more than a day in longer ones.</summary>
    public RowList<IntervalFigures> Intervals
    {
        get => Figures.Value.Intervals;
        init => Figures = new(Figures.Value with { Intervals = value });
    }

    /// <summary>
    /// Of how many answers the statements are known, and what keeps the others, such as <c>33 of 35 answers known, 2 not final yet</c>;
    /// <see langword="null"/> where nobody has asked the query history.
    /// </summary>
    public string? Statements { get => Figures.Value.Statements; init => Figures = new(Figures.Value with { Statements = value }); }

    /// <summary>The parts of the answers whose statements are known, and how each grew with the load; empty where none is.</summary>
    public RowList<RunPart> Parts { get => Figures.Value.Parts; init => Figures = new(Figures.Value with { Parts = value }); }

    /// <summary>
    /// The part that grew most from the quietest to the busiest fifth of the answers, one of <see cref="AnswerPart"/>;
    /// <see langword="null"/> where none certainly grew, or nobody knows.
    /// </summary>
    public string? BoundBy { get => Figures.Value.BoundBy; init => Figures = new(Figures.Value with { BoundBy = value }); }

    /// <summary>
    /// What the SQL warehouses behind the spaces were during the run: looked at every 20 s, each change and the last look kept. Empty where
    /// they may not be seen.
    /// </summary>
    public RowList<WarehouseSample> WarehouseSamples { get; init; } = new([]);

    /// <summary>Evaluations of the benchmarks before, during and after the run, where they were wanted.</summary>
    public RowList<Evaluation> Evaluations { get; init; } = new([]);

    /// <summary>These evaluations compared pair by pair.</summary>
    public RowList<AccuracyChange> AccuracyChanges { get; init; } = new([]);

    /// <summary>
    /// Whether load costs accuracy, in a sentence; <see langword="null"/> without an evaluation during the load and another one.
    /// </summary>
    public string? AccuracyUnderLoad { get; init; }

    /// <summary>How alike the answers to each question are, in the order of the questions; empty where nothing is known of them.</summary>
    public RowList<QuestionConsistency> Consistency
    {
        get => Figures.Value.Consistency;
        init => Figures = new(Figures.Value with { Consistency = value ?? new([]) });
    }

    /// <summary>
    /// How alike the answers to the same question are over the whole run; <see langword="null"/> where nothing is known of them, as in runs
    /// of versions that did not look.
    /// </summary>
    public RunAgreement? Agreement { get => Figures.Value.Agreement; init => Figures = new(Figures.Value with { Agreement = value }); }

    /// <summary>What the expected SQL of the questions gave; empty where answers were not checked.</summary>
    public RowList<ExpectedAnswer> ExpectedAnswers { get; init => field = value ?? new([]); } = new([]);

    /// <summary>When the run was interrupted and resumed; empty for most.</summary>
    public RowList<RunInterruption> Interruptions { get; init; } = new([]);

    /// <summary>
    /// How the run was steered while it ran, by <c>Set-GenieLoadTest</c>; empty for most. Planned instants stay as they were.
    /// </summary>
    public RowList<RunChange> Changes { get; init => field = value ?? new([]); } = new([]);

    /// <summary>Questions by outcome and error type, most frequent first.</summary>
    [JsonRequired]
    public RowList<CauseCount> Causes { get => Figures.Value.Causes; init => Figures = new(Figures.Value with { Causes = value }); }

    /// <summary>One row per planned question, by index.</summary>
    public required RowList<QuestionResult> Results { get; init; }

    /// <summary>The plan that was run.</summary>
    public required Plan Plan { get; init; }

    /// <summary>Seed of the plan.</summary>
    public int Seed => Plan.Seed;

    /// <summary>Hash of the plan: runs with one hash asked the same at the same planned instants.</summary>
    public string? PlanHash => Plan.Hash;

    /// <summary>Thresholds that the run was to meet, parted by <c>; </c>; <see langword="null"/> for none.</summary>
    public string? Thresholds => Plan.Thresholds;

    /// <summary>Folder in which the run is kept.</summary>
    public string? RunPath { get; init; }

    /// <summary>Version of GenieLoad that ran it.</summary>
    public required string GenieLoadVersion { get; init; }

    /// <summary>
    /// Figures that a list of runs does not show, worked out together when somebody asks for one of them: reading a thousand small runs
    /// takes less time than these.
    /// </summary>
    internal Lazy<RunFigures> Figures { get; init; } = new(new RunFigures());

    /// <summary>The limit that the run met: to search for it takes longer than all other figures of a small run together.</summary>
    internal Lazy<(double? Lower, double? Upper, int? Burst)> Limit { get; init; } = new((null, null, null));

    /// <summary>The run's id.</summary>
    public override string ToString() => RunId;
}
