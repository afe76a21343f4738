namespace GenieLoad.Model;

/// <summary>An evaluation of a space's benchmarks by the service itself: which questions Genie answered right.</summary>
public sealed record Evaluation
{
    /// <summary>Id of the evaluation.</summary>
    public required string EvaluationId { get; init; }

    /// <summary>Workspace.</summary>
    public required string WorkspaceUrl { get; init; }

    /// <summary>Space.</summary>
    public required string SpaceId { get; init; }

    /// <summary>
    /// When it was made in a load test, one of <see cref="EvaluationTime"/>; <see langword="null"/> for one outside of any.
    /// </summary>
    public string? When { get; init; }

    /// <summary>One of <see cref="EvaluationStatus"/>, or what else the service says.</summary>
    public required string Status { get; init; }

    /// <summary>Benchmarks in it.</summary>
    public required int QuestionCount { get; init; }

    /// <summary>Benchmarks answered right.</summary>
    public required int GoodCount { get; init; }

    /// <summary>Benchmarks answered wrong.</summary>
    public required int BadCount { get; init; }

    /// <summary>Benchmarks that only a person can judge; they are in no accuracy.</summary>
    public required int NeedsReviewCount { get; init; }

    /// <summary>Benchmarks without a verdict: it ended, or was left, before.</summary>
    public int OpenCount => Math.Max(0, QuestionCount - GoodCount - BadCount - NeedsReviewCount);

    /// <summary>Right answers among right and wrong ones, in percent; <see langword="null"/> without any.</summary>
    public double? AccuracyPercent => GoodCount + BadCount == 0 ? null : 100.0 * GoodCount / (GoodCount + BadCount);

    /// <summary>
    /// Lower end of its 95 % interval, in percent, as if the benchmarks were drawn from all questions of their kind;
    /// <see langword="null"/> without any verdict.
    /// </summary>
    public double? AccuracyLower { get; init; }

    /// <summary>Upper end of its 95 % interval, in percent; <see langword="null"/> without any verdict.</summary>
    public double? AccuracyUpper { get; init; }

    /// <summary>Its start, local time.</summary>
    public required DateTime StartedAt { get; init => field = LocalTime.Of(value); }

    /// <summary>Its end, local time; <see langword="null"/> while it runs.</summary>
    public DateTime? EndedAt { get; init => field = LocalTime.Of(value); }

    /// <summary>Seconds from start to end; <see langword="null"/> while it runs.</summary>
    public double? DurationSeconds { get; init; }

    /// <summary>
    /// Of one that was made during a load test, the share of its time in which the load went on, in percent; else <see langword="null"/>.
    /// </summary>
    public double? UnderLoadPercent { get; init; }

    /// <summary>What is missing and why, in words; <see langword="null"/> for nothing.</summary>
    public string? Reason { get; init; }

    /// <summary>What it says of each benchmark, as far as it was read.</summary>
    public RowList<EvaluationResult> Results { get; init; } = new([]);

    /// <summary>Status and counts in one line.</summary>
    public override string ToString() =>
        FormattableString.Invariant($"{(When is null ? "" : When + ": ")}{GoodCount} of {GoodCount + BadCount} right, {Status}");
}
