namespace GenieLoad.Engine.Statistics;

/// <summary>
/// The interval of a mean of skewed values, as times are: Student's t, transformed by the cubic that takes their skewness out (P. Hall, "On
/// the removal of skewness by transformation", JRSS B 54, 1992). Student's t alone leaves the true mean above its upper end too often.
/// </summary>
internal static class SkewedMean
{
    /// <summary>The interval of the mean.</summary>
    /// <param name="values">Values, at least two.</param>
    /// <param name="confidence">Above 0 and below 1.</param>
    public static (double Lower, double Upper) Interval(double[] values, double confidence)
    {
        int n = values.Length;
        double mean = values.Average();
        double squares = values.Sum(value => (value - mean) * (value - mean));
        if (!(squares > 0))
            return (mean, mean);
        double skewness = values.Sum(value => Math.Pow(value - mean, 3)) / n / Math.Pow(squares / n, 1.5);
        double deviation = Math.Sqrt(squares / (n - 1));
        double t = StudentT.Quantile((1 + confidence) / 2, n - 1) / Math.Sqrt(n);
        return (mean - (deviation * Inverse(t)), mean - (deviation * Inverse(-t)));

        // Where skewness is next to nothing, its cubic is a straight line.
        double Inverse(double x) => Math.Abs(skewness) < 1e-6
            ? x
            : 3 / skewness * (Math.Cbrt(1 + (skewness * (x - (skewness / (6 * n))))) - 1);
    }
}
