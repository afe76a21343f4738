using GenieLoad.Model;

namespace GenieLoad.Engine.Figures;

/// <summary>
/// A time of many rows in rising order, as <see cref="Statistics.Percentile.Sort"/> gives it, without a detour for each value.
/// </summary>
internal static class SortedTimes
{
    /// <summary>The finite values in rising order.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="of">What a row says of the time.</param>
    public static double[] Of(IReadOnlyCollection<QuestionResult> rows, Func<QuestionResult, double?> of)
    {
        var values = new double[rows.Count];
        int count = 0;
        foreach (QuestionResult row in rows)
        {
            if (of(row) is double value && double.IsFinite(value))
                values[count++] = value;
        }
        Array.Resize(ref values, count);
        Array.Sort(values);
        return values;
    }
}
