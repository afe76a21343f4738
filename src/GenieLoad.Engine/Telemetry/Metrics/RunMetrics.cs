using GenieLoad.Model;

namespace GenieLoad.Engine.Telemetry.Metrics;

/// <summary>The metrics of a run: the one table of them. <c>docs/telemetry.md</c> and the dashboard are tested against it.</summary>
internal static class RunMetrics
{
    /// <summary>Tag of the run's id: runs that go on at the same time stay apart, whatever a backend makes of the resource.</summary>
    public const string RunId = "genieload.run.id";

    /// <summary>Tag of the scenario's name.</summary>
    public const string Scenario = "genieload.scenario";

    /// <summary>Tag of how a question ended, one of <see cref="Outcome"/>.</summary>
    public const string Result = "genieload.outcome";

    /// <summary>Tag of questions that only warm up; others do not have it.</summary>
    public const string WarmUp = "genieload.warm_up";

    /// <summary>Tag of why a question waited.</summary>
    public const string Reason = "genieload.wait.reason";

    // Genie takes from a few seconds to many minutes.
    private static readonly double[] Answers = [1, 2, 5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 300, 600, 1800];

    private static readonly double[] Lateness = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10];

    /// <summary>Questions that ended.</summary>
    public static MetricDefinition Finished { get; } = new(
        "genieload.question.finished", "{question}", MetricKind.Counter, "Questions that ended, by outcome.");

    /// <summary>Questions that were due.</summary>
    public static MetricDefinition Planned { get; } = new(
        "genieload.question.planned", "{question}", MetricKind.Counter, "Questions whose planned time has come.");

    /// <summary>Questions in flight.</summary>
    public static MetricDefinition InFlight { get; } = new(
        "genieload.question.in_flight", "{question}", MetricKind.Gauge, "Questions sent and not yet ended.");

    /// <summary>Questions that wait.</summary>
    public static MetricDefinition Waiting { get; } = new(
        "genieload.question.waiting", "{question}", MetricKind.Gauge,
        "Questions due that wait for a worker, the pace, or the conversation's previous turn.");

    /// <summary>Questions that sleep because of the rate limit.</summary>
    public static MetricDefinition Throttled { get; } = new(
        "genieload.question.throttled", "{question}", MetricKind.Gauge, "Questions in flight that sleep after a 429.");

    /// <summary>Response times.</summary>
    public static MetricDefinition Response { get; } = new(
        "genieload.question.response.duration", "s", MetricKind.Histogram, "Time from the planned instant to the answer.")
    { Bounds = Answers };

    /// <summary>Service times.</summary>
    public static MetricDefinition Service { get; } = new(
        "genieload.question.service.duration", "s", MetricKind.Histogram,
        "Time from the first send to the answer, without sleeps after 429s and faults.")
    { Bounds = Answers };

    /// <summary>Calls repeated after a 429.</summary>
    public static MetricDefinition ThrottleRetries { get; } = new(
        "genieload.throttle.retries", "{retry}", MetricKind.Counter, "Calls repeated after a 429.");

    /// <summary>Time slept after 429s.</summary>
    public static MetricDefinition ThrottleTime { get; } = new(
        "genieload.throttle.duration", "s", MetricKind.Counter, "Time that questions slept after 429s.");

    /// <summary>Calls repeated after faults.</summary>
    public static MetricDefinition FaultRetries { get; } = new(
        "genieload.fault.retries", "{retry}", MetricKind.Counter, "Calls repeated after server errors and broken connections.");

    /// <summary>Time slept after faults.</summary>
    public static MetricDefinition FaultTime { get; } = new(
        "genieload.fault.duration", "s", MetricKind.Counter, "Time that questions slept after server errors and broken connections.");

    /// <summary>Time waited before sends.</summary>
    public static MetricDefinition WaitTime { get; } = new(
        "genieload.wait.duration", "s", MetricKind.Counter,
        "Time that questions waited before they were sent, by reason: turn, pause, pacing, worker.");

    /// <summary>Lateness.</summary>
    public static MetricDefinition Lag { get; } = new(
        "genieload.lag", "s", MetricKind.Histogram, "Time by which GenieLoad itself was late with a question.")
    { Bounds = Lateness };

    /// <summary>What a run has while it goes on.</summary>
    public static IReadOnlyList<MetricDefinition> Live { get; } =
    [
        Finished, Planned, InFlight, Waiting, Throttled, Response, Service, ThrottleRetries, ThrottleTime, FaultRetries, FaultTime,
        WaitTime, Lag,
    ];

    /// <summary>The reasons to wait, and the column of each.</summary>
    public static IReadOnlyList<(string Reason, Func<QuestionResult, double?> Seconds)> Waits { get; } =
    [
        ("turn", row => row.TurnWaitSeconds),
        ("pause", row => row.PauseWaitSeconds),
        ("pacing", row => row.PacingWaitSeconds),
        ("worker", row => row.WorkerWaitSeconds),
    ];
}
