using System.Globalization;

namespace GenieLoad.Engine.Reports.Charts;

/// <summary>An axis of percentiles that gives the tail its room: each further nine is as wide as the first 90 %.</summary>
internal sealed class TailScale : IScale
{
    private static readonly double[] Marks = [0, 50, 75, 90, 95, 99, 99.9, 99.99];

    private readonly double _end;

    /// <summary>An axis up to the greatest percentile that so many values tell apart.</summary>
    /// <param name="count">Number of values.</param>
    public TailScale(int count)
    {
        Greatest = Math.Clamp(100 * (1 - (1.0 / Math.Max(count, 4))), 75, 99.99);
        _end = Nines(Greatest);
        Ticks = [.. Marks.Where(percent => percent <= Greatest + 1e-9).Select(
            percent => (percent, "P" + percent.ToString("0.##", CultureInfo.InvariantCulture)))];
    }

    /// <summary>The percentile at the high end.</summary>
    public double Greatest { get; }

    /// <inheritdoc/>
    public IReadOnlyList<(double Value, string Label)> Ticks { get; }

    /// <inheritdoc/>
    public double At(double value) => Math.Clamp(Nines(Math.Min(value, Greatest)) / _end, 0, 1);

    /// <summary>Percentiles at even distances along the axis.</summary>
    public IEnumerable<double> Steps(int count) => Enumerable.Range(0, count + 1).Select(i => 100 * (1 - Math.Pow(10, -_end * i / count)));

    private static double Nines(double percent) => -Math.Log10(1 - (percent / 100));
}
