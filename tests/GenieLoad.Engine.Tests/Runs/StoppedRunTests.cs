using GenieLoad.Engine.Figures;
using GenieLoad.Engine.Reports;
using GenieLoad.Engine.Verdicts;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Runs;

/// <summary>
/// Rates are over what was asked and came to an end: whatever the end of the run kept from it is neither answered nor failed.
/// </summary>
public class StoppedRunTests
{
    private const int Planned = 100;

    private static readonly QuestionResult[] Half = [.. Enumerable.Range(1, 50)
        .Select(index => SampleRun.Success(index, 4 + (0.01 * index)))];

    public static TheoryData<string, QuestionResult[], string> Ends => new()
    {
        { RunState.Stopped, Half, "50 of 100 not asked: stopped" },
        { RunState.Interrupted, Half, "50 of 100 not asked: interrupted" },
        {
            RunState.Completed,
            [.. Half, .. Enumerable.Range(51, 50).Select(i => SampleRun.Failure(i, Outcome.NotStarted, OverflowRule.ShedErrorType))],
            "50 of 100 not asked: shed"
        },
        {
            RunState.Stopped,
            [
                .. Half, .. Enumerable.Range(51, 10).Select(i => SampleRun.Failure(i, Outcome.Interrupted, null)),
                .. Enumerable.Range(61, 5).Select(i => SampleRun.Failure(i, Outcome.Ambiguous, AskedQuestions.RunEndedErrorType)),
                .. Enumerable.Range(66, 5).Select(i => SampleRun.Failure(i, Outcome.NotStarted, OverflowRule.ShedErrorType)),
            ],
            "30 of 100 not asked: stopped, 5 of 100 not asked: shed, 15 of 100 cut off: stopped"
        },
    };

    [Theory]
    [MemberData(nameof(Ends))]
    public void What_the_run_left_out_is_no_failure_and_is_named(string state, QuestionResult[] rows, string leftOut)
    {
        LoadRun run = Summarize(state, rows);

        Assert.Equal((100, 50, 50, 0), (run.QuestionCount, run.EndedCount, run.SuccessfulCount, run.FailedCount));
        Assert.Equal((100, 100), (run.SuccessRate, run.SuccessRateUpper));
        Assert.InRange(run.SuccessRateLower!.Value, 90, 95);
        Assert.Equal(50 / 45.23, run.ThroughputPerSecond);
        Assert.Equal(leftOut, run.LeftOut);
        Assert.Equal(0, run.Intervals.Sum(interval => interval.Failed));
        Assert.All(run.Slices, slice => Assert.Equal(0, slice.FailedCount));
        Assert.All(run.Slices.Where(slice => slice.EndedCount == 0), slice => Assert.Null(slice.SuccessRate));
        Assert.Equal(50, run.Slices.Where(slice => slice.Slice == "Question").Sum(slice => slice.NotAskedCount + slice.BrokenOffCount));
        foreach (string part in leftOut.Split(", "))
            Assert.Contains($"Left out: {part}\n", SummaryText.Write(run), StringComparison.Ordinal);
        Assert.DoesNotContain("Failures by cause", SummaryText.Write(run), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Ends))]
    public void Thresholds_are_on_what_was_asked(string state, QuestionResult[] rows, string leftOut)
    {
        LoadRun run = Summarize(state, rows);

        ThresholdResult[] results = [.. ThresholdJudge.Judge(run, ThresholdText.ParseAll(
            ["SuccessRate >= 90", "FailureRate < 10", "ThrottledQuestionRate >= 90", "AmbiguousRate < 10", "FailedCount <= 0"]))];

        Assert.All(results, result => Assert.Equal(Verdict.Pass, result.Verdict));
        Assert.All(results.Take(4), result => Assert.EndsWith("; " + leftOut, result.Reason, StringComparison.Ordinal));
        Assert.Equal((50, 100.0), (results[0].Count, results[0].Value));
    }

    [Theory]
    [MemberData(nameof(Ends))]
    public void Comparing_a_run_that_was_stopped_does_not_read_worse(string state, QuestionResult[] rows, string leftOut)
    {
        LoadRun whole = Summarize(
            RunState.Completed, [.. Enumerable.Range(1, 100).Select(index => SampleRun.Success(index, 4 + (0.01 * index)))],
                "20261123-192455-whole-0001");

        LoadRun run = Summarize(state, rows);

        RunComparison comparison = RunComparer.Compare(whole, run, new ComparisonOptions { MaximumResampleCount = 500 });

        Assert.DoesNotContain(comparison.Rows, row => row.Verdict == ChangeVerdict.Worse);
        ComparisonRow rate = comparison.Rows.Single(row => row.Figure == "SuccessRate");
        Assert.Equal((100, 100, 0, 50), (rate.ReferenceValue, rate.DifferenceValue, rate.Shift, rate.DifferenceCount));
        Assert.Equal(Planned - run.NotAskedCount, comparison.SharedQuestionCount);
        Assert.All(leftOut.Split(", "), part => Assert.Contains(
            $"Not counted in the rates of the difference run: {part}.", comparison.Warnings));
    }

    [Theory]
    [MemberData(nameof(Ends))]
    public void Reports_count_what_was_asked_and_name_the_rest(string state, QuestionResult[] rows, string leftOut)
    {
        LoadRun run = Summarize(state, rows);

        Assert.Contains($"50 of 50 questions answered in full ({leftOut})", Written(run, "xml"), StringComparison.Ordinal);
        Assert.Contains($"50 of 50 questions answered in full in 45.2 s. Left out: {leftOut}.", Written(run, "md"),
            StringComparison.Ordinal);
        Assert.Contains($"50 of 50 questions answered in full. Left out: {leftOut}.", Written(run, "html"), StringComparison.Ordinal);
        Assert.DoesNotContain("<failure", Written(run, "xml"), StringComparison.Ordinal);
        Assert.DoesNotContain("never", Written(run, "md"), StringComparison.Ordinal);
    }

    [Fact]
    public void What_its_own_time_limit_ended_is_a_failure()
    {
        LoadRun run = Summarize(RunState.Stopped,
            [.. Half, .. Enumerable.Range(51, 50).Select(i => SampleRun.Failure(i, Outcome.TimedOut, "QUESTION_TIMEOUT"))]);

        Assert.Equal((50, 50), (run.FailedCount, run.SuccessRate));
        Assert.Null(run.LeftOut);
    }

    [Fact]
    public void Without_any_end_there_is_no_rate_and_no_verdict()
    {
        LoadRun run = Summarize(RunState.Stopped, [SampleRun.Failure(1, Outcome.Interrupted, null)]);

        Assert.Equal((null, null, 0), (run.SuccessRate, run.SuccessRateLower, run.FailedCount));
        Assert.Equal(Verdict.Undecided, Assert.Single(ThresholdJudge.Judge(run, [ThresholdText.Parse("SuccessRate >= 90")])).Verdict);
    }

    [Fact]
    public void Shares_of_what_was_left_out_are_of_all_questions()
    {
        LoadRun run = Summarize(RunState.Stopped,
            [.. Half, .. Enumerable.Range(51, 10).Select(i => SampleRun.Failure(i, Outcome.Interrupted, null))]);

        ThresholdResult[] results = [.. ThresholdJudge.Judge(run, ThresholdText.ParseAll(["NotStartedRate < 90", "InterruptedRate < 90"]))];

        Assert.Equal([40, 10], results.Select(result => result.Value));
        Assert.All(results, result => Assert.DoesNotContain("not asked", result.Reason, StringComparison.Ordinal));
    }

    private static string Written(LoadRun run, string extension)
    {
        using var folder = new TemporaryFolder();
        string path = folder.File($"run.{extension}");
        RunExport.Write(run, path, overwrite: false);
        return System.Net.WebUtility.HtmlDecode(File.ReadAllText(path)).Replace("\u00A0", " ", StringComparison.Ordinal);
    }

    private static LoadRun Summarize(string state, QuestionResult[] rows, string runId = "20261123-192455-high_load-3f9a") =>
        RunSummarizer.Summarize(
        SampleRun.Header(runId), SampleRun.Plan(Planned), rows, new RunStatus(state, SampleRun.StartedAt.AddSeconds(45.23), 45.23));
}
