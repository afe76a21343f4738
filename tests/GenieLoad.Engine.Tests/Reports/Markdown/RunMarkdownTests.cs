using System.Text;
using GenieLoad.Engine.Reports;
using GenieLoad.Engine.Reports.Markdown;
using GenieLoad.Engine.Tests.Runs;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Reports.Markdown;

public sealed class RunMarkdownTests
{
    private static string Write(LoadRun run, params string[] thresholds)
    {
        using MemoryStream stream = new();
        RunMarkdown.Write(run, new ReportOptions { Thresholds = thresholds }, stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>The number of cells of each row of each table; an escaped pipe is no border.</summary>
    private static IEnumerable<int[]> Tables(string markdown) =>
        markdown.Split("\n\n").Where(block => block.StartsWith('|')).Select(block =>
        block.TrimEnd().Split('\n').Select(line => line.Replace("\\|", "", StringComparison.Ordinal).Count(c => c == '|') - 1).ToArray());

    [Theory]
    [InlineData("P50ResponseSeconds < 60",
        "## ✅ high\\_load\\_35q\\_30s: passed\n\n**The threshold is met.** 36 of 40 questions answered in full in ")]
    [InlineData("P50ResponseSeconds < 1", "## ❌ high\\_load\\_35q\\_30s: failed\n\n**The threshold is missed.** ")]
    [InlineData("P99ResponseSeconds < 60", "## ❔ high\\_load\\_35q\\_30s: undecided\n\n**The threshold is undecided")]
    public void The_verdict_comes_first(string threshold, string start) =>
        Assert.StartsWith(start, Write(ReportRun.Of(40), threshold), StringComparison.Ordinal);

    [Fact]
    public void An_invalid_run_says_so_whatever_its_thresholds_say()
    {
        LoadRun run = ReportRun.Of(40, generator: SampleRun.Generator with { ProcessorShare = 0.99 });

        Assert.StartsWith("## ⚠️ high\\_load\\_35q\\_30s: invalid\n", Write(run, "P50ResponseSeconds < 60"), StringComparison.Ordinal);
    }

    [Fact]
    public void Modes_are_said_and_compared_where_not_all_questions_were_in_chat_mode()
    {
        string mixed = Write(ReportRun.Mixed());

        Assert.Contains("### Modes\n\n| Mode |", mixed, StringComparison.Ordinal);
        Assert.Contains("\n| Chat | 28 of 30 | ", mixed, StringComparison.Ordinal);
        Assert.Contains("\n| Agent | 8 of 10 | ", mixed, StringComparison.Ordinal);
        Assert.Contains("scenario high\\_load, mode Chat 75 %, Agent 25 %, against ", mixed, StringComparison.Ordinal);
        Assert.DoesNotContain("mode", Write(ReportRun.Of(40)), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Times_of_agent_mode_are_a_row_and_no_mark_strikes_them_out()
    {
        string text = Write(ReportRun.Of(20, change: row => row with { Mode = QuestionMode.Agent, ThinkingSeconds = 18, SqlSeconds = 6 }));

        Assert.Contains("\n| Agent mode | P50/P90 in s: thinking 18.0/\\~18.0, SQL 6.0/\\~6.0 |", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Figures_have_intervals_or_the_number_of_answers_they_need()
    {
        string markdown = Write(ReportRun.Of(40));

        Assert.Contains("| Response time P50 | ", markdown, StringComparison.Ordinal);
        Assert.Matches(@"\| Response time P50 \| \d+\.\d\d s \| \d+\.\d\d–\d+\.\d\d s \|", markdown);
        Assert.Matches(@"\| Response time P99 \| _~\d+\.\d\d s_ \| _36 of 368 answers needed_ \|", markdown);
        Assert.Contains("| Success rate | 90 % | 76.95–97.21 % |", markdown, StringComparison.Ordinal);
    }

    [Fact]
    public void Questions_come_slowest_first_those_never_answered_before_all()
    {
        string[] questions = [.. Write(ReportRun.Of(40)).Split('\n').Where(line => line.StartsWith("| q", StringComparison.Ordinal))];

        Assert.StartsWith(
            "| q0 What was the revenue of region 0 in the last quarter? | 0 of 4 | never |  |", questions[0], StringComparison.Ordinal);
        double[] medians = [.. questions.Skip(1).Select(
            line => double.Parse(line.Split('|')[3].Replace(" s", "", StringComparison.Ordinal), provider: null))];
        Assert.Equal(4, medians.Length);
        Assert.Equal(medians.OrderDescending(), medians);
    }

    [Fact]
    public void Hostile_texts_are_no_markup_and_break_no_table()
    {
        LoadRun run = ReportRun.Of(12, change: row => ReportRun.With(
            row, question: ReportRun.Hostile
                + "\n\n# Heading @octocat #1 https://evil.example www.evil.example", errorText: ReportRun.Hostile,
            errorType: ReportRun.Hostile));

        string markdown = Write(run, "P50ResponseSeconds < 60");

        Assert.DoesNotContain("<s", markdown, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img", markdown, StringComparison.Ordinal);
        Assert.DoesNotContain("\n# ", markdown, StringComparison.Ordinal);
        Assert.DoesNotContain("\u202E", markdown, StringComparison.Ordinal);
        Assert.DoesNotContain("https://e", markdown, StringComparison.Ordinal);
        Assert.Equal([3, 3, 4, 4], Tables(markdown).Select(table => Assert.Single(table.Distinct())));
    }

    [Fact]
    public void A_mention_calls_nobody_and_a_link_is_none()
    {
        Assert.Equal("@<!-- -->octocat \\#1 https:<!-- -->//x www<!-- -->.y \\[l\\](javascript:z)",
            MarkdownText.Escape("@octocat #1 https://x www.y [l](javascript:z)", 100));
    }

    [Fact]
    public void A_run_without_answers_or_texts_is_told_too()
    {
        string markdown = Write(SampleRun.Summarize(1, SampleRun.Failure(1, Outcome.Throttled, null)));

        Assert.Contains("0 of 1 question answered in full", markdown, StringComparison.Ordinal);
        Assert.Contains("| 1 | Throttled |  |  |", markdown, StringComparison.Ordinal);
        Assert.DoesNotContain("Response time P", markdown, StringComparison.Ordinal);
    }
}
