using System.Text;
using GenieLoad.Engine.Reports;
using GenieLoad.Engine.Runs;
using GenieLoad.Engine.Tests.Reports.Html;
using GenieLoad.Engine.Tests.Runs;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Live;

/// <summary>What reports say of a run that is not over.</summary>
public sealed class RunningRunTests
{
    [Fact]
    public async Task A_run_that_goes_on_is_running_however_bad_it_looks_so_far()
    {
        await using GrowingRun growing = new(10, "SuccessRate >= 99; P50ResponseSeconds < 60");
        await growing.FinishAsync(SampleRun.Success(1, 4), SampleRun.Failure(2, Outcome.Failed, "X", "Y"));
        await growing.SendAsync(3);
        await growing.SendAsync(4);
        LoadRun run = RunReader.Read(growing.Path);

        ParsedPage page = ParsedPage.Of(run);

        page.MustBeSound();
        Assert.Equal("high_load_35q_30s: Running", page.Document.Title);
        Assert.Equal(
            "● Running So far 1 of 2 thresholds is missed. 1 of 2 questions answered in full. 6 of 10 not asked yet, 2 of 10 in flight.",
            page.Text(".verdict"));
        Assert.NotNull(page.Document.QuerySelector(".verdict.none"));
        Assert.Equal("Thresholds so far", page.Text("#thresholds"));
        Assert.Equal(
            ("10", "2", "Questions that have ended"),
            page.Document.QuerySelector("progress") is { } progress
                ? (progress.GetAttribute("max"), progress.GetAttribute("value"), progress.GetAttribute("aria-label")) : default);
        Assert.Contains(" so far · ", page.Text(".lead"), StringComparison.Ordinal);
        Assert.Contains("8 questions have not ended yet.", page.Document.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal("1", Assert.Single(page.Table("Failures by cause"))[1]);
        Assert.Equal(
            ["q2", "q1"], page.Table("Questions, slowest first").Take(2).Select(row => row[0].Split(' ')[0]));
        Assert.Equal("Valid", $"{run.Health}");
        Assert.DoesNotContain("cut off", page.Source, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Questions_in_flight_are_no_failures_and_thresholds_that_hold_are_not_passed_yet()
    {
        await using GrowingRun growing = new(3, "SuccessRate >= 50");
        await growing.FinishAsync(SampleRun.Success(1, 4));
        await growing.SendAsync(2);

        ParsedPage page = ParsedPage.Of(RunReader.Read(growing.Path));

        Assert.StartsWith("● Running So far no threshold is missed.", page.Text(".verdict"), StringComparison.Ordinal);
        Assert.Contains("Every finished question was answered in full.", page.Document.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_in_which_nothing_has_ended_yet_says_so()
    {
        await using GrowingRun growing = new(3);
        await growing.SendAsync(1);
        await Wait.Until(() => RunReader.Read(growing.Path).BrokenOffCount == 1);

        ParsedPage page = ParsedPage.Of(RunReader.Read(growing.Path));

        page.MustBeSound();
        Assert.StartsWith("● Running These are its figures so far. 0 of 0 questions", page.Text(".verdict"), StringComparison.Ordinal);
        Assert.Contains("No question has ended yet.", page.Document.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Markdown_and_summary_of_a_run_that_goes_on_say_so_too()
    {
        await using GrowingRun growing = new(4, "SuccessRate >= 99");
        await growing.FinishAsync(SampleRun.Failure(1, Outcome.Failed, "X", "Y"));
        LoadRun run = RunReader.Read(growing.Path);
        string path = System.IO.Path.Combine(growing.Path, "..", "run.md");

        RunExport.Write(run, path, overwrite: false);

        string markdown = await File.ReadAllTextAsync(path, Encoding.UTF8);
        Assert.StartsWith("## ℹ️ high\\_load\\_35q\\_30s: running\n", markdown, StringComparison.Ordinal);
        Assert.Contains("**So far the threshold is missed.**", markdown, StringComparison.Ordinal);
        Assert.Contains("Left out: 3 of 4 not asked yet", markdown, StringComparison.Ordinal);
        Assert.StartsWith("- Running. So far the threshold is missed.\n", SummaryText.Brief(run), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_load_generator_that_is_too_slow_is_told_while_the_run_goes_on()
    {
        await using GrowingRun growing = new(20);
        await growing.FinishAsync(
            [.. Enumerable.Range(1, 10).Select(index => SampleRun.Success(index, 4 + (0.1 * index)) with { LagSeconds = 3 })]);

        string verdict = ParsedPage.Of(RunReader.Read(growing.Path)).Text(".verdict");

        Assert.StartsWith(
            "● Running These are its figures so far. So far the load generator is too slow: questions were sent late by", verdict,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Once_it_is_over_it_is_judged()
    {
        await using GrowingRun growing = new(2, "SuccessRate >= 99");
        await growing.FinishAsync(SampleRun.Success(1, 4), SampleRun.Failure(2, Outcome.Failed, "X", "Y"));
        LoadRun run = await growing.EndAsync();

        ParsedPage page = ParsedPage.Of(run);

        Assert.StartsWith("✕ Failed", page.Text(".verdict"), StringComparison.Ordinal);
        Assert.Equal("Thresholds", page.Text("#thresholds"));
        Assert.Null(page.Document.QuerySelector("progress"));
    }
}
