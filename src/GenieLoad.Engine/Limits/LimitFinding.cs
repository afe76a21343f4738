using GenieLoad.Model;

namespace GenieLoad.Engine.Limits;

/// <summary>
/// What sends say of a limit. Bounds hold for certain, given that the limit is of one of the kinds and nobody else asked.
/// </summary>
internal sealed record LimitFinding
{
    /// <summary>Spread of a period up to which sets are halved: little against what sends leave open, some percent.</summary>
    public const double Finest = 0.002;

    /// <summary>One of <see cref="LimiterKind"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>The kinds that explain everything.</summary>
    public IReadOnlyList<string> Explaining { get; init; } = [];

    /// <summary>Fewest questions a minute; <see langword="null"/> where nothing explains what was seen.</summary>
    public double? LowerPerMinute { get; init; }

    /// <summary>Most questions a minute; <see langword="null"/> where nothing explains what was seen, or nothing was refused.</summary>
    public double? UpperPerMinute { get; init; }

    /// <summary>Fewest questions accepted at once after a rest.</summary>
    public int? LowerBurst { get; init; }

    /// <summary>Most questions accepted at once after a rest; <see langword="null"/> for unknown.</summary>
    public int? UpperBurst { get; init; }

    /// <summary>Length of the window, shortest.</summary>
    public double? LowerWindowSeconds { get; init; }

    /// <summary>Length of the window, longest.</summary>
    public double? UpperWindowSeconds { get; init; }

    /// <summary>Whether refused questions count; <see langword="null"/> where it is not known, or makes no difference.</summary>
    public bool? RejectionsCount { get; init; }

    /// <summary>How wide the interval of the rate is, as a share of its middle.</summary>
    public double? Width => LowerPerMinute is double low && UpperPerMinute is double high ? 2 * (high - low) / (high + low) : null;

    /// <summary>Whether it holds only if nothing was asked in the two minutes before, which nobody saw to.</summary>
    public bool AssumesRest { get; init; }

    /// <summary>
    /// What the sends of a run say. Where the limiter was not at rest before, any pattern at the beginning can be explained by what others
    /// had asked; so that comes second, where no limiter at rest explains it.
    /// </summary>
    /// <param name="sends">The sends, at least one.</param>
    public static LimitFinding Of(IReadOnlyList<LimitSend> sends)
    {
        LimitFinding rested = Of(sends, isRested: true);
        return rested.Explaining.Count > 0 || rested.Kind == LimiterKind.None
            ? rested with { AssumesRest = true }
            : Of(sends, isRested: false);
    }

    /// <summary>What sends say.</summary>
    /// <param name="sends">The sends, at least one.</param>
    /// <param name="isRested">Whether nothing was asked for so long before that the limiter was at rest.</param>
    public static LimitFinding Of(IReadOnlyList<LimitSend> sends, bool isRested)
    {
        var history = new SendHistory(sends, isRested);
        if (history.Refusals.Length == 0)
            return new LimitFinding { Kind = LimiterKind.None, LowerBurst = history.AcceptSent.Length };
        var search = new LimitSearch();
        search.Narrow(history);
        search.Refine(history, Finest);
        return Of(search);
    }

    /// <summary>What is left by a search among sends of which at least one was refused.</summary>
    public static LimitFinding Of(LimitSearch search)
    {
        (LimiterModel Model, LimiterBox Set)[] left =
            [.. search.Left.SelectMany(model => model.Value.Select(set => (model.Key, set)))];
        if (left.Length == 0)
            return new LimitFinding { Kind = LimiterKind.Unknown };
        string[] kinds = [.. left.Select(one => one.Model.Kind).Distinct()];
        bool?[] counting = [.. left.Select(one => one.Model.RejectionsCount).Distinct()];
        bool hasWindow = kinds.Length == 1 && kinds[0] != LimiterKind.TokenBucket;
        int most = left.Max(one => one.Set.CountHigh);
        // A window without an upper bound of its questions has none of its rate.
        bool isUnbounded = left.Any(one => one.Set.CountHigh == int.MaxValue && one.Model.Kind != LimiterKind.TokenBucket);
        return new LimitFinding
        {
            Kind = kinds.Length == 1 ? kinds[0] : LimiterKind.Unknown,
            Explaining = kinds,
            LowerPerMinute = left.Min(one => one.Model.PerMinute(one.Set).Low),
            UpperPerMinute = isUnbounded ? null : left.Max(one => one.Model.PerMinute(one.Set).High),
            LowerBurst = left.Min(one => one.Set.CountLow),
            UpperBurst = most == int.MaxValue ? null : most,
            LowerWindowSeconds = hasWindow ? left.Min(one => one.Set.PeriodLow) : null,
            UpperWindowSeconds = hasWindow ? left.Max(one => one.Set.PeriodHigh) : null,
            RejectionsCount = counting.Length == 1 ? counting[0] : null,
        };
    }
}
