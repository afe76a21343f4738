using GenieLoad.Engine.Randomness;
using GenieLoad.Model;

namespace GenieLoad.Engine.Http;

/// <summary>What the calls of one question, or of one other purpose, keep to, and the record of what they cost. Used by one call at a
/// time.</summary>
/// <param name="random">Random numbers of its waits.</param>
public sealed class CallPolicy(SeededRandom random)
{
    private readonly string? _caller;
    private PackedTimestamp _deadline;

    /// <summary>Random numbers of its waits.</summary>
    public SeededRandom Random { get; } = random;

    /// <summary>Who is asking, for the log; <c>Question 7</c> for a question whose index is given.</summary>
    public string Caller { get => _caller ?? (Question is int index ? $"Question {index}" : "GenieLoad"); init => _caller = value; }

    /// <summary>Index of the question that is asking, of which many are in flight at once: its name is made when it is wanted.</summary>
    public int? Question { get; init; }

    /// <summary>
    /// Whether somebody waits for this call alone, so that its retries are warnings and no silence: nobody is told that a service does not
    /// answer only once all tries are used up.
    /// </summary>
    public bool IsWaitedFor { get; init; }

    /// <summary>Monotonic timestamp after which nothing is tried again; <see langword="null"/> for none.</summary>
    public long? Deadline { get => _deadline; set => _deadline = value; }

    /// <summary>
    /// Gives a submission that is sent again its turn: from the timestamp at which it is due and the latest that is of use, the one at
    /// which it may be sent. <see langword="null"/> where it need not take turns.
    /// </summary>
    public Func<long, long, long>? Turn { get; init; }

    /// <summary>Cancelled when nothing is to be submitted any more: what was refused is then not tried again. Other calls go on.</summary>
    public CancellationToken NoMore { get; init; }

    /// <summary>Called when a wait for a 429 begins (<see langword="true"/>) and ends (<see langword="false"/>).</summary>
    public Action<bool>? ThrottleChanged { get; init; }

    /// <summary>What the calls have cost so far.</summary>
    public CallRecord Record { get; } = new();
}
