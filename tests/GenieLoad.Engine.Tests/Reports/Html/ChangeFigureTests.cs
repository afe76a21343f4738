using System.Globalization;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using GenieLoad.Engine.Reports;
using GenieLoad.Engine.Reports.Markdown;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Reports.Html;

/// <summary>The chart of changes, and how the same changes read in every report.</summary>
public sealed class ChangeFigureTests
{
    private const string Chart = "svg.wide[aria-labelledby^=c1-changes]";

    private static ComparisonRow Row(string figure, double before, double after, double? margin = null) => new()
    {
        Figure = figure, Verdict = ChangeVerdict.Worse, Unit = "s", Method = "", ReferenceCount = 100, DifferenceCount = 100,
        ReferenceValue = before, DifferenceValue = after, Shift = after - before, ChangePercent = 100 * (after - before) / before,
        ShiftLower = after - before - margin, ShiftUpper = after - before + margin,
    };

    private static RunComparison Of(params ComparisonRow[] rows) => new()
    {
        Verdict = ChangeVerdict.Worse, ReferenceRunId = "before", DifferenceRunId = "after", ReferenceStartedAt = default,
        DifferenceStartedAt = default, TolerancePercent = 5, TolerancePoints = 1, IsPaired = true, SharedQuestionCount = 1,
        ResampleCount = 1, Warnings = new RowList<string>([]), Rows = new RowList<ComparisonRow>([.. rows]),
        Questions = new RowList<ComparisonRow>([]),
    };

    private static double[] Places(IDocument page) =>
        [.. page.QuerySelectorAll($"{Chart} circle").Select(dot => double.Parse(dot.GetAttribute("cx")!, CultureInfo.InvariantCulture))];

    [Fact]
    public void A_change_out_of_all_proportion_leaves_the_others_apart_and_is_marked_at_the_edge()
    {
        RunComparison usual = Of(Row("P50ResponseSeconds", 10, 11), Row("P90ResponseSeconds", 20, 24), Row("P50ServiceSeconds", 10, 9));
        ComparisonRow[] rows = [.. usual.Rows, Row("P50WaitSeconds", 1, 3310)];
        IDocument with = ParsedPage.Of(Of(rows)).Document;
        IDocument without = ParsedPage.Of(usual).Document;

        double Spread(double[] places) => places.Max() - places.Min();
        Assert.Equal(3, Places(with).Length);
        Assert.InRange(Spread(Places(with)), 0.3 * Spread(Places(without)), double.MaxValue);
        IElement arrow = Assert.Single(with.QuerySelectorAll($"{Chart} .beyond"));
        Assert.StartsWith("P50 wait: +330\u00A0900.0 %", arrow.TextContent.Trim(), StringComparison.Ordinal);
        Assert.Empty(without.QuerySelectorAll($"{Chart} .beyond"));
    }

    [Fact]
    public void A_fall_beyond_the_axis_points_to_the_left()
    {
        // More than a whole fall is what the typical change can be against the value over all questions.
        ComparisonRow fall = Row("P50WaitSeconds", 1, -99);
        IDocument page = ParsedPage.Of(Of(Row("P50ResponseSeconds", 10, 10.1), Row("P90ResponseSeconds", 20, 20.2), fall)).Document;

        string path = Assert.Single(page.QuerySelectorAll($"{Chart} .beyond")).GetAttribute("d")!;
        double[] x =
            [.. Regex.Matches(path, @"[ML]([\d.]+) ").Select(at => double.Parse(at.Groups[1].Value, CultureInfo.InvariantCulture))];
        Assert.True(x[1] < x[0], path);
        Assert.All(Places(page), place => Assert.True(place > x[1]));
    }

    [Fact]
    public void An_interval_of_a_change_beyond_the_axis_does_not_stretch_it()
    {
        RunComparison usual = Of(Row("P50ResponseSeconds", 10, 11), Row("P90ResponseSeconds", 20, 24));
        RunComparison beyond = Of([.. usual.Rows, Row("P50WaitSeconds", 1, 3310, margin: 3000)]);

        Assert.Equal(LastMark(usual), LastMark(beyond));
        Assert.Equal("+20 %", LastMark(beyond));

        static string LastMark(RunComparison comparison) =>
            ParsedPage.Of(comparison).Document.QuerySelectorAll($"{Chart} text[text-anchor=middle]")[^1].TextContent;
    }

    [Fact]
    public void What_is_below_the_tolerance_of_the_median_changes_by_seconds_and_not_by_percent_everywhere()
    {
        // 5 % of 10 s: a wait of 0.4 s before is small, one of 0.6 s is not.
        ComparisonRow[] rows =
        [
            Row("P50ResponseSeconds", 10, 12), Row("P50WaitSeconds", 0.4, 1.9), Row("P50SubmitSeconds", 0.6, 0.9),
            Row("P50FetchSeconds", 0.001, 0.301),
        ];
        ParsedPage page = ParsedPage.Of(Of(rows));
        using MemoryStream stream = new();
        ComparisonMarkdown.Write([Of(rows)], stream);
        string markdown = System.Text.Encoding.UTF8.GetString(stream.ToArray());

        Assert.Equal(["+20.0 %", "+1.50 s", "+50.0 %", "+0.30 s"], page.Table("All figures").Select(row => row[3]));
        Assert.Equal(["P50 response", "P50 wait", "P50 submit"], Labels(page.Document));
        Assert.Contains(
            "1 part below 0.50 s before and after is in the data only.", page.Document.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("| +1.50 s |", markdown, StringComparison.Ordinal);
        string[] text = ComparisonText.Write(Of(rows)).Split('\n');
        Assert.Contains(
            "+1.50 s", Assert.Single(text, line => line.StartsWith("P50Wait", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public void The_figures_of_a_chart_are_words_and_none_is_cut()
    {
        string[] labels = Labels(ParsedPage.Of(Of(
            Row("P95ResponseWithFailuresSeconds", 10, 11), Row("P50PendingWarehouseSeconds", 10, 11), Row("P50AskingAiSeconds", 10, 11)))
            .Document);

        Assert.Equal(["P95 with failures", "P50 pending warehouse", "P50 asking AI"], labels);
    }

    [Fact]
    public void Thousands_are_parted_alike_on_axes_and_in_texts()
    {
        ParsedPage page = ParsedPage.Of(ReportRun.Of(1500, change: row => SlowBy(row, 2000)));

        Assert.Contains("1\u00A0500", page.Document.Body!.TextContent, StringComparison.Ordinal);
        // A mark of an axis, a card, a cell: any number with four digits or more before its point.
        Assert.Contains(
            "2\u00A0000", page.Document.QuerySelector("svg.wide[aria-labelledby^=latency]")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotMatch(
            @"(?<![\w.:-])\d{4,}(?![\w:-])",
            string.Join('\n', page.Document.QuerySelectorAll("svg text, .card, td.number").Select(element => element.TextContent)));
    }

    private static string[] Labels(IDocument page) =>
        [.. page.QuerySelectorAll($"{Chart} text[text-anchor=end].tick").Select(label => label.TextContent)];

    private static QuestionResult SlowBy(QuestionResult row, double seconds) => new()
    {
        Index = row.Index, QuestionId = row.QuestionId, Question = row.Question, Outcome = Outcome.Completed,
        ResponseSeconds = seconds, DurationSeconds = seconds, ServiceSeconds = seconds, PlannedAt = row.PlannedAt,
        PlannedOffsetSeconds = row.PlannedOffsetSeconds, StartedOffsetSeconds = row.StartedOffsetSeconds,
        CompletedOffsetSeconds = row.PlannedOffsetSeconds + seconds,
    };
}
