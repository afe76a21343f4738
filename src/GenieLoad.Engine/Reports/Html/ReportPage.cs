using System.Text;
using System.Xml.Linq;
using static GenieLoad.Engine.Reports.Html.Markup;

namespace GenieLoad.Engine.Reports.Html;

/// <summary>
/// A page that needs nothing but itself: no address, and a policy that allows none. Reports have no script; the page of a running test has
/// one of ours, which may ask the server that the page came from.
/// </summary>
internal static class ReportPage
{
    /// <summary>Writes a page.</summary>
    /// <param name="title">Its title.</param>
    /// <param name="content">What is in its body.</param>
    /// <param name="stream">Where to.</param>
    /// <param name="script">A script of our own, which is allowed by its hash; <see langword="null"/> for a report.</param>
    public static void Write(string title, IEnumerable<object?> content, Stream stream, string? script = null)
    {
        XElement page = Element("html", Attribute("lang", "en"),
            Element("head",
                Element("meta", Attribute("charset", "utf-8")),
                Meta("http-equiv", "Content-Security-Policy", Policy(script)),
                Meta("name", "viewport", "width=device-width, initial-scale=1"),
                Meta("name", "color-scheme", "light dark"),
                Meta("name", "referrer", "no-referrer"),
                Element("title", ReportText.OneLine(title, 150)),
                Element("style", StyleSheet.Text)),
            Element("body", content, script is null ? null : Element("script", script)));
        using StreamWriter writer = new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
        HtmlWriter.WritePage(page, writer, script);
    }

    /// <summary>What a page may do, as a content security policy.</summary>
    public static string Policy(string? script) =>
        $"default-src 'none'; style-src {StyleSheet.Source}; "
        + (script is null ? "" : $"script-src {StyleSheet.SourceOf(script)}; connect-src 'self'; ")
        + "base-uri 'none'; form-action 'none'";

    private static XElement Meta(string kind, string name, string content) =>
        Element("meta", Attribute(kind, name), Attribute("content", content));
}
