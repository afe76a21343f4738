namespace GenieLoad.Model;

/// <summary>Whether a plan has as many answers as a percentile needs.</summary>
public sealed class PlannedPercentile
{
    /// <summary>The percentile, above 0 and below 100.</summary>
    public required double Percentile { get; init; }

    /// <summary>Least number of answers that carries it: fewer give no 95 % interval.</summary>
    public required int NeededCount { get; init; }

    /// <summary>Answers that the plan gives if every question is answered; those that only warm up do not count.</summary>
    public required int PlannedCount { get; init; }

    /// <summary>Whether the plan has enough of them.</summary>
    public bool IsSupported => PlannedCount >= NeededCount;

    /// <summary>Seconds that the rate limit takes to let that many questions through.</summary>
    public required double LeastSeconds { get; init; }

    /// <summary>Such as <c>P95: 35 of 72 answers</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"P{Percentile:0.###}: {PlannedCount} of {NeededCount} answers");
}
