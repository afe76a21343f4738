using GenieLoad.Engine.Statistics;
using GenieLoad.Model;

namespace GenieLoad.Engine.Figures;

/// <summary>Works out the figures of one time.</summary>
internal static class LatencyFiguresCalculator
{
    /// <summary>Figures of a time over rows; of a phase, with how much of it polls saw.</summary>
    /// <param name="measure">The time.</param>
    /// <param name="rows">The rows.</param>
    public static LatencyFigures Of(Measure measure, IReadOnlyList<QuestionResult> rows) => Of([measure], rows)[0];

    /// <summary>Figures of several times over the same rows.</summary>
    /// <param name="measures">The times.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="alsoOfSorted">Given the values of each time in rising order, for further figures; not to be kept.</param>
    public static IReadOnlyList<LatencyFigures> Of(
        IReadOnlyList<Measure> measures, IReadOnlyList<QuestionResult> rows, Action<Measure, ArraySegment<double>>? alsoOfSorted = null)
    {
        MeasureColumn[] columns = [.. measures.Select(measure => new MeasureColumn(measure, rows.Count))];
        MeasureColumn.Fill(columns, rows);
        return [.. columns.Select(column => column.Figures(alsoOfSorted))];
    }

    /// <summary>Figures over the values that exist. Without any, the count is 0 and every figure <see langword="null"/>.</summary>
    /// <param name="measure">The time.</param>
    /// <param name="values">Seconds, in any order; absent values, NaN and infinities are left out and not counted.</param>
    public static LatencyFigures Calculate(Measure measure, IEnumerable<double?> values) =>
        OfSorted(measure, Percentile.Sort(values));

    /// <summary>As above, of values in rising order.</summary>
    internal static LatencyFigures OfSorted(Measure measure, ReadOnlySpan<double> sorted)
    {
        if (sorted.Length == 0)
            return new LatencyFigures { Measure = measure.Name, Kind = measure.Kind, Count = 0 };

        double mean = Mean(sorted);
        return new LatencyFigures
        {
            Measure = measure.Name,
            Kind = measure.Kind,
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
    private static double Mean(ReadOnlySpan<double> sorted)
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
    private static double? StandardDeviation(ReadOnlySpan<double> values, double mean)
    {
        if (values.Length < 2)
            return null;
        double squares = 0;
        foreach (double value in values)
            squares += (value - mean) * (value - mean);
        return Math.Sqrt(squares / (values.Length - 1));
    }
}
