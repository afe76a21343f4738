using GenieLoad.Model;

namespace GenieLoad.Engine.Http;

/// <summary>What the calls of one question cost: attempts, retries and sleeps, each timed.</summary>
public sealed class CallRecord
{
    // Most questions are sent once and never sleep.
    private readonly List<Submission> _sent = new(1);
    private List<Sleep>? _sleeps;
    private PackedTimestamp _firstSentAt;

    /// <summary>Whether a submission is on its way of which nobody knows yet whether it was accepted.</summary>
    public bool IsUnderway { get; private set; }

    /// <summary>
    /// Monotonic timestamp at which the very first attempt began: its send, or the fetching of the token that it has to show.
    /// </summary>
    public long? FirstSentAt { get => _firstSentAt; private set => _firstSentAt = value; }

    /// <summary>Times a submission was sent.</summary>
    public int Submissions => _sent.Count;

    /// <summary>Every sending of a submission, in order.</summary>
    public IReadOnlyList<Submission> Sent => _sent;

    /// <summary>Calls repeated because of 429.</summary>
    public int ThrottleRetries { get; private set; }

    /// <summary>Calls repeated because of faults.</summary>
    public int FaultRetries { get; private set; }

    /// <summary>The service's id of the last failed request.</summary>
    public string? LastRequestId { get; private set; }

    /// <summary>Every sleep before a retry, in order.</summary>
    public IReadOnlyList<Sleep> Sleeps => _sleeps ?? (IReadOnlyList<Sleep>)[];

    internal void Beginning(long timestamp) => FirstSentAt ??= timestamp;

    internal void Sending(HttpCall call, long timestamp)
    {
        if (!call.IsSubmission)
            return;
        _sent.Add(new Submission(timestamp, null, null, null));
        IsUnderway = true;
    }

    /// <summary>The head of an answer came.</summary>
    internal void Answered(HttpCall call, long timestamp, int status, double? retryAfterSeconds)
    {
        if (call.IsSubmission)
            _sent[^1] = _sent[^1] with { AnsweredAt = timestamp, HttpStatus = status, RetryAfterSeconds = retryAfterSeconds };
    }

    /// <summary>
    /// An attempt came to its end. As long as nobody knows whether a submission was accepted, it is under way, whatever other calls say.
    /// </summary>
    /// <param name="call">What was attempted.</param>
    /// <param name="failure">Why it failed; <see langword="null"/> when it did not.</param>
    /// <param name="isOpen">Whether its answer is a stream of which nothing has been read: it says later what became of it.</param>
    internal void Ended(HttpCall call, ApiFailure? failure, bool isOpen = false)
    {
        if (call.IsSubmission && !isOpen && failure is not { FateUnknown: true })
            IsUnderway = false;
        LastRequestId = failure?.RequestId ?? LastRequestId;
    }

    /// <summary>A call that had succeeded brought no good end after all.</summary>
    /// <param name="requestId">The service's id of the request.</param>
    internal void Failed(string? requestId) => LastRequestId = requestId ?? LastRequestId;

    /// <summary>The stream that answers a submission says that the service has it.</summary>
    internal void Acknowledged() => IsUnderway = false;

    internal void Retrying(bool throttled)
    {
        if (throttled)
            ThrottleRetries++;
        else
            FaultRetries++;
    }

    internal void Slept(long from, long to, bool throttled) => (_sleeps ??= []).Add(new Sleep(from, to, throttled));
}

/// <summary>A sending of a submission.</summary>
/// <param name="SentAt">Monotonic timestamp of its begin.</param>
/// <param name="AnsweredAt">Monotonic timestamp at which its answer had come; <see langword="null"/> where none came.</param>
/// <param name="HttpStatus">Status of the answer.</param>
/// <param name="RetryAfterSeconds">Seconds that Retry-After asked for.</param>
public readonly record struct Submission(long SentAt, long? AnsweredAt, int? HttpStatus, double? RetryAfterSeconds);

/// <summary>A sleep before a retry.</summary>
/// <param name="From">Monotonic timestamp of its begin.</param>
/// <param name="To">Monotonic timestamp of its end.</param>
/// <param name="Throttled">Whether it was for a 429; otherwise for a fault.</param>
public readonly record struct Sleep(long From, long To, bool Throttled);
