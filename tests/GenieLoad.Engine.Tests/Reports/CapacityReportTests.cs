using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using AngleSharp.Dom;
using GenieLoad.Engine.Reports;
using GenieLoad.Engine.Reports.Markdown;
using GenieLoad.Engine.Tests.Reports.Html;
using GenieLoad.Engine.Tests.Runs;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Reports;

public sealed class CapacityReportTests : IDisposable
{
    private readonly TemporaryFolder _temporary = new();

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void Its_pages_are_sound_with_and_without_a_curve_or_probes()
    {
        SpaceCapacity[] capacities =
        [
            SampleCapacity.Measured, SampleCapacity.Predicted(), SampleCapacity.Predicted(1), SampleCapacity.Predicted(null),
            SampleCapacity.Predicted() with { PeoplePredicted = 0, Lower = 0, Upper = 0, MissShare = null, P90ResponseSeconds = null },
            SampleCapacity.Open, SampleCapacity.Hostile, Found(null, null, SampleCapacity.Probe(3, Verdict.Undecided, 0, 0)),
            SampleCapacity.Measured with { Curve = new RowList<CapacityPoint>([]), AllowedMissShare = null },
        ];
        Assert.All(capacities, capacity => ParsedPage.Of(capacity).MustBeSound());
    }

    [Theory]
    [InlineData(14, 18, "✓ 14 to 17 people", "pass")]
    [InlineData(14, 15, "✓ 14 people", "pass")]
    [InlineData(1, 2, "✓ 1 person", "pass")]
    [InlineData(14, null, "✓ 14 people or more", "pass")]
    [InlineData(null, 1, "✕ Not even one person", "fail")]
    [InlineData(null, 5, "? Fewer than 5 people", "undecided")]
    [InlineData(14, 12, "? Contradictory", "undecided")]
    [InlineData(null, null, "? Not decided", "undecided")]
    public void Probes_make_a_bracket_and_the_headline_says_it(int? people, int? failed, string headline, string css)
    {
        SpaceCapacity capacity = Found(people, failed, [.. SampleCapacity.Measured.Probes]);

        Assert.Equal(headline, ParsedPage.Of(capacity).Text($".verdict.{css} strong"));
        Assert.Contains(headline[2..], Markdown(capacity).Split('\n')[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(14, "≈ 14 people, predicted")]
    [InlineData(0, "✕ Not even one person")]
    [InlineData(null, "– No limit found")]
    public void A_prediction_is_called_one(int? people, string headline)
    {
        ParsedPage page = ParsedPage.Of(SampleCapacity.Predicted() with { PeoplePredicted = people });

        Assert.Equal(headline, page.Text(".verdict strong"));
        Assert.Contains("no probe has tested it", page.Text(".verdict p"), StringComparison.Ordinal);
    }

    [Fact]
    public void An_open_model_has_questions_a_minute_and_no_people()
    {
        ParsedPage page = ParsedPage.Of(SampleCapacity.Open);

        Assert.Equal("≈ 3.45 questions/min, predicted", page.Text(".verdict strong"));
        Assert.Contains("3.45, 5 to 95 %: 3.3 to 3.6, 69 % of the limit", page.Document.Body!.TextContent, StringComparison.Ordinal);
        Assert.Empty(page.Document.QuerySelectorAll("figure, .card"));
        Assert.DoesNotContain("people", page.Text(".verdict p"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_chart_has_curve_band_allowance_and_a_mark_of_its_own_shape_for_each_verdict()
    {
        IDocument document = ParsedPage.Of(SampleCapacity.Measured).Document;
        IElement chart = document.QuerySelector("svg.wide")!;

        Assert.NotNull(chart.QuerySelector("path.line"));
        Assert.NotNull(chart.QuerySelector("path.band"));
        Assert.NotNull(chart.QuerySelector("rect.bracket"));
        string[] texts = [.. chart.QuerySelectorAll("text").Select(text => text.TextContent)];
        Assert.Empty(((string[])["10 % allowed", "14 predicted", "people", "share of misses"]).Except(texts));
        string[] kinds = ["pass", "fail", "undecided"];
        IElement[] marks = [.. kinds.Select(kind => Assert.Single(chart.QuerySelectorAll($"path.point.{kind}")))];
        Assert.Equal(3, marks.Select(mark => Steps(mark.GetAttribute("d")!)).Distinct().Count());
        Assert.Equal(
            "18 people: 11 of 34 answers missed, 32.4 % (95 %: 17.4–50.5 %), fail", marks[1].QuerySelector("title")!.TextContent);
        Assert.Contains("18 people 32.4 %, fail", chart.QuerySelector("desc")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(6, document.QuerySelectorAll(".legend li").Length);
    }

    [Theory]
    [InlineData(2, 0.1)]
    [InlineData(14, 0.1)]
    [InlineData(71, 0.1)]
    [InlineData(14, 0.07)]
    public void The_curve_is_drawn_up_to_the_frame_and_no_further(int people, double allowed)
    {
        IElement chart = ParsedPage.Of(SampleCapacity.Predicted(people) with { AllowedMissShare = allowed })
            .Document.QuerySelector("svg.wide")!;

        (double X, double Y)[] line = Points(chart.QuerySelector("path.line")!);
        // The frame ends at five times what is allowed or the next round number, 26 px below the upper edge.
        Assert.InRange(line.Min(point => point.Y), 26, 45);
        Assert.InRange(line.Count(point => point.Y < 26.1), 0, 1);
        Assert.All(line, point => Assert.InRange(point.X, 46, 866));
        Assert.Equal(line.Select(point => point.Y).OrderDescending(), line.Select(point => point.Y));
        Assert.Equal(26, Points(chart.QuerySelector("path.band")!).Min(point => point.Y), 0.1);
    }

    [Fact]
    public void A_probe_far_above_what_is_allowed_is_still_drawn()
    {
        SpaceCapacity capacity = Found(null, 60, SampleCapacity.Probe(60, Verdict.Fail, 20, 19));

        IElement mark = ParsedPage.Of(capacity).Document.QuerySelector("svg.wide path.point.fail")!;

        Assert.InRange(Points(mark)[0].Y, 27, 60);
        Assert.InRange(Points(mark)[0].X, 500, 850);
    }

    [Fact]
    public void Probes_and_what_it_rests_on_are_in_page_and_summary()
    {
        ParsedPage page = ParsedPage.Of(SampleCapacity.Measured);
        string[][] rows = page.Table("Probes");

        Assert.Equal(["✓ Pass", "14", "3 of 66", "4.5 %", "0.9–12.7 %", "80", "16 min 30 s"], rows[0][..7]);
        Assert.StartsWith("3 of 66 answers missed", rows[0][7], StringComparison.Ordinal);
        Assert.Contains("20261128-130000-probe-0014", rows[0][7], StringComparison.Ordinal);
        SpaceCapacity capacity = SampleCapacity.Measured;
        foreach (string text in (string[])[capacity.Reason, capacity.Confidence!, "the rate limit", "55 min 18 s"])
        {
            Assert.Contains(text, page.Document.Body!.TextContent, StringComparison.Ordinal);
            Assert.Contains(
                text.Replace("<", "&lt;", StringComparison.Ordinal), Markdown(capacity), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Texts_of_others_become_no_markup_anywhere()
    {
        string markdown = Markdown(SampleCapacity.Hostile);
        Assert.DoesNotContain("<script", markdown, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img", markdown, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(markdown, c => char.IsControl(c) && c != '\n');
        Assert.DoesNotContain(
            JUnit(SampleCapacity.Hostile).DescendantNodes().OfType<XText>(), text => text.Value.Any(c => char.IsControl(c) && c != '\n'));

        SpaceCapacity formula = Found(null, null, SampleCapacity.Probe(3, Verdict.Undecided, 5, 1) with { Reason = "=1+1" });
        Assert.Contains("'=1+1", Written(formula, "probes.csv"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(14, 18, null)]
    [InlineData(14, null, null)]
    [InlineData(null, 1, "failure")]
    [InlineData(null, 5, "skipped")]
    [InlineData(null, null, "skipped")]
    public void A_build_fails_where_nobody_meets_the_level_and_passes_where_somebody_does(int? people, int? failed, string? element)
    {
        XElement root = JUnit(Found(people, failed, [.. SampleCapacity.Measured.Probes]));

        XElement one = root.Descendants("testcase").First();
        Assert.Equal($"People meet {SampleCapacity.Slo}", one.Attribute("name")!.Value);
        Assert.Equal(element, one.Elements().Select(part => part.Name.LocalName).FirstOrDefault(name => name != "system-out"));
        Assert.Contains("18 people: Fail (11 of 34 missed)", one.Element("system-out")!.Value, StringComparison.Ordinal);
        Assert.Equal(element == "failure" ? "1" : "0", root.Attribute("failures")!.Value);
    }

    [Fact]
    public void A_predicted_level_that_nobody_meets_fails_a_build_too()
    {
        Assert.NotNull(JUnit(SampleCapacity.Predicted() with { PeoplePredicted = 0 }).Descendants("failure").SingleOrDefault());
        Assert.DoesNotContain(JUnit(SampleCapacity.Predicted()).Descendants("testcase").Elements(), part => part.Name != "system-out");
        Assert.Equal($"Questions meet {SampleCapacity.Slo}",
            Assert.Single(JUnit(SampleCapacity.Open).Descendants("testcase")).Attribute("name")!.Value);
    }

    [Theory]
    [InlineData(14, 18, false)]
    [InlineData(12, 13, true)]
    [InlineData(16, 18, true)]
    [InlineData(null, 14, false)]
    public void A_prediction_that_the_probes_contradict_is_a_skipped_case(int? people, int? failed, bool isSkipped)
    {
        XElement agreement = JUnit(Found(people, failed, [.. SampleCapacity.Measured.Probes])).Descendants("testcase").Last();

        Assert.Equal("The probes agree with the prediction", agreement.Attribute("name")!.Value);
        Assert.Equal(isSkipped, agreement.Element("skipped") is not null);
    }

    [Fact]
    public void Rows_and_json_hold_everything()
    {
        string[] rows = Written(SampleCapacity.Measured, "probes.csv").TrimEnd().Split('\n');
        Assert.StartsWith("People,Verdict,Answers,Misses,MissShare,", rows[0].TrimStart('\uFEFF'), StringComparison.Ordinal);
        Assert.StartsWith("14,Pass,66,3,0.0454", rows[1], StringComparison.Ordinal);
        Assert.Equal(4, rows.Length);

        JsonElement json = JsonDocument.Parse(Written(SampleCapacity.Measured, "all.json")).RootElement;
        Assert.Equal((14, 18), (json.GetProperty("people").GetInt32(), json.GetProperty("peopleFailed").GetInt32()));
        Assert.Equal(28, json.GetProperty("curve").GetArrayLength());
        Assert.Equal("Undecided", json.GetProperty("probes")[2].GetProperty("verdict").GetString());
    }

    [Theory]
    [InlineData("a.xlsx", "UnknownExportFormat")]
    [InlineData("a.jsonl", "UnknownExportFormat")]
    [InlineData("there.md", "FileExists")]
    [InlineData("a.csv", "NoProbes")]
    [InlineData("none/a.html", "FolderNotFound")]
    public void What_cannot_be_written_is_refused_and_nothing_is_written(string name, string errorId)
    {
        File.WriteAllText(_temporary.File("there.md"), "mine");

        Assert.All((Action<SpaceCapacity, string, bool>[])[CapacityExport.Check, CapacityExport.Write], refuse => Assert.Equal(
            errorId,
            Assert.Throws<GenieLoadException>(() => refuse(SampleCapacity.Predicted(), _temporary.File(name), false)).ErrorId));
        Assert.Equal("mine", File.ReadAllText(_temporary.File("there.md")));
        Assert.Single(Directory.GetFiles(_temporary.Path));
    }

    private static SpaceCapacity Found(int? people, int? failed, params CapacityProbe[] probes) => SampleCapacity.Measured with
    {
        People = people, PeopleFailed = failed, Probes = new RowList<CapacityProbe>(probes),
    };

    private static string Markdown(SpaceCapacity capacity)
    {
        using MemoryStream stream = new();
        CapacityMarkdown.Write(capacity, stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static XElement JUnit(SpaceCapacity capacity)
    {
        using MemoryStream stream = new();
        CapacityJUnit.Write(capacity, stream);
        return JUnitReportTests.Read(stream);
    }

    private string Written(SpaceCapacity capacity, string name)
    {
        CapacityExport.Write(capacity, _temporary.File(name), overwrite: true);
        return File.ReadAllText(_temporary.File(name));
    }

    /// <summary>A path without its numbers.</summary>
    private static string Steps(string path) => string.Concat(path.Where(char.IsLetter));

    private static (double X, double Y)[] Points(IElement path) =>
    [
        .. path.GetAttribute("d")!.Split(['M', 'L', 'Z', 'l', 'm'], StringSplitOptions.RemoveEmptyEntries)
            .Select(point => point.Split(' ')).Select(point => (Number(point[0]), Number(point[1]))),
    ];

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
