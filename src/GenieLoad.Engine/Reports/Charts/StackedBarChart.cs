using System.Xml.Linq;

namespace GenieLoad.Engine.Reports.Charts;

/// <summary>Lying bars of parts that add up.</summary>
internal static class StackedBarChart
{
    private const double BarHeight = 20;
    private const double RowHeight = 27;

    /// <summary>Draws the bars.</summary>
    /// <param name="size">The room; its height follows from the number of bars.</param>
    /// <param name="id">Start of the ids in it.</param>
    /// <param name="title">What it shows.</param>
    /// <param name="description">What is to be seen in it.</param>
    /// <param name="bars">The bars, from the top.</param>
    public static XElement Draw(ChartSize size, string id, string title, string description, IReadOnlyList<StackedBar> bars)
    {
        double left = 12 + (6.8 * bars.Max(bar => bar.Label.Length));
        double room = size.Width - left - 62;
        double greatest = Math.Max(1e-9, bars.Max(bar => bar.Parts.Sum(part => part.Value)));
        List<XElement> content = [];
        for (int i = 0; i < bars.Count; i++)
        {
            double y = 4 + (RowHeight * i);
            double x = left;
            content.Add(Svg.Text("tick", left - 8, y + (BarHeight / 2) + 4, bars[i].Label, "end"));
            foreach ((string cssClass, double value, string hint) in bars[i].Parts)
            {
                double width = room * value / greatest;
                if (width < 0.2)
                    continue;
                content.Add(Svg.Hint(Svg.Element("rect", cssClass, ("x", x), ("y", y), ("width", width), ("height", BarHeight)), hint));
                x += width;
            }

            content.Add(Svg.Text("label", x + 7, y + (BarHeight / 2) + 4, bars[i].Total));
        }

        return Plot.Graphic(size with { Height = (int)(8 + (RowHeight * bars.Count)) }, id, title, description, content);
    }
}

/// <summary>A bar.</summary>
/// <param name="Label">To its left.</param>
/// <param name="Total">To its right.</param>
/// <param name="Parts">Its parts, from the left.</param>
internal sealed record StackedBar(string Label, string Total, IReadOnlyList<(string CssClass, double Value, string Hint)> Parts);
