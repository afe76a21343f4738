namespace GenieLoad.Model;

/// <summary>
/// Figures of one time over the successful questions of a run. Percentiles are exact (type 7). A figure without data is
/// <see langword="null"/>.
/// </summary>
public sealed record LatencyFigures
{
    /// <summary>Which time: <c>Response</c>, <c>Duration</c>, <c>Service</c>, or the name of a part of it.</summary>
    public required string Measure { get; init; }

    /// <summary>Number of values.</summary>
    public required int Count { get; init; }

    /// <summary>Least, in seconds.</summary>
    public double? MinimumSeconds { get; init; }

    /// <summary>Arithmetic mean, in seconds.</summary>
    public double? MeanSeconds { get; init; }

    /// <summary>Sample standard deviation, in seconds; from two values on.</summary>
    public double? StandardDeviationSeconds { get; init; }

    /// <summary>Median, in seconds.</summary>
    public double? P50Seconds { get; init; }

    /// <summary>75th percentile, in seconds.</summary>
    public double? P75Seconds { get; init; }

    /// <summary>90th percentile, in seconds.</summary>
    public double? P90Seconds { get; init; }

    /// <summary>95th percentile, in seconds.</summary>
    public double? P95Seconds { get; init; }

    /// <summary>99th percentile, in seconds.</summary>
    public double? P99Seconds { get; init; }

    /// <summary>Greatest, in seconds.</summary>
    public double? MaximumSeconds { get; init; }

    /// <summary>
    /// Of a phase: share of the answers in which a poll saw it, in percent; those in which none did are in all figures, as an estimate.
    /// </summary>
    public double? SeenPercent { get; init; }

    /// <summary>Of a phase: least that its mean can have been, in seconds.</summary>
    public double? LowerMeanSeconds { get; init; }

    /// <summary>Of a phase: most that its mean can have been, in seconds.</summary>
    public double? UpperMeanSeconds { get; init; }

    /// <summary>
    /// What kind of time it is, one of <see cref="MeasureKind"/>; <see langword="null"/> in files of versions without kinds.
    /// </summary>
    public string? Kind { get; init; }

    /// <summary>Measure, count and median in one line.</summary>
    public override string ToString() => Count == 0
        ? $"{Measure}: none"
        : FormattableString.Invariant($"{Measure}: median {P50Seconds:0.00} s of {Count}");
}
