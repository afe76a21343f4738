namespace GenieLoad.Engine.Statistics;

/// <summary>
/// The difference of two means by Student's t with one variance for both samples: with two or three values a side, which is what repeated
/// runs give, a variance for each would be hardly known.
/// </summary>
/// <param name="Shift">Second less first.</param>
/// <param name="Lower">Lower end of the interval; <see langword="null"/> with fewer than three values.</param>
/// <param name="Upper">Upper end of the interval; <see langword="null"/> with fewer than three values.</param>
/// <param name="PValue">How likely a difference as large is when nothing differs; <see langword="null"/> with fewer than three
/// values.</param>
internal sealed record TwoSampleT(double Shift, double? Lower, double? Upper, double? PValue)
{
    /// <summary>Compares.</summary>
    /// <param name="first">One sample.</param>
    /// <param name="second">The other.</param>
    /// <param name="confidence">Confidence of the interval, above 0 and below 1.</param>
    /// <returns><see langword="null"/> when a sample is empty.</returns>
    public static TwoSampleT? Of(double[] first, double[] second, double confidence)
    {
        if (first.Length == 0 || second.Length == 0)
            return null;
        double shift = second.Average() - first.Average();
        int degrees = first.Length + second.Length - 2;
        if (degrees < 1)
            return new TwoSampleT(shift, null, null, null);
        double error = Math.Sqrt((Squares(first) + Squares(second)) / degrees * ((1.0 / first.Length) + (1.0 / second.Length)));
        double half = error * StudentT.Quantile((1 + confidence) / 2, degrees);
        double p = error > 0 ? 2 * (1 - StudentT.Cumulative(Math.Abs(shift) / error, degrees)) : shift == 0 ? 1 : 0;
        return new TwoSampleT(shift, shift - half, shift + half, p);
    }

    private static double Squares(double[] values)
    {
        double mean = values.Average();
        return values.Sum(value => (value - mean) * (value - mean));
    }
}
