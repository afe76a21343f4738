using System.Xml.Linq;

namespace GenieLoad.Engine.Reports.Html;

/// <summary>
/// Elements of a page. Content is strings, numbers in strings, elements, attributes, or lists of these; absent content is left out.
/// </summary>
internal static class Markup
{
    /// <summary>An element.</summary>
    public static XElement Element(string name, params object?[] content) => new(name, content);

    /// <summary>An element with a class of the style sheet.</summary>
    public static XElement Styled(string name, string cssClass, params object?[] content) =>
        new(name, Attribute("class", cssClass), content);

    /// <summary>An attribute.</summary>
    public static XAttribute Attribute(string name, string value) => new(name, value);

    // No word of a language that reports are written in is longer, nor the name of a figure.
    private const int LongestWord = 32;

    /// <summary>
    /// A text of others, kept apart from the direction in which its surroundings are written. Only what is too long for a word may be
    /// broken within.
    /// </summary>
    public static XElement Foreign(string? text, int most)
    {
        string shown = ReportText.Cut(ReportText.Printable(text), most);
        return LongestPiece(shown) > LongestWord ? Styled("bdi", "endless", shown) : Element("bdi", shown);
    }

    /// <summary>A table of cells that are texts or elements; columns whose name ends in a colon hold numbers.</summary>
    public static XElement Table(string caption, IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<object?>> rows) =>
        Table("scroll", caption, columns, rows, []);

    /// <summary>
    /// A table whose rows a phone shows as blocks, each cell with the name of its column, some of them over the whole width.
    /// </summary>
    public static XElement StackedTable(
        string caption, IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<object?>> rows, params int[] main) =>
        Table("scroll stack", caption, columns, rows, main);

    /// <summary>Something to be opened: what stands behind a chart.</summary>
    public static XElement Details(object summary, params object?[] content) => Element("details", Element("summary", summary), content);

    /// <summary>Names and values.</summary>
    public static XElement Facts(IEnumerable<(string Name, object? Value)> facts) => Styled(
        "dl", "facts", facts.Where(fact => fact.Value is not null)
            .Select(fact => Element(
                "div", Breadth(fact.Value!) is { } breadth ? Attribute("class", breadth) : null,
                Element("dt", fact.Name), Element("dd", fact.Value))));

    /// <summary>What does not fit into one column without a break within, such as an address or a hash, gets more of them.</summary>
    private static string? Breadth(object value) => LongestPiece(value as string ?? ((XElement)value).Value) switch
    {
        <= 18 => null,
        <= 48 => "broad",
        _ => "broadest",
    };

    /// <summary>Characters of the longest piece between places at which a line may break.</summary>
    private static int LongestPiece(string text) => text.Split(' ', '\t', '\n', '-').Max(piece => piece.Length);

    private static XElement Table(
        string cssClass, string caption, IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<object?>> rows, int[] main) => Styled(
        "div", cssClass,
        Attribute("tabindex", "0"), Attribute("role", "region"), Attribute("aria-label", caption),
        Element("table",
            Styled("caption", "unseen", caption),
            Element("thead", Element("tr", columns.Select(column =>
                IsNumber(column)
                    ? Styled("th", "number", Attribute("scope", "col"), column[..^1]) : Element("th", Attribute("scope", "col"), column)))),
            Element("tbody", rows.Select(cells => Element("tr", cells.Select((cell, i) => Element(
                "td",
                IsNumber(columns[i]) ? Attribute("class", "number") : main.Contains(i) ? Attribute("class", "main") : null,
                main.Length == 0 || main.Contains(i) ? null : Attribute("data-label", columns[i].TrimEnd(':')),
                cell)))))));

    private static bool IsNumber(string column) => column.EndsWith(':');
}
