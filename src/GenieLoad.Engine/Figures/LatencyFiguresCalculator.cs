using GenieLoad.Engine.Statistics;
using GenieLoad.Model;

namespace GenieLoad.Engine.Figures;

/// <summary>Works out the figures of one time.</summary>
public static class LatencyFiguresCalculator
{
    /// <summary>Figures over the values that exist. Without any, the count is 0 and every figure <see langword="null"/>.</summary>
    /// <param name="measure">Name of the time, such as <c>Response</c>.</param>
    /// <param name="values">Seconds, in any order; absent values, NaN and infinities are left out and not counted.</param>
    public static LatencyFigures Calculate(string measure, IEnumerable<double?> values)
    {
        double[] sorted = Percentile.Sort(values);
        if (sorted.Length == 0)
            return new LatencyFigures { Measure = measure, Count = 0 };

        double mean = Mean(sorted);
        return new LatencyFigures
        {
            Measure = measure,
            Count = sorted.Length,
            MinimumSeconds = sorted[0],
            MeanSeconds = mean,
            StandardDeviationSeconds = StandardDeviation(sorted, mean),
            P50Seconds = Percentile.Of(sorted, 50),
            P75Seconds = Percentile.Of(sorted, 75),
            P90Seconds = Percentile.Of(sorted, 90),
            P95Seconds = Percentile.Of(sorted, 95),
            P99Seconds = Percentile.Of(sorted, 99),
            MaximumSeconds = sorted[^1],
        };
    }

    /// <summary>The arithmetic mean; rounding never takes it outside of the values.</summary>
    private static double Mean(double[] sorted)
    {
        double sum = 0;
        foreach (double value in sorted)
            sum += value;
        return Math.Clamp(sum / sorted.Length, sorted[0], sorted[^1]);
    }

    /// <summary>
    /// The sample standard deviation, over <c>n - 1</c>, in two passes: the sum of squares less the squared sum loses every digit
    /// when the values lie close together.
    /// </summary>
    private static double? StandardDeviation(double[] values, double mean)
    {
        if (values.Length < 2)
            return null;
        double squares = 0;
        foreach (double value in values)
            squares += (value - mean) * (value - mean);
        return Math.Sqrt(squares / (values.Length - 1));
    }
}
