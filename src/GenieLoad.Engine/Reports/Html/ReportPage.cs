using System.Text;
using System.Xml.Linq;
using static GenieLoad.Engine.Reports.Html.Markup;

namespace GenieLoad.Engine.Reports.Html;

/// <summary>A page that needs nothing but itself: no script, no address, and a policy that allows none.</summary>
internal static class ReportPage
{
    /// <summary>Writes a page.</summary>
    public static void Write(string title, IEnumerable<object?> content, Stream stream)
    {
        XElement page = Element("html", Attribute("lang", "en"),
            Element("head",
                Element("meta", Attribute("charset", "utf-8")),
                Meta("http-equiv", "Content-Security-Policy",
                    $"default-src 'none'; style-src {StyleSheet.Source}; base-uri 'none'; form-action 'none'"),
                Meta("name", "viewport", "width=device-width, initial-scale=1"),
                Meta("name", "color-scheme", "light dark"),
                Meta("name", "referrer", "no-referrer"),
                Element("title", ReportText.OneLine(title, 150)),
                Element("style", StyleSheet.Text)),
            Element("body", content));
        using StreamWriter writer = new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
        HtmlWriter.WritePage(page, writer);
    }

    private static XElement Meta(string kind, string name, string content) =>
        Element("meta", Attribute(kind, name), Attribute("content", content));
}
