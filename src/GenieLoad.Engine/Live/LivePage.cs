using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Xml.Linq;
using GenieLoad.Engine.Reports;
using GenieLoad.Engine.Reports.Html;
using GenieLoad.Model;
using static GenieLoad.Engine.Reports.Html.Markup;

namespace GenieLoad.Engine.Live;

/// <summary>The page of a run at one moment: that of its report, in pieces that know when they last changed.</summary>
internal sealed class LivePage
{
    // In a stream of events nothing is markup until the script has parsed it as JSON.
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly IReadOnlyList<XElement> _content;
    private readonly IReadOnlyList<Piece> _pieces;

    private LivePage(int version, string title, string said, bool isOver, IReadOnlyList<XElement> content, IReadOnlyList<Piece> pieces)
    {
        Version = version;
        Title = title;
        Said = said;
        IsOver = isOver;
        _content = content;
        _pieces = pieces;
    }

    /// <summary>Counts the pages that differed.</summary>
    public int Version { get; }

    /// <summary>Title of the page.</summary>
    public string Title { get; }

    /// <summary>What a screen reader says when it changes: seldom, as it interrupts.</summary>
    public string Said { get; }

    /// <summary>Whether the test has ended.</summary>
    public bool IsOver { get; }

    /// <summary>The page before there is a run.</summary>
    public static LivePage Waiting(string headline, string reason) => After(null, headline, headline, false,
    [
        Element("header",
            Element("h1", headline), Styled("div", "verdict none", Element("strong", "\u2013 Waiting"), Element("p", reason))),
        Element("main"),
        Element("footer", "Made by GenieLoad."),
    ]);

    /// <summary>The page of a run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="before">The page before it.</param>
    public static LivePage Of(LoadRun run, LivePage? before)
    {
        (string title, IReadOnlyList<XElement> content) = RunPage.Of(run, new ReportOptions());
        bool isOver = run.State != RunState.Running;
        int tenths = run.QuestionCount == 0 ? 0 : 10 * run.EndedCount / run.QuestionCount;
        string said = isOver ? $"The test has ended. {title}" : $"The test is running. {10 * tenths} % of its questions have ended.";
        return After(before, ReportText.OneLine(title, 150), ReportText.OneLine(said, 200), isOver, content);
    }

    /// <summary>Writes the whole page.</summary>
    public byte[] ToBytes()
    {
        using MemoryStream stream = new();
        ReportPage.Write(
            Title,
            [
                Element("p",
                    Attribute("id", "live"), Attribute("class", "live on"),
                    Attribute("data-version", Version.ToString(CultureInfo.InvariantCulture)),
                    Attribute("data-over", IsOver ? "true" : "false"), "Connecting"),
                Element("p", Attribute("id", "said"), Attribute("class", "unseen"), Attribute("role", "status"), Said),
                .. _content,
            ],
            stream, LiveScript.Text);
        return stream.ToArray();
    }

    /// <summary>The event that takes a page to this one.</summary>
    /// <param name="version">Version of the page; 0 where that is not known.</param>
    public byte[] EventSince(int version)
    {
        ArrayBufferWriter<byte> buffer = new();
        buffer.Write(Encoding.ASCII.GetBytes(FormattableString.Invariant($"id: {Version}\nevent: update\ndata: ")));
        using (Utf8JsonWriter json = new(buffer, Compact))
        {
            json.WriteStartObject();
            json.WriteString("title", Title);
            json.WriteString("said", Said);
            json.WriteBoolean("over", IsOver);
            json.WriteStartArray("keys");
            foreach (Piece piece in _pieces.Where(piece => piece.IsSection))
                json.WriteStringValue(piece.Key);
            json.WriteEndArray();
            json.WriteString("html", HtmlSince(version));
            json.WriteEndObject();
        }
        buffer.Write("\n\n"u8);
        return buffer.WrittenSpan.ToArray();
    }

    private string HtmlSince(int version)
    {
        string Changed(Func<Piece, bool> wanted) =>
            string.Concat(_pieces.Where(piece => wanted(piece) && piece.ChangedAt > version).Select(piece => piece.Html));
        return $"{Changed(piece => piece.Key == "header")}<main>{Changed(piece => piece.IsSection)}</main>"
            + Changed(piece => piece.Key == "footer");
    }

    /// <returns>The page that follows another; the other itself where nothing differs.</returns>
    private static LivePage After(LivePage? before, string title, string said, bool isOver, IReadOnlyList<XElement> content)
    {
        int version = (before?.Version ?? 0) + 1;
        Dictionary<string, Piece> known = before?._pieces.ToDictionary(piece => piece.Key) ?? [];
        Piece[] pieces =
        [
            .. content.SelectMany(element => element.Name.LocalName == "main" ? element.Elements() : [element]).Select(element =>
            {
                string name = element.Name.LocalName;
                string key = name == "section" ? element.Attribute("aria-labelledby")!.Value : name;
                string html = HtmlWriter.Fragment(element);
                return known.TryGetValue(key, out Piece? old) && old.Html == html ? old : new Piece(key, html, version, name == "section");
            }),
        ];
        bool isSame = before is not null && before.Title == title && before.Said == said && before.IsOver == isOver
            && pieces.SequenceEqual(before._pieces);
        return isSame ? before! : new LivePage(version, title, said, isOver, content, pieces);
    }

    /// <summary>A piece of the page that is replaced as a whole, and the version in which it last changed.</summary>
    private sealed record Piece(string Key, string Html, int ChangedAt, bool IsSection);
}
