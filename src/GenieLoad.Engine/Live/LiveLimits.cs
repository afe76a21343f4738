namespace GenieLoad.Engine.Live;

/// <summary>What the dashboard costs at most, and what it puts up with.</summary>
internal sealed record LiveLimits
{
    /// <summary>Least time between two looks at the run.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How many times as long as drawing the page took the next drawing waits at least: 5 % of one processor.</summary>
    public double Rest { get; init; } = 20;

    /// <summary>Pages that may be connected at a time.</summary>
    public int Streams { get; init; } = 16;

    /// <summary>Connections that may be open at a time.</summary>
    public int Connections { get; init; } = 64;

    /// <summary>Time in which a request must have come, and a piece of an answer must have been taken.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Time after which a page that has nothing new is asked whether it is still there.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Longest time from the end of a test until the pages that are open have its report.</summary>
    public TimeSpan Farewell { get; init; } = TimeSpan.FromSeconds(3);
}
