using System.Xml.Linq;

namespace GenieLoad.Engine.Reports.Charts;

/// <summary>Changes with their intervals, one below the other, against the band within which a change counts as none.</summary>
internal static class IntervalChart
{
    private const double RowHeight = 26;
    private const double Top = 8;

    // An interval beyond so many times the largest change on the axis runs into the edge: it would press all others together.
    private const double WidestInterval = 3;

    // So does a change beyond so many times what three in four changes stay below.
    private const double WidestChange = 5;
    private const double Usual = 0.75;

    /// <summary>Draws the changes.</summary>
    /// <param name="size">The room; its height follows from the number of changes.</param>
    /// <param name="id">Start of the ids in it.</param>
    /// <param name="title">What it shows.</param>
    /// <param name="description">What is to be seen in it.</param>
    /// <param name="changes">The changes, from the top.</param>
    /// <param name="tolerance">Changes up to it, to either side, count as none.</param>
    public static XElement Draw(
        ChartSize size, string id, string title, string description, IReadOnlyList<Change> changes, double tolerance)
    {
        double left = 14 + (7 * changes.Max(change => change.Label.Length));
        double right = size.Width - 14 - (6.6 * changes.Max(change => change.Value.Length));
        double bottom = Top + (RowHeight * changes.Count);
        (double least, double greatest) = Reach(changes, tolerance);
        LinearScale scale = LinearScale.Over(
            least, greatest, size.IsSmall ? 3 : 8, value => ReportNumber.Change(Math.Abs(value) < 1e-9 ? 0 : value, "#,0.##") + " %");
        double X(double value) => left + (scale.At(value) * (right - left));

        List<XElement> content =
        [
            Svg.Element(
                "rect", "tolerance", ("x", X(-tolerance)), ("y", Top), ("width", X(tolerance) - X(-tolerance)), ("height", bottom - Top)),
            .. scale.Ticks.Select(tick => Svg.Path("grid", $"M{Svg.Number(X(tick.Value))} {Svg.Number(Top)}V{Svg.Number(bottom)}")),
            .. Labels(scale, X, bottom + 16),
            Svg.Path("axis", $"M{Svg.Number(X(0))} {Svg.Number(Top)}V{Svg.Number(bottom)}"),
        ];
        for (int i = 0; i < changes.Count; i++)
        {
            Change change = changes[i];
            double y = Top + (RowHeight * (i + 0.5));
            content.Add(Svg.Text("tick", left - 10, y + 4, change.Label, "end"));
            content.Add(Svg.Hint(
                Svg.Path($"whisker {change.CssClass}", $"M{Svg.Number(X(change.Lower))} {Svg.Number(y)}H{Svg.Number(X(change.Upper))}"),
                change.Hint));
            content.Add(Svg.Hint(
                change.Point < scale.From ? Arrow(change, left, y, -1)
                    : change.Point > scale.To ? Arrow(change, right, y, 1)
                    : Svg.Element("circle", $"dot {change.CssClass}", ("cx", X(change.Point)), ("cy", y), ("r", 4.5)),
                change.Hint));
            content.Add(Svg.Text("label", size.Width - 2, y + 4, change.Value, "end"));
        }

        return Plot.Graphic(size with { Height = (int)(bottom + 24) }, id, title, description, content);
    }

    /// <summary>The ends of the axis: one change out of all proportion must not press the others into a line.</summary>
    private static (double Least, double Greatest) Reach(IReadOnlyList<Change> changes, double tolerance)
    {
        double[] sizes = [.. changes.Where(change => change.IsInPercent).Select(change => Math.Abs(change.Point)).Order()];
        double most = 2 * tolerance;
        if (sizes.Length > 0)
        {
            double limit = WidestChange * Math.Max(most, sizes[(int)((sizes.Length - 1) * Usual)]);
            most = Math.Max(most, sizes.Where(size => size <= limit).DefaultIfEmpty(0).Max());
        }

        double End(Change change, double value)
        {
            double widest = Math.Abs(change.Point) > most ? most : WidestInterval * most;
            return Math.Clamp(value, -widest, widest);
        }

        return (
            Math.Min(-2 * tolerance, changes.Min(change => End(change, change.Lower))),
            Math.Max(2 * tolerance, changes.Max(change => End(change, change.Upper))));
    }

    /// <summary>The mark of a change beyond the axis, at its edge.</summary>
    private static XElement Arrow(Change change, double x, double y, int direction) => Svg.Path(
        $"beyond {change.CssClass}",
        $"M{Svg.Number(x - (9 * direction))} {Svg.Number(y - 5)}L{Svg.Number(x)} {Svg.Number(y)}"
        + $"L{Svg.Number(x - (9 * direction))} {Svg.Number(y + 5)}Z");

    private static IEnumerable<XElement> Labels(LinearScale scale, Func<double, double> x, double y)
    {
        double free = double.NegativeInfinity;
        foreach ((double value, string label) in scale.Ticks)
        {
            double half = 3.6 * label.Length;
            if (x(value) - half < free)
                continue;
            free = x(value) + half + 6;
            yield return Svg.Text("tick", x(value), y, label, "middle");
        }
    }
}

/// <summary>A change.</summary>
/// <param name="Label">To its left.</param>
/// <param name="Value">To its right.</param>
/// <param name="CssClass">Its colour.</param>
/// <param name="Point">The change.</param>
/// <param name="Lower">Lower end of its interval.</param>
/// <param name="Upper">Upper end of its interval.</param>
/// <param name="IsInPercent">Whether it is told in percent, and so has a say in where the axis ends.</param>
/// <param name="Hint">What it says when a pointer rests on it.</param>
internal sealed record Change(
    string Label, string Value, string CssClass, double Point, double Lower, double Upper, bool IsInPercent, string Hint);
