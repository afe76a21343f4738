namespace GenieLoad.Engine.Reports.Charts;

/// <summary>Values that hold for a stretch each.</summary>
internal static class StepChart
{
    /// <summary>A line with a step at each change.</summary>
    public static void Line(Plot plot, string cssClass, IReadOnlyList<Step> steps) => plot.Add(Svg.Path(cssClass, Corners(plot, steps)));

    /// <summary>The area under it.</summary>
    public static void Area(Plot plot, string cssClass, IReadOnlyList<Step> steps) => plot.Add(Svg.Path(
        cssClass,
        [(plot.X(steps[0].From), plot.Floor), .. Corners(plot, steps), (plot.X(steps[^1].To), plot.Floor)],
        closed: true));

    /// <summary>Columns that stand on each other, with a gap between two stretches.</summary>
    public static void Columns(Plot plot, IReadOnlyList<(string CssClass, IReadOnlyList<Step> Steps)> layers)
    {
        double[] below = new double[layers[0].Steps.Count];
        foreach ((string cssClass, IReadOnlyList<Step> steps) in layers)
        {
            for (int i = 0; i < steps.Count; i++)
            {
                Step step = steps[i];
                if (!(step.Value > 0))
                    continue;
                double left = plot.X(step.From);
                double width = plot.X(step.To) - left;
                double gap = width > 5 ? 1 : 0;
                double top = plot.Y(below[i] + step.Value);
                plot.Add(Svg.Hint(
                    Svg.Element("rect", cssClass, ("x", left + gap), ("y", top), ("width", Math.Max(0.8, width - (2 * gap))),
                        ("height", plot.Y(below[i]) - top)),
                    step.Hint));
                below[i] += step.Value;
            }
        }
    }

    private static IEnumerable<(double X, double Y)> Corners(Plot plot, IReadOnlyList<Step> steps) =>
        steps.SelectMany(step => ((double, double)[])[(plot.X(step.From), plot.Y(step.Value)), (plot.X(step.To), plot.Y(step.Value))]);
}

/// <summary>A value that holds for a stretch.</summary>
/// <param name="From">Begin of the stretch.</param>
/// <param name="To">End of the stretch.</param>
/// <param name="Value">The value.</param>
/// <param name="Hint">What it says when a pointer rests on it.</param>
internal readonly record struct Step(double From, double To, double Value, string Hint = "");
