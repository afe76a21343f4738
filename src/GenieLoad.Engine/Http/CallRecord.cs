namespace GenieLoad.Engine.Http;

/// <summary>What the calls of one question cost: attempts, retries and sleeps, each timed.</summary>
public sealed class CallRecord
{
    private readonly List<Sleep> _sleeps = [];

    /// <summary>Whether a submission is on its way of which nobody knows yet whether it was accepted.</summary>
    public bool IsUnderway { get; private set; }

    /// <summary>
    /// Monotonic timestamp at which the very first attempt began: its send, or the fetching of the token that it has to show.
    /// </summary>
    public long? FirstSentAt { get; private set; }

    /// <summary>Times a submission was sent.</summary>
    public int Submissions { get; private set; }

    /// <summary>Calls repeated because of 429.</summary>
    public int ThrottleRetries { get; private set; }

    /// <summary>Calls repeated because of faults.</summary>
    public int FaultRetries { get; private set; }

    /// <summary>The service's id of the last failed request.</summary>
    public string? LastRequestId { get; private set; }

    /// <summary>Every sleep before a retry, in order.</summary>
    public IReadOnlyList<Sleep> Sleeps => _sleeps;

    internal void Beginning(long timestamp) => FirstSentAt ??= timestamp;

    internal void Sending(HttpCall call)
    {
        if (!call.IsSubmission)
            return;
        Submissions++;
        IsUnderway = true;
    }

    /// <summary>An attempt came to its end. As long as nobody knows whether a submission was accepted, it is under way.</summary>
    internal void Ended(ApiFailure? failure)
    {
        if (failure is not { FateUnknown: true })
            IsUnderway = false;
        LastRequestId = failure?.RequestId ?? LastRequestId;
    }

    internal void Retrying(bool throttled)
    {
        if (throttled)
            ThrottleRetries++;
        else
            FaultRetries++;
    }

    internal void Slept(long from, long to, bool throttled) => _sleeps.Add(new Sleep(from, to, throttled));
}

/// <summary>A sleep before a retry.</summary>
/// <param name="From">Monotonic timestamp of its begin.</param>
/// <param name="To">Monotonic timestamp of its end.</param>
/// <param name="Throttled">Whether it was for a 429; otherwise for a fault.</param>
public readonly record struct Sleep(long From, long To, bool Throttled);
