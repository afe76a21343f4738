using GenieLoad.Engine.Reports;
using GenieLoad.Engine.Verdicts;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Verdicts;

public class RunComparerTests
{
    private static readonly ComparisonOptions Quick = new() { MaximumResampleCount = 300 };

    [Fact]
    public void A_clear_slowdown_is_worse_one_way_and_better_the_other()
    {
        LoadRun before = SyntheticRun.Draw(1, 100);
        LoadRun after = SyntheticRun.Draw(2, 100, factor: 1.5);

        RunComparison slower = RunComparer.Compare(before, after, Quick);

        Assert.Equal(("Worse", "Better"), (slower.Verdict, RunComparer.Compare(after, before, Quick).Verdict));
        ComparisonRow median = slower.Rows[0];
        Assert.Equal(("P50ResponseSeconds", "Worse"), (median.Figure, median.Verdict));
        Assert.InRange(median.ChangePercent!.Value, 35, 65);
        Assert.Equal(before.P50ResponseSeconds, median.ReferenceValue);
        Assert.Equal(after.P50ResponseSeconds, median.DifferenceValue);
    }

    [Fact]
    public void The_same_times_again_are_the_same_when_there_are_enough_of_them() =>
        Assert.Equal("Same", RunComparer.Compare(
            SyntheticRun.Draw(1, 1000, sigma: 0.1), SyntheticRun.Draw(2, 1000, sigma: 0.1), Quick).Verdict);

    [Fact]
    public void Times_of_agent_mode_are_compared_where_there_are_any()
    {
        static LoadRun Asked(LoadRun run) => run with
        {
            Results = new RowList<QuestionResult>([.. run.Results.Select(row => row with
            {
                Mode = QuestionMode.Agent, ThinkingSeconds = row.AskingAiSeconds, SqlSeconds = row.ExecutingQuerySeconds,
                WritingSeconds = 1, FirstItemSeconds = row.ResponseSeconds / 4, LongestSilenceSeconds = row.ResponseSeconds / 2,
                AskingAiSeconds = null, ExecutingQuerySeconds = null,
            })]),
        };
        string[] names = ["P50ThinkingSeconds", "P50SqlSeconds", "P50WritingSeconds", "P50FirstItemSeconds", "P50LongestSilenceSeconds"];
        LoadRun before = SyntheticRun.Draw(1, 100);
        LoadRun after = SyntheticRun.Draw(2, 100, factor: 1.5);

        ComparisonRow[] rows = [.. RunComparer.Compare(Asked(before), Asked(after), Quick).Rows];

        Assert.Equal(names, rows.Select(row => row.Figure).Intersect(names));
        Assert.Equal("Worse", rows.Single(row => row.Figure == "P50ThinkingSeconds").Verdict);
        Assert.Empty(RunComparer.Compare(before, after, Quick).Rows.Select(row => row.Figure).Intersect(names));
    }

    [Fact]
    public void Few_answers_say_what_is_missing()
    {
        RunComparison comparison = RunComparer.Compare(SyntheticRun.Draw(1, 12), SyntheticRun.Draw(2, 12), Quick);

        Assert.Equal("NotEnoughData", comparison.Verdict);
        ComparisonRow p95 = comparison.Rows.Single(row => row.Figure == "P95ResponseSeconds");
        Assert.Equal(("NotEnoughData", "needs 72 in each run, has 12 and 12"), (p95.Verdict, p95.Reason));
    }

    /// <summary>35 of 35 twice proves no equal success rates: a bootstrap of successes alone would say so.</summary>
    [Fact]
    public void Two_small_runs_without_a_failure_do_not_prove_the_same_success_rate()
    {
        ComparisonRow rate = RunComparer.Compare(SyntheticRun.Draw(1, 35), SyntheticRun.Draw(2, 35), Quick).Rows.Single(
            row => row.Figure == "SuccessRate");

        Assert.Equal("NotEnoughData", rate.Verdict);
        Assert.True(rate.ShiftLower < -5 && rate.ShiftUpper > 5);
    }

    [Fact]
    public void A_fall_of_the_success_rate_is_worse() => Assert.Equal(
        "Worse", RunComparer.Compare(SyntheticRun.Draw(1, 100), SyntheticRun.Draw(2, 100, failureShare: 0.3), Quick).Verdict);

    [Fact]
    public void Questions_come_with_the_largest_change_first()
    {
        RunComparison comparison = RunComparer.Compare(SyntheticRun.Draw(1, 100), SyntheticRun.Draw(2, 100, factor: 1.3), Quick);

        Assert.Equal(10, comparison.Questions.Count);
        double[] changes = [.. comparison.Questions.Select(row => Math.Abs(row.ChangePercent!.Value))];
        Assert.Equal(changes.OrderDescending(), changes);
    }

    [Fact]
    public void Runs_that_share_no_question_have_nothing_to_compare()
    {
        RunComparison comparison = RunComparer.Compare(
            SyntheticRun.Draw(1, 50), SyntheticRun.Draw(2, 50, factor: 3, questionPrefix: "Other"), Quick);

        Assert.Equal(("NotEnoughData", false), (comparison.Verdict, comparison.IsPaired));
        Assert.Empty(comparison.Questions);
        Assert.Contains("The runs have no question in common, so nothing can be compared.", comparison.Warnings);
        Assert.All(comparison.Rows, row => Assert.Equal(("NotEnoughData", "the runs share no question"), (row.Verdict, row.Reason)));
    }

    [Fact]
    public void The_same_runs_give_the_same_comparison() => Assert.Equal(
        ComparisonText.Write(RunComparer.Compare(SyntheticRun.Draw(1, 60), SyntheticRun.Draw(2, 60), Quick)),
        ComparisonText.Write(RunComparer.Compare(SyntheticRun.Draw(1, 60), SyntheticRun.Draw(2, 60), Quick)));

    [Fact]
    public void A_run_is_not_compared_with_itself() => Assert.Equal(
        "SameRun", Assert.Throws<GenieLoadException>(() => RunComparer.Compare(SyntheticRun.Draw(1, 5), SyntheticRun.Draw(1, 5))).ErrorId);

    [Theory]
    [InlineData(new[] { 0.01, 0.04, 0.03 }, new[] { 0.03, 0.06, 0.06 })]
    [InlineData(new[] { 0.5, 0.9 }, new[] { 1.0, 1.0 })]
    public void Many_p_values_are_corrected_step_by_step(double[] given, double[] expected) => Assert.All(
        ChangeJudge.Holm([.. given.Select(p => (double?)p)]).Zip(expected), pair => Assert.Equal(pair.Second, pair.First!.Value, 12));

    [Fact]
    public void An_exported_run_is_a_baseline()
    {
        string folder = Directory.CreateTempSubdirectory("genieload-baseline-").FullName;
        try
        {
            LoadRun run = SyntheticRun.Draw(1, 40, failureShare: 0.1);
            string path = Path.Combine(folder, "base.json");
            RunExport.Write(run, path, overwrite: false);

            LoadRun read = BaselineRun.Read(path);

            LoadRun other = SyntheticRun.Draw(2, 40);
            Assert.Equal(ComparisonText.Write(RunComparer.Compare(run, other, Quick)),
                ComparisonText.Write(RunComparer.Compare(read, other, Quick)));
            File.WriteAllText(path, "[]");
            Assert.Equal("BaselineUnreadable", Assert.Throws<GenieLoadException>(() => BaselineRun.Read(path)).ErrorId);
            // The path may be that of any file, and what stands there is not told.
            File.WriteAllText(path, "{\"runId\":hush}");
            GenieLoadException error = Assert.Throws<GenieLoadException>(() => BaselineRun.Read(path));
            Assert.Equal("BaselineUnreadable", error.ErrorId);
            Assert.DoesNotContain("hush", $"{error.Message} {error.InnerException}", StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>No resample shows the 429s that did not happen to come.</summary>
    [Fact]
    public void Two_runs_without_a_429_do_not_show_that_the_share_of_429s_is_the_same()
    {
        ComparisonRow row = RunComparer.Compare(SyntheticRun.Draw(1, 20), SyntheticRun.Draw(2, 20), Quick).Rows.Single(
            r => r.Figure == "ThrottleShare");

        Assert.Equal(("NotEnoughData", 0.0), (row.Verdict, row.Shift));
        Assert.True(row is { ReferenceUpper: > 0, DifferenceUpper: > 0, ShiftLower: < 0, ShiftUpper: > 0 });
    }

    [Fact]
    public void Throttling_that_is_new_is_found_though_the_other_run_had_none()
    {
        LoadRun after = TruthWorld.Find("429s").Draw(2, 100, isDifference: true);

        Assert.Equal("Worse", RunComparer.Compare(TruthWorld.Find("independent").Draw(1, 100, false), after, Quick).Rows
            .Single(r => r.Figure == "ThrottleShare").Verdict);
    }
}
