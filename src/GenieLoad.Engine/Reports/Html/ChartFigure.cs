using System.Xml.Linq;
using GenieLoad.Engine.Reports.Charts;
using static GenieLoad.Engine.Reports.Html.Markup;

namespace GenieLoad.Engine.Reports.Html;

/// <summary>A chart with its heading, its legend, and the table behind it.</summary>
internal sealed record ChartFigure
{
    /// <summary>Start of the ids in it; unique in its page.</summary>
    public required string Id { get; init; }

    /// <summary>What it shows.</summary>
    public required string Title { get; init; }

    /// <summary>How it is to be read, where that is not plain.</summary>
    public string? Note { get; init; }

    /// <summary>What is to be seen in it, for those who do not see it.</summary>
    public required string Description { get; init; }

    /// <summary>What its marks mean.</summary>
    public IReadOnlyList<(XElement Key, string Name)> Legend { get; init; } = [];

    /// <summary>The table behind it.</summary>
    public required XElement Table { get; init; }

    /// <summary>The figure, drawn once per size; the style sheet shows the one that fits.</summary>
    /// <param name="sizes">The sizes.</param>
    /// <param name="draw">Draws it: gets size, id, title and description.</param>
    public XElement Of(IEnumerable<ChartSize> sizes, Func<ChartSize, string, string, string, XElement> draw) => Element(
        "figure",
        Element("figcaption", Element("h3", Title), Note is null ? null : Element("p", Note)),
        Legend.Count == 0 ? null : Styled(
            "ul", "legend", Legend.Select(entry => Element("li", Swatch(entry.Key), Element("span", entry.Name)))),
        sizes.Select(size => draw(size, Id, Title, Description)),
        Details((object[])["Data", Styled("span", "unseen", $" of {Title}")], Table));

    /// <summary>A chart over the whole width, and another one for a phone.</summary>
    public XElement OfFullWidth(Func<ChartSize, string, string, string, XElement> draw) => Of([ChartSize.Wide, ChartSize.Narrow], draw);

    /// <summary>A coloured square for a legend.</summary>
    public static XElement Square(string cssClass) => Svg.Element("rect", cssClass, ("x", 1), ("y", 1), ("width", 12), ("height", 12));

    /// <summary>A piece of line for a legend.</summary>
    public static XElement Line(string cssClass) => Svg.Path(cssClass, "M0 7H14");

    private static XElement Swatch(XElement key) => new(
        "svg", new XAttribute("class", "key"), new XAttribute("viewBox", "0 0 14 14"), new XAttribute("aria-hidden", "true"), key);
}
