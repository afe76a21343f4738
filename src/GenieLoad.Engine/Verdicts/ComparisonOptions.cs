namespace GenieLoad.Engine.Verdicts;

/// <summary>How two runs are compared.</summary>
public sealed record ComparisonOptions
{
    /// <summary>Changes of a time up to this share of the reference value count as none, in percent, 0 to 100. Default 5.</summary>
    public double TolerancePercent { get; init; } = 5;

    /// <summary>Changes of a rate up to this many percentage points count as none, 0 to 100. Default 1.</summary>
    public double TolerancePoints { get; init; } = 1;

    /// <summary>Seed of the resamples: the same seed gives the same comparison. Default 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Most resamples; large runs get fewer, at least 500. Default 10,000.</summary>
    public int MaximumResampleCount { get; init; } = 10_000;
}
