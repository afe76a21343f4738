namespace GenieLoad.Model;

/// <summary>
/// How many people, or how many questions a minute, a space supports: as it is predicted and, where simulated people tested that, as it was
/// shown.
/// </summary>
public sealed record SpaceCapacity
{
    /// <summary><c>Closed</c>: people who ask, wait, think and ask again. <c>Open</c>: questions that arrive at random.</summary>
    public required string Model { get; init; }

    /// <summary>The service levels that must all be met.</summary>
    public required string Slo { get; init; }

    /// <summary>
    /// Share of questions that may miss the strictest level, 0 to 1: the one that the curve shows and <see cref="MissShare"/> counts.
    /// </summary>
    public double? AllowedMissShare { get; init; }

    /// <summary>The largest number of people who were shown to meet every level; <see langword="null"/> for none.</summary>
    public int? People { get; init; }

    /// <summary>The smallest number of people who were shown to miss a level; <see langword="null"/> for none.</summary>
    public int? PeopleFailed { get; init; }

    /// <summary>
    /// The largest number of people predicted to meet every level; <see langword="null"/> in the open model, or where nothing seen so far
    /// limits it.
    /// </summary>
    public int? PeoplePredicted { get; init; }

    /// <summary>Lower end of the 5 to 95 % interval of <see cref="PeoplePredicted"/>.</summary>
    public int? Lower { get; init; }

    /// <summary>Upper end of it; <see langword="null"/> where nothing seen so far limits it.</summary>
    public int? Upper { get; init; }

    /// <summary>
    /// Questions a minute of <see cref="People"/> as they were sent, or else of <see cref="PeoplePredicted"/> as predicted; in the open
    /// model the largest number that meets every level.
    /// </summary>
    public double? QuestionsPerMinute { get; init; }

    /// <summary>Lower end of the 5 to 95 % interval of <see cref="QuestionsPerMinute"/> in the open model.</summary>
    public double? LowerPerMinute { get; init; }

    /// <summary>Upper end of it.</summary>
    public double? UpperPerMinute { get; init; }

    /// <summary>These questions as a share of the rate limit, 0 to 1; <see langword="null"/> without a limit.</summary>
    public double? ShareOfLimit { get; init; }

    /// <summary>
    /// What prevents more people, one of <see cref="Model.BindingConstraint"/>, as predicted and, where probes failed, as they showed;
    /// <see langword="null"/> for nothing, or in the open model.
    /// </summary>
    public string? BindingConstraint { get; init; }

    /// <summary>Share of questions that miss the strictest level at the predicted number of people, 0 to 1.</summary>
    public double? MissShare { get; init; }

    /// <summary>Median response time at the predicted number of people, in seconds.</summary>
    public double? P50ResponseSeconds { get; init; }

    /// <summary>90th percentile of the response time at the predicted number of people, in seconds.</summary>
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

    /// <summary>How sure a probe's verdict is, in words; <see langword="null"/> without probes.</summary>
    public string? Confidence { get; init; }

    /// <summary>Questions that were sent for it, baseline and probes together; 0 for a prediction from a run that was there.</summary>
    public int QuestionsSpent { get; init; }

    /// <summary>Seconds that baseline and probes took; 0 likewise.</summary>
    public double DurationSeconds { get; init; }

    /// <summary>What it assumes, and why the search ended, in words.</summary>
    public required string Reason { get; init; }

    /// <summary>Predicted misses over the number of people; empty in the open model.</summary>
    public required RowList<CapacityPoint> Curve { get; init; }

    /// <summary>The probes, in the order in which they were made; empty for a prediction.</summary>
    public RowList<CapacityProbe> Probes { get; init; } = new([]);

    /// <summary>The number in one line.</summary>
    public override string ToString() => this switch
    {
        { Probes.Count: > 0 } => $"{Bracket} meet {Slo}",
        { PeoplePredicted: int people } => FormattableString.Invariant(
            $"{people} people ({Lower} to {(Upper is int upper ? upper : "any")}) meet {Slo}"),
        { Model: "Closed" } => $"Any number of people meets {Slo}",
        _ => FormattableString.Invariant($"{QuestionsPerMinute:0.##} questions a minute meet {Slo}"),
    };

    private string Bracket => (People, PeopleFailed) switch
    {
        (int people, int failed) => FormattableString.Invariant($"{people} people, fewer than {failed},"),
        (int people, null) => FormattableString.Invariant($"{people} people or more"),
        (null, int failed) => FormattableString.Invariant($"Fewer than {failed} people"),
        _ => "An unknown number of people",
    };
}
