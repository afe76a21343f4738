using System.Security.Cryptography;
using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using GenieLoad.Engine.Reports;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Reports.Html;

/// <summary>A page as a strict HTML5 parser reads it, and what every page of ours must be.</summary>
internal sealed class ParsedPage
{
    // Everything that could run, load or lead away, and everything that style could come in by.
    private static readonly string[] Forbidden = [
        "script", "link", "img", "image", "iframe", "object", "embed", "form", "a", "use", "base", "foreignObject"];

    private ParsedPage(byte[] bytes)
    {
        Length = bytes.Length;
        Source = Encoding.UTF8.GetString(bytes);
        Document = new HtmlParser(new HtmlParserOptions { IsStrictMode = true, IsEmbedded = false }).ParseDocument(Source);
    }

    public int Length { get; }

    public string Source { get; }

    public IDocument Document { get; }

    public IEnumerable<string> ElementNames => Document.All.Select(element => element.LocalName);

    public static ParsedPage Of(params RunComparison[] comparisons)
    {
        using MemoryStream stream = new();
        HtmlReport.Write(comparisons, stream);
        return new ParsedPage(stream.ToArray());
    }

    public static ParsedPage Of(SpaceCapacity capacity)
    {
        using MemoryStream stream = new();
        HtmlReport.Write(capacity, stream);
        return new ParsedPage(stream.ToArray());
    }

    public static ParsedPage Of(LoadRun run, params string[] thresholds)
    {
        using MemoryStream stream = new();
        HtmlReport.Write(run, stream, new ReportOptions { Thresholds = thresholds });
        return new ParsedPage(stream.ToArray());
    }

    /// <summary>The text of the only element, blanks made one.</summary>
    public string Text(string selector) => Plain(Assert.Single(Document.QuerySelectorAll(selector)));

    /// <summary>The rows of the table with a caption, cell by cell.</summary>
    public string[][] Table(string caption) =>
    [
        .. Document.QuerySelectorAll("table")
            .Single(table => Plain(table.QuerySelector("caption")!).StartsWith(caption, StringComparison.Ordinal))
            .QuerySelectorAll("tbody tr").Select(row => row.Children.Select(Plain).ToArray()),
    ];

    /// <summary>What holds for every page: it is sound, it needs nothing, nothing can get in, and it can be read without eyes.</summary>
    public void MustBeSound()
    {
        string[] ids = [.. Document.All.Where(element => !string.IsNullOrEmpty(element.Id)).Select(element => element.Id!)];
        Assert.Equal(ids.Distinct(), ids);
        Assert.DoesNotContain(Document.All, element => Forbidden.Contains(element.LocalName, StringComparer.OrdinalIgnoreCase));
        Assert.DoesNotContain(Document.All.SelectMany(element => element.Attributes), attribute =>
            attribute.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase)
                || attribute.Name is "style" or "href" or "src" or "xlink:href");
        Assert.DoesNotContain("url(", Source, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("@import", Source, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("en", Document.DocumentElement.GetAttribute("lang"));
        Assert.False(string.IsNullOrWhiteSpace(Document.Title));

        IElement style = Assert.Single(Document.QuerySelectorAll("style"));
        string hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style.TextContent)));
        Assert.Equal(
            $"default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'",
            Document.QuerySelector("meta[http-equiv=Content-Security-Policy]")!.GetAttribute("content"));

        int[] levels = [.. Document.QuerySelectorAll("h1, h2, h3, h4").Select(heading => heading.LocalName[1] - '0')];
        Assert.Equal(1, levels[0]);
        Assert.Equal(1, levels.Count(level => level == 1));
        Assert.All(levels.Zip(levels.Skip(1)), pair => Assert.True(pair.Second <= pair.First + 1, "a heading leaves out a level"));
        foreach (IElement named in Document.All.Where(
            element => element.HasAttribute("aria-labelledby") || element.HasAttribute("aria-describedby")))
        {
            string?[] names = [named.GetAttribute("aria-labelledby"), named.GetAttribute("aria-describedby")];
            Assert.All(names.OfType<string>(), id => Assert.False(string.IsNullOrWhiteSpace(Document.GetElementById(id)?.TextContent)));
        }

        foreach (IElement graphic in Document.QuerySelectorAll("svg"))
        {
            Assert.True(
                graphic.GetAttribute("aria-hidden") == "true"
                    || (graphic.GetAttribute("role") == "img" && graphic.HasAttribute("aria-labelledby")),
                "a graphic without a name");
            Assert.NotNull(graphic.GetAttribute("viewBox"));
        }

        Assert.All(Document.QuerySelectorAll("figure"), figure => Assert.NotNull(figure.QuerySelector("details table")));
        foreach (IElement table in Document.QuerySelectorAll("table"))
        {
            int columns = table.QuerySelectorAll("thead th[scope=col]").Length;
            Assert.All(table.QuerySelectorAll("tbody tr"), row => Assert.Equal(columns, row.Children.Length));
        }

        Assert.DoesNotContain("NaN", Source, StringComparison.Ordinal);
        Assert.DoesNotContain("Infinity", Source, StringComparison.Ordinal);
    }

    private static string Plain(IElement element) =>
        string.Join(' ', element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
