namespace GenieLoad.Engine.Limits;

/// <summary>How far the search for a limit goes.</summary>
internal sealed record LimitProbeOptions
{
    /// <summary>Most questions that may be accepted.</summary>
    public int MaximumQuestions { get; init; } = 30;

    /// <summary>Longest time, in seconds after the first question.</summary>
    public double MaximumSeconds { get; init; } = 600;

    /// <summary>Whether nothing was asked for so long before that the limiter was at rest.</summary>
    public bool IsRested { get; init; } = true;

    /// <summary>It is over once the rate's interval is as narrow as this share of its middle.</summary>
    public double Width { get; init; } = 0.08;
}

/// <summary>Why a search for a limit is over.</summary>
internal enum LimitProbeEnd
{
    /// <summary>One kind is left, and its rate is known well enough.</summary>
    Found,

    /// <summary>No kind of limiter explains what was seen.</summary>
    Unexplained,

    /// <summary>All questions are spent.</summary>
    Questions,

    /// <summary>The time is over.</summary>
    Duration,
}
