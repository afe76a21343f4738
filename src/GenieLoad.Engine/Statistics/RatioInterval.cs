namespace GenieLoad.Engine.Statistics;

/// <summary>
/// A ratio of two sums, such as a mean, with its interval. What belongs together, such as the turns of a conversation, counts as one
/// observation, and the ratio is taken as the mean of its linearised values (Cochran, "Sampling Techniques", 3rd edition, 6.4).
/// </summary>
/// <param name="Value">The ratio; <see langword="null"/> when the denominators sum to 0.</param>
/// <param name="Lower">Lower end; <see langword="null"/> with fewer than <see cref="LeastGroups"/> groups.</param>
/// <param name="Upper">Upper end; <see langword="null"/> with fewer groups, or where a few values carry so much that there is none.</param>
/// <param name="Groups">Number of independent observations.</param>
internal sealed record RatioInterval(double? Value, double? Lower, double? Upper, int Groups)
{
    /// <summary>With fewer observations the shape of the distribution decides, and nobody knows it.</summary>
    public const int LeastGroups = 20;

    // With fewer observations above 0, their scatter says nothing of those that did not happen to come.
    private const int LeastPositive = 10;

    // With fewer than this many, the largest that was seen is no bound for the others: it may lie below the median of them (0.5^5 = 3 %).
    private const int LeastSeen = 5;

    // The longest Retry-After that is waited for, unless a test says otherwise: what a question may lose, though none was seen to.
    private const double PlausibleSeconds = 120;

    /// <summary>The upper end if no tail were heavy: where it parts from <see cref="Upper"/>, a few values carry the ratio.</summary>
    public double? UpperOfScatter { get; init; }

    /// <summary>
    /// How many observations are above 0, where that is fewer than scatter takes; <see langword="null"/> where there are enough.
    /// </summary>
    public int? RareCount { get; init; }

    /// <summary>The ratio of the sums, such as a mean.</summary>
    /// <param name="parts">Group, numerator and denominator of each; none below 0.</param>
    /// <param name="confidence">Above 0 and below 1.</param>
    public static RatioInterval Of(IEnumerable<(string Group, double Numerator, double Denominator)> parts, double confidence)
    {
        (double Numerator, double Denominator)[] groups = Grouped(parts);
        int n = groups.Length;
        double denominator = groups.Sum(group => group.Denominator);
        if (!(denominator > 0))
            return new RatioInterval(null, null, null, n);
        double ratio = groups.Sum(group => group.Numerator) / denominator;
        if (n < LeastGroups)
            return new RatioInterval(ratio, null, null, n);
        int positive = groups.Count(group => group.Numerator > 0);
        if (positive < LeastPositive)
            return Rare(groups, ratio, denominator / n, positive, confidence);
        double[] values = [.. groups.Select(group => ratio + (((group.Numerator - (ratio * group.Denominator)) * n) / denominator))];
        Array.Sort(values);
        (double lower, double upper) = SkewedMean.Interval(values, confidence);
        double largest = HeavyTail.LargestMean(values, positive, confidence);
        return new RatioInterval(ratio, Math.Max(0, lower), double.IsFinite(largest) ? Math.Max(upper, largest) : null, n)
        {
            UpperOfScatter = upper,
        };
    }

    /// <summary>
    /// The share of time that was lost, from 0 to 1. It is found as lost time over the time that was not, which does not depend on the
    /// losses; else one long loss would pull at both sums of the ratio.
    /// </summary>
    /// <param name="parts">Group, lost time and whole time of each; the lost time is a part of the whole.</param>
    /// <param name="confidence">Above 0 and below 1.</param>
    public static RatioInterval OfShare(IEnumerable<(string Group, double Lost, double Whole)> parts, double confidence)
    {
        (string Group, double Lost, double Whole)[] all = [.. parts];
        RatioInterval odds = Of(all.Select(part => (part.Group, part.Lost, Math.Max(0, part.Whole - part.Lost))), confidence);
        if (odds.Value is null)
            return odds with { Value = all.Sum(part => part.Lost) > 0 ? 1 : null };
        return odds with
        {
            Value = Share(odds.Value), Lower = Share(odds.Lower), Upper = Share(odds.Upper), UpperOfScatter = Share(odds.UpperOfScatter),
        };

        static double? Share(double? odds) => odds / (1 + odds);
    }

    /// <summary>
    /// What comes seldom: bounds of how often it comes (Clopper and Pearson) times what each may be. The upper one is the largest that was
    /// seen, and with very few of them not less than the longest value of all or what is plausible.
    /// </summary>
    private static RatioInterval Rare(
        (double Numerator, double Denominator)[] groups, double ratio, double middle, int positive, double confidence)
    {
        int n = groups.Length;
        double largest = groups.Max(group => group.Numerator);
        if (positive < LeastSeen)
            largest = Math.Max(largest, Math.Max(PlausibleSeconds, groups.Max(group => group.Denominator)));
        double seen = positive == 0 ? 0 : groups.Sum(group => group.Numerator) / positive;
        return new RatioInterval(
            ratio,
            ClopperPearson.Lower(positive, n, confidence) * seen / middle,
            ClopperPearson.Upper(positive, n, confidence) * largest / middle,
            n)
        {
            RareCount = positive,
        };
    }

    private static (double Numerator, double Denominator)[] Grouped(
        IEnumerable<(string Group, double Numerator, double Denominator)> parts) =>
    [
        .. parts.GroupBy(part => part.Group, StringComparer.Ordinal)
            .Select(group => (group.Sum(part => part.Numerator), group.Sum(part => part.Denominator))),
    ];
}
