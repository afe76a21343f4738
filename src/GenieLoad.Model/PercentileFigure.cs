namespace GenieLoad.Model;

/// <summary>One percentile of one time, with how far it can be trusted.</summary>
public sealed record PercentileFigure
{
    /// <summary>
    /// Which time: <c>Response</c>, <c>Duration</c> or <c>Service</c> of the successful questions, or <c>ResponseWithFailures</c>, in which
    /// a question that failed took for ever and one that the end of the run broke off took at least as long as it was waited for.
    /// </summary>
    public required string Measure { get; init; }

    /// <summary>Which percentile, above 0 and below 100.</summary>
    public required double Percentile { get; init; }

    /// <summary>Its value in seconds; infinite where failures reach down to it; <see langword="null"/> without any answer.</summary>
    public double? Seconds { get; init; }

    /// <summary>Lower end of its 95 % interval, in seconds; <see langword="null"/> where there are too few answers for one.</summary>
    public double? LowerSeconds { get; init; }

    /// <summary>
    /// Upper end of its 95 % interval, in seconds, maybe infinite; <see langword="null"/> where there are too few answers.
    /// </summary>
    public double? UpperSeconds { get; init; }

    /// <summary>Number of answers that it was taken from.</summary>
    public required int Count { get; init; }

    /// <summary>Least number of answers that carries it: fewer give no 95 % interval.</summary>
    public required int NeededCount { get; init; }

    /// <summary>Whether there are enough answers for it.</summary>
    public bool IsSupported => Count >= NeededCount;

    /// <summary>Whether all that is known is that it is <see cref="Seconds"/> or more, because questions were broken off.</summary>
    public bool IsAtLeast { get; init; }

    /// <summary>Such as <c>P50 8.10 s (7.20-9.40)</c> or <c>P99 41.20 s, from 35 answers; 368 needed</c>.</summary>
    public override string ToString()
    {
        string value = Seconds switch
        {
            null => "-",
            double.PositiveInfinity => "never",
            double seconds => FormattableString.Invariant($"{(IsAtLeast ? "over " : "")}{seconds:0.00} s"),
        };
        string basis = IsSupported && LowerSeconds is not null
            ? $" ({Bound(LowerSeconds)}-{Bound(UpperSeconds)})"
            : FormattableString.Invariant($", from {Count} {(Count == 1 ? "answer" : "answers")}; {NeededCount} needed");
        return FormattableString.Invariant($"P{Percentile:0.###} {value}{basis}");
    }

    private static string Bound(double? seconds) =>
        seconds == double.PositiveInfinity ? "never" : FormattableString.Invariant($"{seconds:0.00}");
}
