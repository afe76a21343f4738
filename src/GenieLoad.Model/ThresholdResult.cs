namespace GenieLoad.Model;

/// <summary>What a run says about one threshold: the figure with its 95 % interval, and the verdict on the interval.</summary>
public sealed class ThresholdResult
{
    /// <summary>One of <see cref="Model.Verdict"/>.</summary>
    public required string Verdict { get; init; }

    /// <summary>The threshold as it was written, such as <c>P95ResponseSeconds &lt; 30</c>.</summary>
    public required string Threshold { get; init; }

    /// <summary>Name of the figure.</summary>
    public required string Figure { get; init; }

    /// <summary>The part of the run that was looked at, such as <c>question=q7</c>; <see langword="null"/> for the whole run.</summary>
    public string? Slice { get; init; }

    /// <summary><c>&lt;</c>, <c>&lt;=</c>, <c>&gt;</c> or <c>&gt;=</c>.</summary>
    public required string Operator { get; init; }

    /// <summary>What the figure is held against, in <see cref="Unit"/>.</summary>
    public required double Limit { get; init; }

    /// <summary>The figure; <see langword="null"/> without any answer to take it from.</summary>
    public double? Value { get; init; }

    /// <summary>Lower end of its 95 % interval; <see langword="null"/> where there are too few answers for one.</summary>
    public double? Lower { get; init; }

    /// <summary>Upper end of its 95 % interval; <see langword="null"/> where there are too few answers for one.</summary>
    public double? Upper { get; init; }

    /// <summary><c>s</c>, <c>%</c>, <c>/s</c>, or empty for a number.</summary>
    public string Unit { get; init; } = "";

    /// <summary>Answers, or questions for a rate, that the figure was taken from.</summary>
    public required int Count { get; init; }

    /// <summary>
    /// About how many more would decide it, if they are like those so far; <see langword="null"/> when decided or not foreseeable.
    /// </summary>
    public int? AdditionalCount { get; init; }

    /// <summary>About how many seconds these take at the rate of this run.</summary>
    public double? AdditionalSeconds { get; init; }

    /// <summary>The verdict's reason in one line.</summary>
    public required string Reason { get; init; }

    /// <summary>The run.</summary>
    public required string RunId { get; init; }

    /// <summary>Verdict, threshold and reason in one line.</summary>
    public override string ToString() => $"{Verdict}: {Threshold} ({Reason})";
}
