namespace GenieLoad.Model;

/// <summary>One part of the answers of a run whose statements are known, and how it grew with the load.</summary>
public sealed class RunPart
{
    /// <summary>Which part, one of <see cref="AnswerPart"/>.</summary>
    public required string Part { get; init; }

    /// <summary>Answers that it is known of.</summary>
    public int Count { get; init; }

    /// <summary>Mean seconds of it.</summary>
    public double MeanSeconds { get; init; }

    /// <summary>Answers of which it is the largest part.</summary>
    public int LargestCount { get; init; }

    /// <summary>
    /// Mean seconds in the fifth of the answers that were asked while the fewest questions were in flight; <see langword="null"/> where
    /// fewer than 20 answers are known, or as many were in flight for all.
    /// </summary>
    public double? QuietSeconds { get; init; }

    /// <summary>Mean seconds in the fifth of the answers that were asked while the most questions were in flight.</summary>
    public double? BusySeconds { get; init; }

    /// <summary><see cref="BusySeconds"/> less <see cref="QuietSeconds"/>.</summary>
    public double? GrowthSeconds { get; init; }

    /// <summary>Lower end of the interval of the growth: 95 % for all parts together (Bonferroni).</summary>
    public double? GrowthLowerSeconds { get; init; }

    /// <summary>Upper end of that interval.</summary>
    public double? GrowthUpperSeconds { get; init; }

    /// <summary>Part and mean in one line.</summary>
    public override string ToString() => FormattableString.Invariant($"{Part} {MeanSeconds:0.000} s");
}
