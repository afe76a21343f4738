using GenieLoad.PowerShell.Input;

namespace GenieLoad.PowerShell.LoadTests;

/// <summary>
/// How a test polls, tries again and stops, set once for many tests: each property is the parameter of the same name, and
/// <see langword="null"/> leaves that parameter as it is.
/// </summary>
public sealed class LoadTestOption
{
    /// <summary>How the waits between polls are chosen.</summary>
    public string? PollPolicy { get; set; }

    /// <summary>Wait before the first poll.</summary>
    public TimeSpan? PollInterval { get; set; }

    /// <summary>Longest wait between polls.</summary>
    public TimeSpan? MaximumPollInterval { get; set; }

    /// <summary>Longest time for one question.</summary>
    public TimeSpan? QuestionTimeout { get; set; }

    /// <summary>Agent mode: longest time without an event of the stream.</summary>
    public TimeSpan? StreamIdleTimeout { get; set; }

    /// <summary>Whether the rows of the answers are left unread.</summary>
    public bool? SkipResult { get; set; }

    /// <summary>Whether the query of an answer whose result has expired is run again.</summary>
    public bool? RefreshExpiredResult { get; set; }

    /// <summary>Most retries of one call after its first try.</summary>
    public int? MaximumRetry { get; set; }

    /// <summary>First wait before a retry.</summary>
    public TimeSpan? RetryBaseDelay { get; set; }

    /// <summary>Longest wait before a retry.</summary>
    public TimeSpan? RetryMaximumDelay { get; set; }

    /// <summary>Random time added to each wait before a retry.</summary>
    public TimeSpan? RetryJitter { get; set; }

    /// <summary>Longest Retry-After that is obeyed.</summary>
    public TimeSpan? RetryAfterLimit { get; set; }

    /// <summary>Whether a question is sent again when nobody knows whether it was accepted.</summary>
    public bool? ResendAmbiguous { get; set; }

    /// <summary>Most questions that may fail.</summary>
    public FailureLimit? MaximumFailure { get; set; }

    /// <summary>Most seconds that all questions together may wait because of 429.</summary>
    public double? MaximumThrottleSeconds { get; set; }

    /// <summary>Time that questions in flight have when the test ends early.</summary>
    public TimeSpan? StopGrace { get; set; }

    /// <summary>Whether the test goes on although the service refuses for good.</summary>
    public bool? SkipStopRule { get; set; }

    /// <summary>Time after the start before which <c>-AbortOnFail</c> does not look.</summary>
    public TimeSpan? AbortDelay { get; set; }

    /// <summary>What is set, in one line.</summary>
    public override string ToString()
    {
        string[] set = [.. GivenParameters.Of(this).Select(pair => FormattableString.Invariant($"{pair.Key} {pair.Value}"))];
        return set.Length == 0 ? "nothing set" : string.Join(", ", set);
    }
}
