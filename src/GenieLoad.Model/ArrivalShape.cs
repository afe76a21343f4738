namespace GenieLoad.Model;

/// <summary>How the arrivals of a load test lie in time.</summary>
public static class ArrivalShape
{
    /// <summary>Spread evenly over the duration.</summary>
    public const string Even = nameof(Even);

    /// <summary>All at the first instant.</summary>
    public const string Immediate = nameof(Immediate);

    /// <summary>One after the other at one rate.</summary>
    public const string ConstantRate = nameof(ConstantRate);

    /// <summary>At random and independent of each other, at one mean rate: what many people who do not know of each other make.</summary>
    public const string Poisson = nameof(Poisson);

    /// <summary>At random with a chosen burstiness, at one mean rate.</summary>
    public const string Gamma = nameof(Gamma);

    /// <summary>At a rate that changes steadily from one to another.</summary>
    public const string Ramp = nameof(Ramp);

    /// <summary>At one rate after the other, each for a time.</summary>
    public const string Stages = nameof(Stages);

    /// <summary>At recorded instants, read from a file.</summary>
    public const string Replay = nameof(Replay);

    /// <summary>No arrivals from outside: a fixed number of users, each asking again when it has its answer and has thought.</summary>
    public const string Closed = nameof(Closed);

    /// <summary>All shapes, the default first.</summary>
    public static IReadOnlyList<string> All { get; } = [Even, Immediate, ConstantRate, Poisson, Gamma, Ramp, Stages, Replay, Closed];
}
