using System.Globalization;
using System.Xml.Linq;

namespace GenieLoad.Engine.Reports.Html;

/// <summary>
/// Writes a tree of elements as HTML. Every text and every attribute goes through here, and is encoded: there is no other way into a page.
/// </summary>
internal static class HtmlWriter
{
    private static readonly HashSet<string> Void = ["br", "col", "hr", "img", "link", "meta"];

    private static readonly HashSet<string> OnLinesOfTheirOwn =
    [
        "head", "meta", "title", "style", "script", "body", "header", "main", "footer", "section", "figure", "figcaption", "details",
        "table", "thead", "tbody",
        "tr", "dl", "div", "p", "h1", "h2", "h3", "svg", "g", "ul", "li",
    ];

    /// <summary>Writes a whole page.</summary>
    /// <param name="html">The page.</param>
    /// <param name="writer">Where to.</param>
    /// <param name="script">The only script that may be in it; none without it.</param>
    public static void WritePage(XElement html, TextWriter writer, string? script = null)
    {
        writer.Write("<!DOCTYPE html>");
        Write(html, writer, script, isGraphic: false);
        writer.Write('\n');
    }

    /// <summary>An element of a page by itself, without any script.</summary>
    public static string Fragment(XElement element)
    {
        using StringWriter writer = new(CultureInfo.InvariantCulture);
        Write(element, writer, null, isGraphic: false);
        return writer.ToString();
    }

    private static void Write(XElement element, TextWriter writer, string? script, bool isGraphic)
    {
        string name = element.Name.LocalName;
        isGraphic |= name == "svg";
        if (OnLinesOfTheirOwn.Contains(name))
            writer.Write('\n');
        writer.Write('<');
        writer.Write(name);
        foreach (XAttribute attribute in element.Attributes())
        {
            writer.Write(' ');
            writer.Write(attribute.Name.LocalName);
            writer.Write("=\"");
            WriteEncoded(attribute.Value, writer);
            writer.Write('"');
        }

        if (isGraphic && element.IsEmpty)
        {
            writer.Write("/>");
            return;
        }

        writer.Write('>');
        if (Void.Contains(name))
            return;
        foreach (XNode node in element.Nodes())
        {
            if (node is XElement child)
                Write(child, writer, script, isGraphic);
            else if (node is XText text)
                WriteText(name, text.Value, writer, script);
        }

        writer.Write("</");
        writer.Write(name);
        writer.Write('>');
    }

    private static void WriteText(string parent, string text, TextWriter writer, string? script)
    {
        if (parent is not ("style" or "script"))
        {
            WriteEncoded(text, writer);
            return;
        }

        // A browser reads no entities here: only our own style sheet and script may be inside.
        if (text != (parent == "style" ? StyleSheet.Text : script))
            throw new InvalidOperationException($"A {parent} element holds a text of ours and nothing else.");
        writer.Write(text);
    }

    private static void WriteEncoded(string text, TextWriter writer)
    {
        foreach (char c in ReportText.Printable(text))
        {
            switch (c)
            {
                case '&':
                    writer.Write("&amp;");
                    break;
                case '<':
                    writer.Write("&lt;");
                    break;
                case '>':
                    writer.Write("&gt;");
                    break;
                case '"':
                    writer.Write("&quot;");
                    break;
                case '\'':
                    writer.Write("&#39;");
                    break;
                case '\r':
                    break;
                default:
                    writer.Write(c);
                    break;
            }
        }
    }
}
