using GenieLoad.Engine.Randomness;

namespace GenieLoad.Engine.Genie;

/// <summary>
/// What the calls of one question cost: attempts, retries and sleeps, each timed. Also carries what the calls need to know of the
/// question: its deadline and its random numbers. Used by one question's walk, one call at a time.
/// </summary>
/// <param name="random">Random numbers of this question.</param>
public sealed class CallLedger(SeededRandom random)
{
    private readonly List<Sleep> _sleeps = [];

    /// <summary>Random numbers of this question.</summary>
    public SeededRandom Random { get; } = random;

    /// <summary>Who is asking, for the log: <c>Question 7</c>.</summary>
    public string Caller { get; init; } = "GenieLoad";

    /// <summary>Monotonic timestamp after which nothing is tried again; <see langword="null"/> for none.</summary>
    public long? Deadline { get; set; }

    /// <summary>Limit of questions per time that a repeated question keeps to as well; <see langword="null"/> for none.</summary>
    public QuestionPacer? Pacer { get; init; }

    /// <summary>Cancelled when no question is to be sent any more: one that was refused is then not tried again. Other calls go on.</summary>
    public CancellationToken NoMore { get; init; }

    /// <summary>Whether a question is on its way of which nobody knows yet whether it was accepted.</summary>
    public bool QuestionUnderway { get; private set; }

    /// <summary>
    /// Monotonic timestamp at which the very first attempt began: its send, or the fetching of the token that it has to show.
    /// </summary>
    public long? FirstSentAt { get; private set; }

    /// <summary>Times a question was sent.</summary>
    public int QuestionAttempts { get; private set; }

    /// <summary>Calls repeated because of 429.</summary>
    public int ThrottleRetries { get; private set; }

    /// <summary>Calls repeated because of faults.</summary>
    public int FaultRetries { get; private set; }

    /// <summary>The service's id of the last failed request.</summary>
    public string? LastRequestId { get; private set; }

    /// <summary>Every sleep before a retry, in order.</summary>
    public IReadOnlyList<Sleep> Sleeps => _sleeps;

    /// <summary>Called when a sleep for a 429 begins (<see langword="true"/>) and ends (<see langword="false"/>).</summary>
    public Action<bool>? ThrottleChanged { get; init; }

    internal void Beginning(long timestamp) => FirstSentAt ??= timestamp;

    internal void Sending(ApiCall call)
    {
        if (!call.AsksQuestion)
            return;
        QuestionAttempts++;
        QuestionUnderway = true;
    }

    /// <summary>An attempt came to its end, whatever it was.</summary>
    internal void Ended() => QuestionUnderway = false;

    internal void Failed(ApiFailure failure) => LastRequestId = failure.RequestId ?? LastRequestId;

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
