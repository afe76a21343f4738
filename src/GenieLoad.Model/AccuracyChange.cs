namespace GenieLoad.Model;

/// <summary>
/// Two evaluations of a load test beside each other, over the benchmarks that both judged right or wrong, compared pair by pair (McNemar).
/// </summary>
public sealed class AccuracyChange
{
    /// <summary>The earlier one, one of <see cref="EvaluationTime"/>.</summary>
    public required string From { get; init; }

    /// <summary>The later one, one of <see cref="EvaluationTime"/>.</summary>
    public required string To { get; init; }

    /// <summary>One of <see cref="AccuracyVerdict"/>.</summary>
    public required string Verdict { get; init; }

    /// <summary>Benchmarks that both judged right or wrong.</summary>
    public required int PairCount { get; init; }

    /// <summary>Of these, right in the earlier one, in percent.</summary>
    public double? FromPercent { get; init; }

    /// <summary>Of these, right in the later one, in percent.</summary>
    public double? ToPercent { get; init; }

    /// <summary>Of these, right in the earlier one and wrong in the later one.</summary>
    public required int LostCount { get; init; }

    /// <summary>Of these, wrong in the earlier one and right in the later one.</summary>
    public required int GainedCount { get; init; }

    /// <summary>The change in percentage points, negative where accuracy fell; <see langword="null"/> without pairs.</summary>
    public double? ChangePoints { get; init; }

    /// <summary>Lower end of its 95 % interval (Bonett and Price).</summary>
    public double? ChangeLower { get; init; }

    /// <summary>Upper end of its 95 % interval.</summary>
    public double? ChangeUpper { get; init; }

    /// <summary>How likely as uneven a change is where nothing differs, exact and two-sided; <see langword="null"/> for too few.</summary>
    public double? PValue { get; init; }

    /// <summary>What it says, in words.</summary>
    public required string Text { get; init; }

    /// <summary>What it says.</summary>
    public override string ToString() => Text;
}
