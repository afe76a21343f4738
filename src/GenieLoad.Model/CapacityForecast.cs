namespace GenieLoad.Model;

/// <summary>How many people, or how many questions a minute, a space is predicted to support. Nothing was asked for it.</summary>
public sealed record CapacityForecast
{
    /// <summary><c>Closed</c>: people who ask, wait, think and ask again. <c>Open</c>: questions that arrive at random.</summary>
    public required string Model { get; init; }

    /// <summary>The service levels that must all be met.</summary>
    public required string Slo { get; init; }

    /// <summary>
    /// The largest number of people who meet every level; <see langword="null"/> in the open model, or where nothing seen so far limits it.
    /// </summary>
    public int? PeoplePredicted { get; init; }

    /// <summary>Lower end of the 5 to 95 % interval of <see cref="PeoplePredicted"/>.</summary>
    public int? Lower { get; init; }

    /// <summary>Upper end of it; <see langword="null"/> where nothing seen so far limits it.</summary>
    public int? Upper { get; init; }

    /// <summary>Questions a minute at that number of people; in the open model the largest number that meets every level.</summary>
    public double? QuestionsPerMinute { get; init; }

    /// <summary>Lower end of the 5 to 95 % interval of <see cref="QuestionsPerMinute"/> in the open model.</summary>
    public double? LowerPerMinute { get; init; }

    /// <summary>Upper end of it.</summary>
    public double? UpperPerMinute { get; init; }

    /// <summary>These questions as a share of the rate limit, 0 to 1; <see langword="null"/> without a limit.</summary>
    public double? ShareOfLimit { get; init; }

    /// <summary>
    /// What prevents one person more, one of <see cref="Model.BindingConstraint"/>; <see langword="null"/> for nothing, or in the open
    /// model.
    /// </summary>
    public string? BindingConstraint { get; init; }

    /// <summary>Share of questions that miss the strictest level at that number of people, 0 to 1.</summary>
    public double? MissShare { get; init; }

    /// <summary>Median response time at that number of people, in seconds.</summary>
    public double? P50ResponseSeconds { get; init; }

    /// <summary>90th percentile of the response time at that number of people, in seconds.</summary>
    public double? P90ResponseSeconds { get; init; }

    /// <summary>Mean think time in seconds; <see langword="null"/> in the open model.</summary>
    public double? ThinkTimeSeconds { get; init; }

    /// <summary>Rate limit that it assumes, in questions a minute; <see langword="null"/> for none.</summary>
    public double? LimitPerMinute { get; init; }

    /// <summary>Burst that it assumes.</summary>
    public int? LimitBurst { get; init; }

    /// <summary>Service times that it is based on.</summary>
    public required int AnswerCount { get; init; }

    /// <summary>The run that they come from.</summary>
    public required string RunId { get; init; }

    /// <summary>What it assumes, in words.</summary>
    public required string Reason { get; init; }

    /// <summary>Predicted misses over the number of people; empty in the open model.</summary>
    public required RowList<CapacityPoint> Curve { get; init; }

    /// <summary>The number in one line.</summary>
    public override string ToString() => PeoplePredicted is int people
        ? FormattableString.Invariant($"{people} people ({Lower} to {(Upper is int upper ? upper : "any")}) meet {Slo}")
        : FormattableString.Invariant($"{QuestionsPerMinute:0.##} questions a minute meet {Slo}");
}
