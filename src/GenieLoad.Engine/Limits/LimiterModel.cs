namespace GenieLoad.Engine.Limits;

/// <summary>
/// A way in which a service may limit questions. It says which of its limiters explain every send, with interval arithmetic: a set of
/// limiters is refuted only where no instant between sending and answer and no limiter of the set agrees with what was seen. So the true
/// limiter is never refuted, and what is left encloses it.
/// </summary>
internal abstract class LimiterModel
{
    // Twice the longest of the documented windows, a minute. What refills or forgets more slowly shows no limit in so short a look.
    protected const double LongestPeriod = 120;
    protected const double ShortestPeriod = 0.1;

    /// <summary>Room for what floating point loses.</summary>
    protected const double Hair = 1e-9;

    /// <summary>All models.</summary>
    public static IReadOnlyList<LimiterModel> All { get; } =
        [new TokenBucket(), new SlidingWindow(countsRejections: false), new SlidingWindow(countsRejections: true), new FixedWindow()];

    /// <summary>One of <see cref="Model.LimiterKind"/>.</summary>
    public abstract string Kind { get; }

    /// <summary>Whether refused questions count as well; <see langword="null"/> where it would make no difference.</summary>
    public virtual bool? RejectionsCount => false;

    /// <summary>All its limiters that can explain so many accepted questions.</summary>
    /// <param name="history">What was sent.</param>
    public abstract IEnumerable<LimiterBox> Everything(SendHistory history);

    /// <summary>What of a set explains all sends; <see langword="null"/> for nothing.</summary>
    /// <param name="box">The set.</param>
    /// <param name="history">What was sent.</param>
    public abstract LimiterBox? Narrow(LimiterBox box, SendHistory history);

    /// <summary>The second from which on a limiter in the middle of a set accepts the next question, if nothing is sent before.</summary>
    /// <param name="box">The set, narrowed.</param>
    /// <param name="history">What was sent.</param>
    public abstract double NextAccept(LimiterBox box, SendHistory history);

    /// <summary>Two halves of a set.</summary>
    /// <param name="box">The set.</param>
    /// <param name="history">What was sent.</param>
    public virtual (LimiterBox Lower, LimiterBox Upper) Split(LimiterBox box, SendHistory history) => box.SplitPeriod();

    /// <summary>Questions a minute of a set, least and most.</summary>
    /// <param name="box">The set.</param>
    public abstract (double Low, double High) PerMinute(LimiterBox box);
}
