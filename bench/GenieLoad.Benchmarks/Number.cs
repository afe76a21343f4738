using System.Globalization;

namespace GenieLoad.Benchmarks;

/// <summary>Numbers as the tables show them, the same on every machine.</summary>
internal static class Number
{
    public static int Parse(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    public static string Whole(double value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    public static string Fixed(double value, int digits) => value.ToString("F" + digits, CultureInfo.InvariantCulture);

    /// <summary>Seconds as milliseconds.</summary>
    public static string Milliseconds(double seconds) => Fixed(seconds * 1000, 2);

    public static string Percent(double share) => Fixed(share * 100, 1) + " %";

    /// <summary>A median with the least and the greatest value beside it.</summary>
    public static string Range(IReadOnlyCollection<double> values, Func<double, string> show) =>
        values.Count == 1 ? show(values.First()) : $"{show(Median(values))} ({show(values.Min())} to {show(values.Max())})";

    public static double Median(IEnumerable<double> values) =>
        Engine.Statistics.Percentile.Of(Engine.Statistics.Percentile.Sort(values.Select(value => (double?)value)), 50);
}
