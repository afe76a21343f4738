using System.Xml.Linq;

namespace GenieLoad.Engine.Reports.Charts;

/// <summary>A chart with two axes: the frame, and places for what is drawn in it.</summary>
/// <param name="size">Its room.</param>
/// <param name="x">The axis at the bottom.</param>
/// <param name="y">The axis to the left.</param>
/// <param name="unit">What the axis to the left counts.</param>
/// <param name="xUnit">What the axis at the bottom counts, where its marks do not say it.</param>
internal sealed class Plot(ChartSize size, IScale x, IScale y, string unit, string? xUnit = null)
{
    private const double Left = 46;
    private const double Right = 14;
    private const double Top = 26;
    private const double Bottom = 26;

    private readonly List<XElement> _marks = [];

    /// <summary>The room.</summary>
    public ChartSize Size => size;

    /// <summary>The place of the bottom line.</summary>
    public double Floor => size.Height - Bottom;

    /// <summary>The horizontal place of a value.</summary>
    public double X(double value) => Left + (x.At(value) * (size.Width - Left - Right));

    /// <summary>The vertical place of a value.</summary>
    public double Y(double value) => Floor - (y.At(value) * (Floor - Top));

    /// <summary>Draws something over what is there.</summary>
    public void Add(XElement mark) => _marks.Add(mark);

    /// <summary>A vertical line at a value, with a label that keeps within the chart.</summary>
    public void AddReference(double value, string label, int line = 0)
    {
        double at = X(value);
        double y = Top + 10 + (14 * line);
        bool toTheLeft = at > size.Width - Right - (7 * label.Length) - 6;
        Add(Svg.Path("reference", $"M{Svg.Number(at)} {Svg.Number(Top)}V{Svg.Number(Floor)}"));
        Add(Svg.Text("label", at + (toTheLeft ? -5 : 5), y, label, toTheLeft ? "end" : "start"));
    }

    /// <summary>A horizontal line at a value, with a label above its left end.</summary>
    public void AddLevel(double value, string label)
    {
        Add(Svg.Path("reference", $"M{Svg.Number(Left)} {Svg.Number(Y(value))}H{Svg.Number(size.Width - Right)}"));
        Add(Svg.Text("label", Left + 6, Y(value) - 5, label));
    }

    /// <summary>A shade between two values of the axis at the bottom.</summary>
    public void AddShade(string cssClass, double from, double to) => Add(Svg.Element(
        "rect", cssClass, ("x", X(from)), ("y", Top), ("width", X(to) - X(from)), ("height", Floor - Top)));

    /// <summary>The graphic.</summary>
    /// <param name="id">Start of the ids in it; unique in its page.</param>
    /// <param name="title">What it shows.</param>
    /// <param name="description">What is to be seen in it, in words.</param>
    public XElement ToSvg(string id, string title, string description) => Graphic(
        size, id, title, description,
        [
            .. y.Ticks.SelectMany(tick => (XElement[])
            [
                Svg.Path("grid", $"M{Svg.Number(Left)} {Svg.Number(Y(tick.Value))}H{Svg.Number(size.Width - Right)}"),
                Svg.Text("tick", Left - 8, Y(tick.Value) + 4, tick.Label, "end"),
            ]),
            Svg.Text("tick", 0, 12, unit),
            .. Labels(),
            .. _marks,
            .. xUnit is null ? [] : (XElement[])[Svg.Text("tick", size.Width - Right, Floor - 6, xUnit, "end")],
            Svg.Path("axis", $"M{Svg.Number(Left)} {Svg.Number(Floor)}H{Svg.Number(size.Width - Right)}"),
        ]);

    /// <summary>A graphic of any content, with its name and description for those who do not see it.</summary>
    public static XElement Graphic(ChartSize size, string id, string title, string description, IEnumerable<XElement> content) => new(
        "svg",
        new XAttribute("class", size.Name),
        new XAttribute("viewBox", $"0 0 {size.Width} {size.Height}"),
        new XAttribute("role", "img"),
        new XAttribute("aria-labelledby", $"{id}-{size.Name}-name"),
        new XAttribute("aria-describedby", $"{id}-{size.Name}-text"),
        new XElement("title", new XAttribute("id", $"{id}-{size.Name}-name"), title),
        new XElement("desc", new XAttribute("id", $"{id}-{size.Name}-text"), description),
        content);

    /// <summary>Labels of the bottom axis; one that would touch its neighbour is left out, the last is kept within the chart.</summary>
    private IEnumerable<XElement> Labels()
    {
        double free = double.NegativeInfinity;
        foreach ((double value, string label) in x.Ticks)
        {
            double half = 3.6 * label.Length;
            double at = Math.Clamp(X(value), Math.Min(Left, half), size.Width - half);
            if (at - half < free)
                continue;
            free = at + half + 6;
            yield return Svg.Path("axis", $"M{Svg.Number(X(value))} {Svg.Number(Floor)}v4");
            yield return Svg.Text("tick", at, Floor + 18, label, "middle");
        }
    }
}
