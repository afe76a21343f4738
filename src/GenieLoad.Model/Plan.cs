namespace GenieLoad.Model;

/// <summary>
/// Every question of a run with the instant at which it is due. Made before the run, from scenario, questions and seed, and never
/// changed: what starts late is recorded as late.
/// </summary>
public sealed record Plan
{
    /// <summary>Name of the test, such as <c>high_load_35q_30s</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Name of the scenario it was made from; <c>custom_adhoc_test</c> without one.</summary>
    public required string ScenarioName { get; init; }

    /// <summary>Seconds over which the questions are planned; <see langword="null"/> for immediate.</summary>
    public double? DurationSeconds { get; init; }

    /// <summary>Most questions in flight at once.</summary>
    public required int WorkerCount { get; init; }

    /// <summary>Seed of everything random in the run.</summary>
    public required int Seed { get; init; }

    /// <summary>How arrivals lie in time, one of <see cref="ArrivalShape"/>.</summary>
    public string Arrival { get; init; } = ArrivalShape.Even;

    /// <summary>Users of a closed test; <see langword="null"/> for arrivals from outside.</summary>
    public int? UserCount { get; init; }

    /// <summary>Most questions sent per minute, repetitions included; <see langword="null"/> for no such limit.</summary>
    public double? QuestionsPerMinute { get; init; }

    /// <summary>
    /// Questions that <see cref="QuestionsPerMinute"/> lets go out at once after a pause; <see langword="null"/> for one.
    /// </summary>
    public int? PaceBurst { get; init; }

    /// <summary>What becomes of questions beyond <see cref="WorkerCount"/>, one of <see cref="OverflowRule"/>.</summary>
    public string Overflow { get; init; } = OverflowRule.Wait;

    /// <summary>How many of the first questions only warm up.</summary>
    public int WarmUpCount { get; init; }

    /// <summary>
    /// The connections of a test of several, with the number of questions for each; <see langword="null"/> in a test of one.
    /// </summary>
    public RowList<RunConnection>? Connections { get; init; }

    /// <summary>
    /// SHA-256 over everything that is asked and when, in hexadecimal: plans with one hash are the same load, wherever they were made.
    /// <see langword="null"/> in plans of versions that did not have it.
    /// </summary>
    public string? Hash { get; init; }

    /// <summary>Thresholds that the run is to meet, parted by <c>; </c>; no part of the <see cref="Hash"/>.</summary>
    public string? Thresholds { get; init; }

    /// <summary>
    /// SQL that answers questions right, where answers are checked against it; <see langword="null"/> where they are not. Part of the
    /// <see cref="Hash"/>: whoever resumes a run runs no other SQL.
    /// </summary>
    public RowList<ExpectedQuery>? ExpectedQueries { get; init; }

    /// <summary>
    /// Which part of a larger plan this is, such as <c>2/4</c>, the second of four; <see langword="null"/> for a whole plan. The
    /// <see cref="Hash"/> of a part is that of the whole.
    /// </summary>
    public string? Shard { get; init; }

    /// <summary>The questions, by planned instant.</summary>
    public required RowList<PlannedQuestion> Questions { get; init; }

    /// <summary>Number of questions.</summary>
    public int QuestionCount => Questions.Count;

    /// <summary>The test's name.</summary>
    public override string ToString() => Name;
}
