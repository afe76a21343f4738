namespace GenieLoad.Model;

/// <summary>
/// What is known of a workspace's limit of questions. Its bounds hold for certain, given that the limit is of the kind named and nobody
/// else asked meanwhile; they are no confidence interval.
/// </summary>
public sealed record RateLimit
{
    /// <summary>What kind of limit explains what was accepted and refused, one of <see cref="LimiterKind"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>The limit in questions a minute: the middle of its bounds; <see langword="null"/> where there are none.</summary>
    public double? QuestionsPerMinute => LowerPerMinute is double low && UpperPerMinute is double high ? (low + high) / 2 : null;

    /// <summary>The limit is not below so many questions a minute; <see langword="null"/> where nothing explains what was seen.</summary>
    public double? LowerPerMinute { get; init; }

    /// <summary>
    /// The limit is not above so many questions a minute; <see langword="null"/> where nothing was refused, or nothing explains it.
    /// </summary>
    public double? UpperPerMinute { get; init; }

    /// <summary>
    /// Questions accepted at once after a rest: the burst of a bucket, or all that fit into a window; <see langword="null"/> where it is
    /// not known to the question.
    /// </summary>
    public int? Burst { get; init; }

    /// <summary>Seconds of the window, the middle of its bounds; <see langword="null"/> for a bucket, or where it is not known.</summary>
    public double? WindowSeconds { get; init; }

    /// <summary>Whether refused questions count as well; <see langword="null"/> where it is not known, or makes no difference.</summary>
    public bool? RejectionsCount { get; init; }

    /// <summary>What <c>Retry-After</c> is worth, one of <see cref="RetryAfterWorth"/>.</summary>
    public required string RetryAfter { get; init; }

    /// <summary>Shortest wait that <c>Retry-After</c> asked for, in seconds.</summary>
    public double? ShortestRetryAfterSeconds { get; init; }

    /// <summary>Longest wait that <c>Retry-After</c> asked for, in seconds.</summary>
    public double? LongestRetryAfterSeconds { get; init; }

    /// <summary>Questions accepted, which the service counts and bills.</summary>
    public required int QuestionsSpent { get; init; }

    /// <summary>Questions refused with 429, which cost nothing.</summary>
    public required int RefusedCount { get; init; }

    /// <summary>Seconds from the first question to the last answer.</summary>
    public required double DurationSeconds { get; init; }

    /// <summary>A pace in questions a minute that the limit accepts, evenly spread; <see langword="null"/> where none is known.</summary>
    public double? Advice { get; init; }

    /// <summary>
    /// To whom the limit belongs, as far as other connections showed: <c>User</c>, <c>Space</c>, <c>Workspace</c>, or what they had in
    /// common; <see langword="null"/> where none was tried.
    /// </summary>
    public string? BelongsTo { get; init; }

    /// <summary>The run whose questions were looked at; <see langword="null"/> where questions were asked for it.</summary>
    public string? RunId { get; init; }

    /// <summary>What it rests on, and what is missing, in words.</summary>
    public required string Reason { get; init; }

    /// <summary>Every question that was sent, and what became of it.</summary>
    public required RowList<RateLimitObservation> Observations { get; init; }

    /// <summary>The limit in one line.</summary>
    public override string ToString() => QuestionsPerMinute is null
        ? $"{Kind}: {Reason}"
        : FormattableString.Invariant($"{LowerPerMinute:0.##} to {UpperPerMinute:0.##} questions a minute ({Kind})");
}
