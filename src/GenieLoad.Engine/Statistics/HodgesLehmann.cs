namespace GenieLoad.Engine.Statistics;

/// <summary>
/// The shift between two samples of Hodges and Lehmann (1963): the median of all differences between a value of the second and one of the
/// first, with the distribution-free interval of Moses (Lehmann 1975, 2.3). Robust: a few extreme answers hardly move it.
/// </summary>
/// <param name="Shift">Second less first; positive when the second is larger.</param>
/// <param name="Lower">Lower end of the interval; <see langword="null"/> when there are too few values for one.</param>
/// <param name="Upper">Upper end of the interval; <see langword="null"/> when there are too few values for one.</param>
public sealed record HodgesLehmann(double Shift, double? Lower, double? Upper)
{
    /// <summary>Estimates the shift.</summary>
    /// <param name="first">One sample.</param>
    /// <param name="second">The other.</param>
    /// <param name="confidence">Confidence of the interval, above 0 and below 1; 0.95 by default.</param>
    /// <param name="spread">
    /// Standard deviation of the rank sum when nothing differs, where it is not that of two independent samples: known from permutations
    /// when answers hang together.
    /// </param>
    /// <returns><see langword="null"/> when a sample is empty.</returns>
    public static HodgesLehmann? Estimate(IReadOnlyList<double> first, IReadOnlyList<double> second, double confidence = 0.95, double? spread = null)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        if (first.Count == 0 || second.Count == 0)
            return null;
        double[] x = [.. first.Order()];
        double[] y = [.. second.Order()];
        long pairs = (long)x.Length * y.Length;
        double shift = pairs % 2 == 1
            ? Difference(x, y, (pairs + 1) / 2)
            : (Difference(x, y, pairs / 2) + Difference(x, y, (pairs / 2) + 1)) / 2;
        spread ??= Math.Sqrt(pairs * (x.Length + y.Length + 1.0) / 12);
        // The rank of the lower end, counted from 1; below 1 no difference is extreme enough.
        long rank = (long)Math.Floor((pairs / 2.0) - (Normal.Quantile((1 + confidence) / 2) * spread.Value));
        return rank < 1
            ? new HodgesLehmann(shift, null, null)
            : new HodgesLehmann(shift, Difference(x, y, rank), Difference(x, y, pairs + 1 - rank));
    }

    /// <summary>
    /// The rank-th smallest of all differences, without making them all: the range is halved by counting the pairs below its middle, each
    /// count one walk along both samples. The upper end is always a difference itself.
    /// </summary>
    private static double Difference(double[] x, double[] y, long rank)
    {
        double low = Math.BitDecrement(y[0] - x[^1]), high = y[^1] - x[0];
        while (Count(x, y, Math.BitDecrement(high)).AtMost >= rank)
        {
            double middle = low + ((high - low) / 2);
            (long atMost, double greatest) = Count(x, y, middle);
            if (atMost >= rank)
                high = greatest;
            else
                low = middle;
        }
        return high;
    }

    /// <summary>Number of differences up to a limit, and the greatest of them.</summary>
    private static (long AtMost, double Greatest) Count(double[] x, double[] y, double limit)
    {
        long count = 0;
        double greatest = double.NegativeInfinity;
        int j = 0;
        foreach (double value in x)
        {
            // Sorted both: as x grows, more of y lies within the limit.
            while (j < y.Length && y[j] - value <= limit)
                j++;
            count += j;
            if (j > 0)
                greatest = Math.Max(greatest, y[j - 1] - value);
        }
        return (count, greatest);
    }
}
