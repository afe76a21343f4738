namespace GenieLoad.Engine.Statistics;

/// <summary>
/// Exact percentiles of a sample: type 7 of Hyndman and Fan, "Sample Quantiles in Statistical Packages", The American
/// Statistician 50 (1996), which is also what R, NumPy and Excel's PERCENTILE.INC give by default.
/// </summary>
public static class Percentile
{
    /// <summary>The percentiles that runs and plans show.</summary>
    public static IReadOnlyList<double> Headline { get; } = [50, 75, 90, 95, 99];

    /// <summary>The finite values in rising order, ready for <see cref="Of"/>; absent values, NaN and infinities are left out.</summary>
    /// <param name="values">Values in any order.</param>
    public static double[] Sort(IEnumerable<double?> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        double[] sorted = [.. values.Where(value => value is { } number && double.IsFinite(number)).Select(value => value!.Value)];
        Array.Sort(sorted);
        return sorted;
    }

    /// <summary>
    /// The value at position <c>h = (n - 1) × percent / 100</c> of the sorted sample, drawn straight between its two neighbours.
    /// </summary>
    /// <param name="sorted">Values in rising order, at least one.</param>
    /// <param name="percent">0 to 100.</param>
    /// <exception cref="ArgumentException">There is no value.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="percent"/> is not within 0 to 100.</exception>
    public static double Of(ReadOnlySpan<double> sorted, double percent)
    {
        if (sorted.IsEmpty)
            throw new ArgumentException("A percentile needs at least one value.", nameof(sorted));
        if (!(percent >= 0 && percent <= 100))
            throw new ArgumentOutOfRangeException(nameof(percent), percent, "A percentile lies within 0 to 100.");

        double position = (sorted.Length - 1) * percent / 100;
        int below = (int)Math.Floor(position);
        double share = position - below;
        double low = sorted[below];

        // Equal neighbours need no arithmetic, which could round to outside of them.
        if (share == 0 || low == sorted[below + 1])
            return low;
        double high = sorted[below + 1];
        return Math.Clamp(low + share * (high - low), low, high);
    }
}
