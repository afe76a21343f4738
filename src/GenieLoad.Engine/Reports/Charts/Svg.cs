using System.Globalization;
using System.Xml.Linq;

namespace GenieLoad.Engine.Reports.Charts;

/// <summary>Elements of a graphic. Colours and fonts are classes of the style sheet: it knows light, dark and paper.</summary>
internal static class Svg
{
    /// <summary>An element with attributes.</summary>
    public static XElement Element(string name, string cssClass, params (string Name, double Value)[] numbers) => new(
        name, new XAttribute("class", cssClass), numbers.Select(number => new XAttribute(number.Name, Number(number.Value))));

    /// <summary>A text.</summary>
    public static XElement Text(string cssClass, double x, double y, string text, string anchor = "start") => new(
        "text", new XAttribute("class", cssClass), new XAttribute("x", Number(x)), new XAttribute("y", Number(y)),
        new XAttribute("text-anchor", anchor), text);

    /// <summary>A line through points.</summary>
    public static XElement Path(string cssClass, IEnumerable<(double X, double Y)> points, bool closed = false) => Path(
        cssClass, "M" + string.Join('L', points.Select(point => $"{Number(point.X)} {Number(point.Y)}")) + (closed ? "Z" : ""));

    /// <summary>A path.</summary>
    public static XElement Path(string cssClass, string path) => new("path", new XAttribute("class", cssClass), new XAttribute("d", path));

    /// <summary>The element with a text that shows when a pointer rests on it.</summary>
    public static XElement Hint(XElement element, string hint)
    {
        element.Add(new XElement("title", hint));
        return element;
    }

    /// <summary>A coordinate: tenths of a pixel are enough.</summary>
    public static string Number(double value) => (Math.Round(value, 1) + 0.0).ToString("0.#", CultureInfo.InvariantCulture);
}
