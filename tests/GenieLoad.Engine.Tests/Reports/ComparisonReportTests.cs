using System.Text;
using AngleSharp.Dom;
using GenieLoad.Engine.Reports;
using GenieLoad.Engine.Reports.Markdown;
using GenieLoad.Engine.Tests.Reports.Html;
using GenieLoad.Engine.Tests.Runs;
using GenieLoad.Engine.Tests.Verdicts;
using GenieLoad.Engine.Verdicts;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Reports;

public sealed class ComparisonReportTests
{
    private static readonly ComparisonOptions Quick = new() { MaximumResampleCount = 300 };

    private static readonly RunComparison Slower =
        RunComparer.Compare(SyntheticRun.Draw(1, 100), SyntheticRun.Draw(2, 100, factor: 1.5), Quick);

    private static readonly RunComparison Few = RunComparer.Compare(SyntheticRun.Draw(1, 100), SyntheticRun.Draw(3, 12), Quick);

    private static string Markdown(params RunComparison[] comparisons)
    {
        using MemoryStream stream = new();
        ComparisonMarkdown.Write(comparisons, stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    [Fact]
    public void The_text_steers_no_terminal_and_keeps_its_columns_whatever_a_question_holds()
    {
        var question = new ComparisonRow
        {
            Figure = "Median", QuestionId = "q", Question = "a\nb\u009b2J\u202e", Verdict = ChangeVerdict.NotEnoughData,
            Unit = "s", Method = "",
            ReferenceCount = 1, DifferenceCount = 1, ReferenceValue = 1.5,
        };
        var hostile = new RunComparison
        {
            Verdict = ChangeVerdict.NotEnoughData, ReferenceRunId = "r", DifferenceRunId = "x\u001b[2J", ReferenceStartedAt = default,
            DifferenceStartedAt = default, TolerancePercent = 5, TolerancePoints = 1, IsPaired = false, SharedQuestionCount = 0,
            ResampleCount = 0,
            Warnings = new RowList<string>([]), Rows = new RowList<ComparisonRow>([]), Questions = new RowList<ComparisonRow>([question]),
        };

        string[] lines = ComparisonText.Write(hostile).Split('\n');

        Assert.DoesNotContain(lines, line => line.Any(char.IsControl) || line.Contains('\u202e'));
        string changed = Assert.Single(lines, line => line.StartsWith("q a b\u27E8U+009B\u27E92J", StringComparison.Ordinal));
        string header = Assert.Single(lines, line => line.StartsWith("Median per question", StringComparison.Ordinal));
        Assert.Equal(header.IndexOf("Before", StringComparison.Ordinal) + "Before".Length,
            changed.IndexOf(" s", StringComparison.Ordinal) + " s".Length);
    }

    [Fact]
    public void The_text_keeps_within_60_columns_and_cuts_no_figure()
    {
        string[] lines = ComparisonText.Write(Slower).Split('\n');

        Assert.All(lines, line => Assert.InRange(line.Length, 0, 60));
        Assert.StartsWith("\u2715 Worse", lines[0], StringComparison.Ordinal);
        Assert.All(Slower.Rows, row => Assert.Contains(
            lines, line => line.StartsWith(row.Figure.Replace("Seconds", "", StringComparison.Ordinal) + " ", StringComparison.Ordinal)));
        Assert.Contains("question by question", lines[4], StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_of_one_or_of_several_comparisons_is_sound()
    {
        ParsedPage.Of(Slower).MustBeSound();
        ParsedPage.Of(Slower, Few).MustBeSound();
    }

    [Fact]
    public void A_comparison_without_any_answer_is_a_page_too()
    {
        LoadRun none = SampleRun.Summarize(2, SampleRun.Failure(1, Outcome.Failed, "X"));
        ParsedPage page = ParsedPage.Of(RunComparer.Compare(SyntheticRun.Draw(1, 20), none, Quick));

        page.MustBeSound();
        Assert.Equal("? Not enough data", page.Text(".verdict strong"));
    }

    [Fact]
    public void The_page_shows_verdict_values_change_and_interval()
    {
        ParsedPage page = ParsedPage.Of(Slower);

        Assert.Equal("✕ Worse", page.Text(".verdict.worse strong"));
        ComparisonRow median = Slower.Rows[0];
        string[] row = page.Table("All figures")[0];
        Assert.Equal("P50ResponseSeconds", row[0]);
        Assert.StartsWith(
            FormattableString.Invariant($"{median.ReferenceValue:0.00} s {median.ReferenceLower:0.00}–"), row[1], StringComparison.Ordinal);
        Assert.Equal(FormattableString.Invariant($"+{median.ChangePercent:0.0} %*"), row[3]);
        Assert.Contains("* typical change, same questions", page.Document.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal("✕ Worse", row[6]);
        Assert.Equal(10, page.Table("Questions, the largest change first").Length);
    }

    [Fact]
    public void Every_change_of_a_time_is_drawn_with_its_interval_and_both_runs_have_a_curve()
    {
        IDocument document = ParsedPage.Of(Slower).Document;

        int times = Slower.Rows.Count(row => row.ChangePercent is not null);
        Assert.Equal(times, document.QuerySelectorAll("svg.wide[aria-labelledby^=c1-changes] :is(circle, .beyond)").Length);
        Assert.Equal(10, document.QuerySelectorAll("svg.wide[aria-labelledby^=c1-questions] circle").Length);
        Assert.NotNull(document.QuerySelector("svg.wide[aria-labelledby^=c1-curves] .line.before:not(.weak)"));
        Assert.NotNull(document.QuerySelector("svg.wide[aria-labelledby^=c1-curves] .band.after"));
    }

    [Fact]
    public void Several_comparisons_begin_with_an_overview()
    {
        string[][] rows = ParsedPage.Of(Slower, Few).Table("Overview");

        Assert.Equal([Slower.DifferenceRunId, Few.DifferenceRunId], rows.Select(row => row[0]));
        Assert.Equal(["✕ Worse", "? Not enough data"], rows.Select(row => row[4]));
    }

    [Fact]
    public void Percentiles_of_a_comparison_are_those_of_its_runs()
    {
        LoadRun before = SyntheticRun.Draw(1, 100);

        Assert.Equal(99, Slower.ResponsePercentiles.Count);
        PercentilePair p90 = Slower.ResponsePercentiles[89];
        PercentileFigure expected = before.Percentiles.Single(figure => figure is { Measure: "Response", Percentile: 90 });
        Assert.Equal((expected.Seconds, expected.LowerSeconds, expected.UpperSeconds), (
            p90.ReferenceSeconds, p90.ReferenceLower, p90.ReferenceUpper));
        Assert.Null(Slower.ResponsePercentiles[98].DifferenceLower);
    }

    [Fact]
    public void Hostile_questions_change_nothing_but_texts()
    {
        RunComparison Of(string text) => RunComparer.Compare(
            SyntheticRun.Draw(1, 30, questionPrefix: text), SyntheticRun.Draw(2, 30, questionPrefix: text), Quick);

        ParsedPage hostile = ParsedPage.Of(Of(ReportRun.Hostile));

        hostile.MustBeSound();
        Assert.Equal(ParsedPage.Of(Of("What")).ElementNames, hostile.ElementNames);
        Assert.DoesNotContain("<script", Markdown(Of(ReportRun.Hostile)), StringComparison.Ordinal);
    }

    [Fact]
    public void Markdown_has_the_verdict_first_then_what_changed()
    {
        string markdown = Markdown(Slower, Few);

        Assert.StartsWith(
            $"## ❌ Worse: {Slower.DifferenceRunId}\n\nagainst {Slower.ReferenceRunId} of ", markdown, StringComparison.Ordinal);
        Assert.Contains("| P50ResponseSeconds | ", markdown, StringComparison.Ordinal);
        Assert.Contains("&lt;0.001 | ❌ worse |", markdown, StringComparison.Ordinal);
        Assert.Contains("\\* typical change, same questions: not the difference of the two columns.", markdown, StringComparison.Ordinal);
        Assert.Contains($"## ❔ Not enough data: {Few.DifferenceRunId}", markdown, StringComparison.Ordinal);
    }

    [Fact]
    public void A_comparison_is_no_spreadsheet()
    {
        GenieLoadException error = Assert.Throws<GenieLoadException>(
            () => ComparisonExport.Write([Slower], "compare.csv", overwrite: false));

        Assert.Equal("UnknownExportFormat", error.ErrorId);
        Assert.Contains(".html, .md", error.Recommendation, StringComparison.Ordinal);
    }
}
