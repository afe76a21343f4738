namespace GenieLoad.Engine.Statistics;

/// <summary>How alike values without an order are.</summary>
public static class Agreement
{
    /// <summary>
    /// Share of the pairs that are equal: the sum of c(c - 1) over n(n - 1), with the count c of each value. Unbiased for the probability
    /// that two drawn values are equal (Simpson, Nature 163, 1949). <see langword="null"/> below two values.
    /// </summary>
    /// <param name="counts">How often each value occurs.</param>
    public static double? Pairwise(IEnumerable<int> counts)
    {
        ArgumentNullException.ThrowIfNull(counts);
        double equal = 0;
        double total = 0;
        foreach (int count in counts)
        {
            equal += (double)count * (count - 1);
            total += count;
        }
        return total < 2 ? null : equal / (total * (total - 1));
    }

    /// <summary>
    /// The interval of an agreement, as shares from 0 to 1: that of a share of as many trials as pairs can be formed that share no value.
    /// All pairs together know the agreement at least as well, and it does not shrink to a point where all values are equal.
    /// </summary>
    /// <param name="agreement">The agreement, 0 to 1.</param>
    /// <param name="pairs">Pairs that share no value: half the values.</param>
    /// <param name="confidence">Its confidence, 0 to 1.</param>
    public static (double Lower, double Upper) Interval(double agreement, int pairs, double confidence)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(pairs);
        if (pairs == 0)
            return (0, 1);
        // Rounding must not make a pair of nothing.
        double equal = Math.Round(agreement * pairs, 9);
        return (
            ShareInterval.Of((int)Math.Floor(equal), pairs, confidence).Lower,
            ShareInterval.Of((int)Math.Ceiling(equal), pairs, confidence).Upper);
    }
}
