namespace GenieLoad.Model;

/// <summary>One percentile of response time in two runs.</summary>
public sealed class PercentilePair
{
    /// <summary>Which percentile, above 0 and below 100.</summary>
    public required double Percentile { get; init; }

    /// <summary>Its value in the reference run, in seconds.</summary>
    public double? ReferenceSeconds { get; init; }

    /// <summary>Lower end of its 95 % interval; <see langword="null"/> where there are too few answers for one.</summary>
    public double? ReferenceLower { get; init; }

    /// <summary>Upper end of its 95 % interval; <see langword="null"/> where there are too few answers for one.</summary>
    public double? ReferenceUpper { get; init; }

    /// <summary>Its value in the difference run, in seconds.</summary>
    public double? DifferenceSeconds { get; init; }

    /// <summary>Lower end of its 95 % interval; <see langword="null"/> where there are too few answers for one.</summary>
    public double? DifferenceLower { get; init; }

    /// <summary>Upper end of its 95 % interval; <see langword="null"/> where there are too few answers for one.</summary>
    public double? DifferenceUpper { get; init; }

    /// <summary>Both values in one line.</summary>
    public override string ToString() =>
        FormattableString.Invariant($"P{Percentile:0.#} {ReferenceSeconds:0.00} -> {DifferenceSeconds:0.00} s");
}
