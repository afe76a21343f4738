using GenieLoad.Engine.Reports;
using GenieLoad.Engine.Running;
using GenieLoad.Engine.Tests.Figures;
using GenieLoad.Engine.Verdicts;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Verdicts;

/// <summary>A percentile of those who got an answer gets better when the slow ones fail; one of everyone who asked does not.</summary>
public class FailuresInPercentilesTests
{
    private static readonly ComparisonOptions Quick = new() { MaximumResampleCount = 500 };

    [Theory]
    [InlineData("P95ResponseSeconds < 60", 0.3, "Pass")]
    [InlineData("P95ResponseWithFailuresSeconds < 60", 0.3, "Fail")]
    [InlineData("P95ResponseWithFailuresSeconds < 100000", 0.3, "Fail")]
    [InlineData("P95ResponseWithFailuresSeconds <= 100000", 0.3, "Fail")]
    [InlineData("P95ResponseWithFailuresSeconds > 100000", 0.3, "Pass")]
    [InlineData("P50ResponseWithFailuresSeconds < 60", 0.3, "Pass")]
    [InlineData("p99responsewithfailuresseconds < 60", 0.3, "Fail")]
    [InlineData("P95ResponseWithFailuresSeconds < 100", 0, "Pass")]
    [InlineData("P95ResponseWithFailuresSeconds < 5", 0, "Fail")]
    public void A_percentile_that_falls_among_failures_misses_every_limit(string threshold, double failures, string verdict) =>
        Assert.Equal(verdict, Judge(SyntheticRun.Draw(3, 400, failureShare: failures), threshold).Verdict);

    [Fact]
    public void What_is_not_reached_reads_never_and_is_no_number()
    {
        ThresholdResult result = Judge(SyntheticRun.Draw(3, 400, failureShare: 0.3), "P95ResponseWithFailuresSeconds < 60");

        Assert.Equal((double.PositiveInfinity, double.PositiveInfinity, 400), (result.Value, result.Lower, result.Count));
        Assert.Equal("never, 95 % interval never-never from 400", result.Reason);
    }

    [Fact]
    public void Without_failures_it_is_the_percentile_of_the_answers()
    {
        LoadRun run = SyntheticRun.Draw(3, 400);
        foreach (int percent in (int[])[1, 50, 75, 90, 95, 99])
        {
            ThresholdResult answers = Judge(run, $"P{percent}ResponseSeconds < 20");
            ThresholdResult all = Judge(run, $"P{percent}ResponseWithFailuresSeconds < 20");
            Assert.Equal((answers.Value, answers.Lower, answers.Upper, answers.Verdict), (all.Value, all.Lower, all.Upper, all.Verdict));
        }
    }

    [Fact]
    public void It_is_what_the_run_shows()
    {
        LoadRun run = SyntheticRun.Draw(3, 400, failureShare: 0.04);
        foreach (PercentileFigure shown in run.Percentiles.Where(figure => figure.Measure == "ResponseWithFailures"))
        {
            ThresholdResult judged = Judge(run, $"P{shown.Percentile}ResponseWithFailuresSeconds < 20");
            Assert.Equal((shown.Seconds, shown.LowerSeconds, shown.UpperSeconds), (judged.Value, judged.Lower, judged.Upper));
        }
    }

    [Fact]
    public void Few_failures_leave_it_undecided_and_say_how_many_more_would_decide()
    {
        // Of a hundred, five failed: the true P95 may lie on either side of them.
        ThresholdResult result = Judge(Hundred(failed: 5), "P95ResponseWithFailuresSeconds < 60");

        Assert.Equal(("Undecided", double.PositiveInfinity), (result.Verdict, result.Upper));
    }

    [Theory]
    [InlineData("P95ResponseSeconds < 60", 5, "; 5 of 100 failed and are not in this figure; P95ResponseWithFailuresSeconds counts them")]
    [InlineData("P90ServiceSeconds < 60", 5, "; 5 of 100 failed and are not in this figure; FailureRate counts them")]
    [InlineData("MeanResponseSeconds < 60", 5, "; 5 of 100 failed and are not in this figure; FailureRate counts them")]
    [InlineData("MaximumResponseSeconds < 60", 5, "; 5 of 100 failed and are not in this figure; FailureRate counts them")]
    [InlineData("P95ResponseSeconds < 60", 1, "")]
    [InlineData("P50ResponseWithFailuresSeconds < 60", 5, "")]
    [InlineData("FailureRate < 90", 5, "")]
    [InlineData("QuestionCount > 5", 5, "")]
    public void A_pass_of_those_who_got_an_answer_says_who_is_missing(string threshold, int failed, string words)
    {
        ThresholdResult result = Judge(Hundred(failed), threshold);

        Assert.Equal("Pass", result.Verdict);
        Assert.Equal(words, result.Reason.Contains(';', StringComparison.Ordinal)
            ? result.Reason[result.Reason.IndexOf(';', StringComparison.Ordinal)..] : "");
    }

    [Fact]
    public void A_fail_needs_no_such_words() => Assert.DoesNotContain(
        "failed and are not", Judge(Hundred(5), "P95ResponseSeconds < 0.1").Reason, StringComparison.Ordinal);

    [Fact]
    public void What_the_end_of_the_run_broke_off_took_at_least_as_long_as_it_was_waited_for()
    {
        QuestionResult[] rows =
        [
            .. Enumerable.Range(1, 80).Select(i => Rows.Of(i, i, i, i + 5)), .. Enumerable.Range(81, 20)
                .Select(i => Rows.Of(i, i, i, i + 9, Outcome.Interrupted)),
        ];
        Reading reading = FigureCatalog.Find("P95ResponseWithFailuresSeconds")!.Read(new FigureScope(rows), 0.95);

        Assert.Equal((9, 9, double.PositiveInfinity, true), (reading.Value, reading.Lower, reading.Upper, reading.IsAtLeast));
    }

    [Fact]
    public void A_run_in_which_more_failed_is_worse_however_fast_the_others_are()
    {
        LoadRun before = SyntheticRun.Draw(1, 200, failureShare: 0.02);
        LoadRun after = SyntheticRun.Draw(2, 200, failureShare: 0.3);

        RunComparison comparison = RunComparer.Compare(before, after, Quick);

        ComparisonRow p90 = comparison.Rows.Single(row => row.Figure == "P90ResponseWithFailuresSeconds");
        Assert.Equal(("Worse", double.PositiveInfinity, double.PositiveInfinity), (p90.Verdict, p90.DifferenceValue, p90.Shift));
        Assert.Equal("Worse", comparison.Verdict);
        string text = ComparisonText.Write(comparison);
        Assert.Contains(" never ", text, StringComparison.Ordinal);
        Assert.All([text, Written(comparison, "md"), Written(comparison, "html")], written =>
        {
            Assert.DoesNotContain("NaN", written, StringComparison.Ordinal);
            Assert.Contains("P90ResponseWithFailures", written, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void What_neither_run_reaches_is_no_verdict()
    {
        RunComparison comparison = RunComparer.Compare(
            SyntheticRun.Draw(1, 200, failureShare: 0.3), SyntheticRun.Draw(2, 200, failureShare: 0.3), Quick);

        ComparisonRow p90 = comparison.Rows.Single(row => row.Figure == "P90ResponseWithFailuresSeconds");
        Assert.Equal(("NotEnoughData", "not reached in either run: too many questions failed"), (p90.Verdict, p90.Reason));
    }

    [Fact]
    public void Where_nobody_failed_there_are_no_such_rows() => Assert.DoesNotContain(
        RunComparer.Compare(SyntheticRun.Draw(1, 50), SyntheticRun.Draw(2, 50), Quick).Rows,
        row => row.Figure.Contains("WithFailures", StringComparison.Ordinal));

    [Fact]
    public void Completion_offers_them_next_to_the_others() => Assert.Equal(
        ["P50", "P75", "P90", "P95", "P99"],
        FigureCatalog.Names.Skip(5).Take(5).Select(name => name.Replace("ResponseWithFailuresSeconds", "", StringComparison.Ordinal)));

    [Fact]
    public void A_test_is_not_ended_by_failures_while_those_in_flight_may_be_answered()
    {
        AbortRule Rule()
        {
            AbortRule rule = new([ThresholdText.Parse("P50ResponseWithFailuresSeconds < 60")], delaySeconds: 0, graceSeconds: 30);
            for (int i = 1; i <= 20; i++)
                rule.Finished(Rows.Of(i, 0, 0, 1, Outcome.Failed));
            return rule;
        }

        Assert.NotNull(Rule().Progressed(Progress(inFlight: 0)));
        Assert.Null(Rule().Progressed(Progress(inFlight: 60)));
    }

    private static RunProgress Progress(int inFlight) => new()
    {
        Planned = 1000, Waiting = 0, InFlight = inFlight, Throttled = 0, Succeeded = 0, Failed = 20,
        InFlightByStatus = new Dictionary<string, int>(), ElapsedSeconds = 100, RemainingSeconds = null,
    };

    private static ThresholdResult Judge(LoadRun run, string threshold) =>
        Assert.Single(ThresholdJudge.Judge(run, [ThresholdText.Parse(threshold)]));

    /// <summary>A hundred questions, so many of which failed, evenly.</summary>
    private static LoadRun Hundred(int failed)
    {
        LoadRun run = SyntheticRun.Draw(3, 100);
        return run with
        {
            Results = new RowList<QuestionResult>(
                [.. run.Results.Select(row => row.Index % (100 / failed) == 0 ? row with { Outcome = Outcome.Failed } : row)]),
        };
    }

    private static string Written(RunComparison comparison, string extension)
    {
        string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.{extension}");
        try
        {
            ComparisonExport.Write([comparison], path, overwrite: false);
            return File.ReadAllText(path);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
