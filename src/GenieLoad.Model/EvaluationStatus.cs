namespace GenieLoad.Model;

/// <summary>Statuses of an evaluation, as the service writes them. One that is not here is still in progress.</summary>
public static class EvaluationStatus
{
    /// <summary>Accepted, and not begun.</summary>
    public const string NotStarted = "NOT_STARTED";

    /// <summary>Benchmarks are asked and judged.</summary>
    public const string Running = "RUNNING";

    /// <summary>Every benchmark is judged.</summary>
    public const string Done = "DONE";

    /// <summary>It ended with an error.</summary>
    public const string Failed = "EVALUATION_FAILED";

    /// <summary>Somebody cancelled it.</summary>
    public const string Cancelled = "EVALUATION_CANCELLED";

    /// <summary>The service gave it up.</summary>
    public const string TimedOut = "EVALUATION_TIMEOUT";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [NotStarted, Running, Done, Failed, Cancelled, TimedOut];

    /// <summary>Whether an evaluation with this status has ended.</summary>
    /// <param name="status">The status.</param>
    public static bool IsEnded(string? status) => status is Done or Failed or Cancelled or TimedOut;
}
