namespace GenieLoad.Model;

/// <summary>
/// A named shape of load: how many questions, over how long, by how many workers.
/// </summary>
public sealed record Scenario
{
    /// <summary>Name by which the scenario is asked for: letters, digits, <c>_</c>, <c>-</c> and <c>.</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Questions asked in the whole test, 1 to 1,000,000.</summary>
    public required int QuestionCount { get; init; }

    /// <summary>
    /// Seconds over which the questions are spread, above 0; <see langword="null"/> when all are planned for the first instant, or when
    /// <see cref="Rate"/>, <see cref="Stages"/> or <see cref="ReplayPath"/> says when.
    /// </summary>
    public double? DurationSeconds { get; init; }

    /// <summary>Most questions in flight at once, 1 to 100,000. Questions beyond it wait, and their wait is recorded.</summary>
    public required int WorkerCount { get; init; }

    /// <summary>One line for people.</summary>
    public string Description { get; init; } = "";

    /// <summary>How arrivals lie in time, one of <see cref="ArrivalShape"/>.</summary>
    public string Arrival { get; init; } = ArrivalShape.Even;

    /// <summary>
    /// Arrivals in a time, such as <c>20/min</c> or <c>0.5/s</c>; the first rate of a ramp. <see langword="null"/> where count and duration
    /// say it.
    /// </summary>
    public string? Rate { get; init; }

    /// <summary>Last rate of a ramp, such as <c>60/min</c>.</summary>
    public string? FinalRate { get; init; }

    /// <summary>
    /// Variance of the gaps between the arrivals of <see cref="ArrivalShape.Gamma"/> over the square of their mean, 0.01 to 100: 1 is
    /// Poisson, more comes in bursts, less is more even.
    /// </summary>
    public double? Burstiness { get; init; }

    /// <summary>Rates and how long each lasts, such as <c>10/min for 5m, 30/min for 5m</c>.</summary>
    public string? Stages { get; init; }

    /// <summary>Full path of the file with the instants that are replayed.</summary>
    public string? ReplayPath { get; init; }

    /// <summary>Those instants, in seconds, once they were read: what was counted is what is replayed.</summary>
    internal IReadOnlyList<double>? ReplayOffsets { get; init; }

    /// <summary>Users of a closed test, 1 to 100,000; <see langword="null"/> for arrivals from outside.</summary>
    public int? UserCount { get; init; }

    /// <summary>Questions that each user asks, one after the other.</summary>
    public int? QuestionsPerUser { get; init; }

    /// <summary>Seconds over which the users begin, evenly; <see langword="null"/> for all at once.</summary>
    public double? StaggerSeconds { get; init; }

    /// <summary>
    /// Questions asked in one conversation, one after the other, 1 to 10,000. Each arrival is then a conversation.
    /// <see langword="null"/> when the question list says it, or every question has a conversation of its own.
    /// </summary>
    public int? TurnsPerConversation { get; init; }

    /// <summary>
    /// Time between an answer and the next question of the same user or conversation, fixed (<c>5s</c>) or drawn from a range
    /// (<c>2s-10s</c>). With it the turns of the question list's conversations follow each other too, instead of coming at instants of
    /// their own.
    /// </summary>
    public string? ThinkTime { get; init; }

    /// <summary>
    /// How questions are asked: one of <see cref="QuestionMode"/>, or both parted by a comma, such as <c>Chat, Agent</c>.
    /// </summary>
    public string Mode { get; init; } = QuestionMode.Chat;

    /// <summary>
    /// Weight of each of several modes, in the same order, such as <c>3, 1</c>: three conversations in chat mode for each one in agent
    /// mode. <see langword="null"/> for equal ones.
    /// </summary>
    public string? ModeWeight { get; init; }

    /// <summary>Most questions sent per minute, over all users and repetitions; <see langword="null"/> for no such limit.</summary>
    public double? QuestionsPerMinute { get; init; }

    /// <summary>What becomes of questions beyond <see cref="WorkerCount"/>, one of <see cref="OverflowRule"/>.</summary>
    public string Overflow { get; init; } = OverflowRule.Wait;

    /// <summary>How many of the first questions only warm up: asked like all, and left out of the figures.</summary>
    public int WarmUpCount { get; init; }

    /// <summary>
    /// Thresholds that a run is to meet, parted by <c>; </c>, such as <c>P95ResponseSeconds &lt; 30; SuccessRate &gt;= 99</c>;
    /// <see langword="null"/> for none.
    /// </summary>
    public string? Thresholds { get; init; }

    /// <summary>The scenario's name.</summary>
    public override string ToString() => Name;
}
