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
    /// <param name="firstWeights">What the values of the first sample weigh, above 0; each 1 by default.</param>
    /// <param name="secondWeights">What those of the second weigh.</param>
    /// <returns><see langword="null"/> when a sample is empty.</returns>
    public static HodgesLehmann? Estimate(
        IReadOnlyList<double> first, IReadOnlyList<double> second, double confidence = 0.95, double? spread = null,
        IReadOnlyList<double>? firstWeights = null, IReadOnlyList<double>? secondWeights = null)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        if (first.Count == 0 || second.Count == 0)
            return null;
        Sample x = new(first, firstWeights);
        Sample y = new(second, secondWeights);
        double pairs = (double)first.Count * second.Count;
        double shift = (Difference(x, y, Math.Floor((pairs + 1) / 2)) + Difference(x, y, Math.Floor(pairs / 2) + 1)) / 2;
        spread ??= Math.Sqrt(pairs * (first.Count + second.Count + 1.0) / 12);
        // The rank of the lower end, counted from 1; below 1 no difference is extreme enough.
        double rank = Math.Floor((pairs / 2) - (Normal.Quantile((1 + confidence) / 2) * spread.Value));
        return rank < 1
            ? new HodgesLehmann(shift, null, null)
            : new HodgesLehmann(shift, Difference(x, y, rank), Difference(x, y, pairs + 1 - rank));
    }

    /// <summary>
    /// The rank-th smallest of all differences, without making them all: the range is halved by counting the pairs below its middle, each
    /// count one walk along both samples. The upper end is always a difference itself.
    /// </summary>
    private static double Difference(Sample x, Sample y, double rank)
    {
        // Weights are no whole numbers: what rounding makes of a rank must not miss it.
        double wanted = rank - 1e-6;
        double low = Math.BitDecrement(y.Values[0] - x.Values[^1]), high = y.Values[^1] - x.Values[0];
        while (Count(x, y, Math.BitDecrement(high)).AtMost >= wanted)
        {
            double middle = low + ((high - low) / 2);
            (double atMost, double greatest) = Count(x, y, middle);
            if (atMost >= wanted)
                high = greatest;
            else
                low = middle;
        }
        return high;
    }

    /// <summary>Number of differences up to a limit, and the greatest of them.</summary>
    private static (double AtMost, double Greatest) Count(Sample x, Sample y, double limit)
    {
        double count = 0;
        double greatest = double.NegativeInfinity;
        int j = 0;
        for (int i = 0; i < x.Values.Length; i++)
        {
            // Sorted both: as x grows, more of y lies within the limit.
            while (j < y.Values.Length && y.Values[j] - x.Values[i] <= limit)
                j++;
            count += x.Weights[i] * y.Sums[j];
            if (j > 0)
                greatest = Math.Max(greatest, y.Values[j - 1] - x.Values[i]);
        }
        return (count, greatest);
    }

    /// <summary>Values in rising order with their weights, which sum to their count.</summary>
    private sealed class Sample
    {
        public Sample(IReadOnlyList<double> values, IReadOnlyList<double>? weights)
        {
            Values = [.. values];
            Weights = weights is null ? [.. values.Select(_ => 1.0)] : [.. weights];
            Array.Sort(Values, Weights);
            double scale = Values.Length / Weights.Sum();
            Sums = new double[Values.Length + 1];
            for (int i = 0; i < Values.Length; i++)
            {
                Weights[i] *= scale;
                Sums[i + 1] = Sums[i] + Weights[i];
            }
        }

        public double[] Values { get; }

        public double[] Weights { get; }

        /// <summary>Weight of the first so many.</summary>
        public double[] Sums { get; }
    }
}
