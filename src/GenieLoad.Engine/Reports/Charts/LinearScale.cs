namespace GenieLoad.Engine.Reports.Charts;

/// <summary>A straight axis, with marks at round numbers.</summary>
internal sealed class LinearScale : IScale
{
    private LinearScale(double from, double to, IReadOnlyList<(double Value, string Label)> ticks)
    {
        From = from;
        To = to;
        Ticks = ticks;
    }

    /// <summary>Value at the low end.</summary>
    public double From { get; }

    /// <summary>Value at the high end.</summary>
    public double To { get; }

    /// <inheritdoc/>
    public IReadOnlyList<(double Value, string Label)> Ticks { get; }

    /// <summary>An axis that holds the values and ends at a mark to either side.</summary>
    /// <param name="least">Least value; 0 for most axes.</param>
    /// <param name="greatest">Greatest value.</param>
    /// <param name="marks">About how many marks.</param>
    /// <param name="label">Makes the label of a mark; the number alone by default.</param>
    public static LinearScale Over(double least, double greatest, int marks = 5, Func<double, string>? label = null)
    {
        if (!(greatest > least))
            greatest = least + 1;
        double step = RoundStep((greatest - least) / marks);
        double from = Math.Floor((least / step) + 1e-9) * step;
        double to = Math.Ceiling((greatest / step) - 1e-9) * step;
        int count = (int)Math.Round((to - from) / step);
        string format = step >= 1 ? "#,0" : step >= 0.1 ? "0.0" : step >= 0.01 ? "0.00" : "0.###";
        label ??= value => ReportNumber.Grouped(value, format);
        return new LinearScale(
            from, to, [
                .. Enumerable.Range(0, count + 1).Select(i => Math.Round(from + (i * step), 9)).Select(value => (value, label(value)))]);
    }

    /// <summary>An axis of the seconds of a run, from 0, with marks at times that clocks have.</summary>
    public static LinearScale OverTime(double endSeconds, int marks)
    {
        double end = endSeconds > 0 ? endSeconds : 1;
        double step = TimeStep(end / marks);
        (double Unit, string Name) = step switch
        {
            < 60 => (1, "s"),
            < 3600 => (60, "min"),
            _ => (3600.0, "h"),
        };
        int count = (int)Math.Floor((end / step) + 1e-9);
        return new LinearScale(
            0, end, [.. Enumerable.Range(0, count + 1).Select(i => i * step).Select(
                value => (value, $"{ReportNumber.Grouped(value / Unit, "#,0.##")} {Name}"))]);
    }

    /// <summary>The least time that clocks have and that is not below another.</summary>
    public static double TimeStep(double seconds)
    {
        double[] steps = [0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 21600, 43200, 86400];
        int found = Array.FindIndex(steps, step => step >= seconds - 1e-9);
        return found >= 0 ? steps[found] : 86400 * Math.Ceiling(seconds / 86400);
    }

    /// <inheritdoc/>
    public double At(double value) => Math.Clamp((value - From) / (To - From), 0, 1);

    /// <summary>The least of 1, 2 and 5, times a power of ten, that is not below a number above 0.</summary>
    public static double RoundStep(double step)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(step)));
        double lead = step / power;
        return power * (lead <= 1 ? 1 : lead <= 2 ? 2 : lead <= 5 ? 5 : 10);
    }
}
