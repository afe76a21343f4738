namespace GenieLoad.Model;

/// <summary>The share of misses that a forecast predicts for a number of people.</summary>
public sealed record CapacityPoint
{
    /// <summary>How many people.</summary>
    public required int People { get; init; }

    /// <summary>Share of questions that miss the strictest level, 0 to 1.</summary>
    public required double MissShare { get; init; }

    /// <summary>Lower end of the 5 to 95 % band.</summary>
    public required double Lower { get; init; }

    /// <summary>Upper end of the 5 to 95 % band.</summary>
    public required double Upper { get; init; }

    /// <summary>People and misses in one line.</summary>
    public override string ToString() => FormattableString.Invariant($"{People} people: {100 * MissShare:0.#} % miss");
}
