namespace GenieLoad.Model;

/// <summary>
/// How a question ended. Names rather than an enumeration, so that a row reads the same in a table, a CSV file, JSON and a remote session.
/// </summary>
public static class Outcome
{
    /// <summary>Answered, and every requested result was read.</summary>
    public const string Completed = nameof(Completed);

    /// <summary>Genie accepted the question and ended it as FAILED.</summary>
    public const string Failed = nameof(Failed);

    /// <summary>Genie ended it as CANCELLED.</summary>
    public const string Cancelled = nameof(Cancelled);

    /// <summary>Genie ended it as QUERY_RESULT_EXPIRED.</summary>
    public const string Expired = nameof(Expired);

    /// <summary>
    /// Given up because of the rate limit: too many 429s, too long a Retry-After, or RATE_LIMIT_EXCEEDED_* inside the message.
    /// </summary>
    public const string Throttled = nameof(Throttled);

    /// <summary>The question's own time limit passed before an answer.</summary>
    public const string TimedOut = nameof(TimedOut);

    /// <summary>The question was sent and its fate is unknown; it was not sent again.</summary>
    public const string Ambiguous = nameof(Ambiguous);

    /// <summary>Refused with a 4xx other than 429.</summary>
    public const string Rejected = nameof(Rejected);

    /// <summary>The workspace could not be reached, or kept answering with server errors.</summary>
    public const string Unreachable = nameof(Unreachable);

    /// <summary>In flight when the run was stopped.</summary>
    public const string Interrupted = nameof(Interrupted);

    /// <summary>Planned, and never asked.</summary>
    public const string NotStarted = nameof(NotStarted);

    /// <summary>All outcomes, the good one first.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        Completed, Failed, Cancelled, Expired, Throttled, TimedOut, Ambiguous, Rejected, Unreachable, Interrupted, NotStarted,
    ];
}
