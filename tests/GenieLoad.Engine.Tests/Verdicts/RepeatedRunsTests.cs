using GenieLoad.Engine.Figures;
using GenieLoad.Engine.Statistics;
using GenieLoad.Engine.Verdicts;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Verdicts;

/// <summary>Answers that wait for each other, and runs that are repeated because of it.</summary>
public class RepeatedRunsTests
{
    private static readonly ComparisonOptions Quick = new() { MaximumResampleCount = 300 };
    private static readonly TruthWorld Queue = TruthWorld.Find("queue 0.95");

    [Fact]
    public void Answers_that_queue_give_no_verdict_but_the_number_of_runs_that_would()
    {
        RunComparison comparison = RunComparer.Compare(Queue.Draw(1, 100, false), Queue.Draw(2, 100, true, factor: 2), Quick);

        Assert.Equal("NotEnoughData", comparison.Verdict);
        Assert.InRange(comparison.NeededRunCount!.Value, 3, 10);
        Assert.InRange(comparison.EffectiveShare, 0.001, 0.5);
        Assert.StartsWith("answers waited for each other: repeat the run, ", comparison.Rows[0].Reason, StringComparison.Ordinal);
        Assert.Contains(comparison.Warnings,
            warning => warning.StartsWith("Answers waited for each other: 100 count as about ", StringComparison.Ordinal));
        // Only the times that hold the waiting are withheld: what the space itself took is independent.
        Assert.Equal("Worse", comparison.Rows.Single(row => row.Figure == "P50ServiceSeconds").Verdict);
        Assert.All(comparison.Questions, row => Assert.Equal("NotEnoughData", row.Verdict));
    }

    [Fact]
    public void Independent_answers_are_worth_themselves()
    {
        RunComparison comparison = RunComparer.Compare(SyntheticRun.Draw(1, 100), SyntheticRun.Draw(2, 100), Quick);

        Assert.Equal((1.0, null), (comparison.EffectiveShare, comparison.NeededRunCount));
    }

    [Fact]
    public void Some_dependence_widens_the_interval_and_says_so()
    {
        TruthWorld world = TruthWorld.Find("AR 0.5");
        ComparisonRow median = RunComparer.Compare(world.Draw(1, 400, false), world.Draw(2, 400, true), Quick).Rows[0];

        Assert.Contains("widened 1.", median.Method, StringComparison.Ordinal);
    }

    [Fact]
    public void Repeated_runs_are_the_unit_and_find_what_one_cannot()
    {
        LoadRun[] before = [.. Enumerable.Range(1, 4).Select(seed => Queue.Draw(seed, 200, false))];
        LoadRun[] after = [.. Enumerable.Range(5, 4).Select(seed => Queue.Draw(seed, 200, true, factor: 2))];

        RunComparison comparison = RunComparer.Compare(before, after, Quick);

        Assert.Equal(("Worse", 4, 4, 0),
            (comparison.Verdict, comparison.ReferenceRunIds.Count, comparison.DifferenceRunIds.Count, comparison.ResampleCount));
        Assert.Equal("Student's t over runs", comparison.Rows[0].Method);
        Assert.Equal(before.Average(run => run.P50ResponseSeconds)!.Value, comparison.Rows[0].ReferenceValue!.Value, 9);
        Assert.Equal((800, 800), (comparison.Rows[0].ReferenceCount, comparison.Rows[0].DifferenceCount));
    }

    [Fact]
    public void Repeated_runs_of_an_unchanged_queue_are_seldom_called_changed()
    {
        int changed = Enumerable.Range(0, 60).Simulate(trial => RunComparer.Compare(
            [.. Enumerable.Range(1, 3).Select(run => Queue.Draw((6 * trial) + run, 50, false))],
            [.. Enumerable.Range(4, 3).Select(run => Queue.Draw((6 * trial) + run, 50, true))]).Verdict)
            .Count(verdict => verdict is "Worse" or "Better");

        // Credible of a procedure with 8 %: the 99.9th percentile of the binomial for 60.
        Assert.InRange(changed, 0, 12);
    }

    [Fact]
    public void A_run_is_not_taken_twice() => Assert.Equal("SameRun", Assert.Throws<GenieLoadException>(() => RunComparer.Compare(
        [SyntheticRun.Draw(1, 5), SyntheticRun.Draw(1, 5)], [SyntheticRun.Draw(2, 5)])).ErrorId);

    /// <summary>A median of a queue's answers strays from run to run far more than its answers within one run make it seem.</summary>
    [Fact]
    public void A_threshold_is_undecided_where_answers_waited_for_each_other()
    {
        LoadRun run = Queue.Draw(3, 100, false);
        string limit = FormattableString.Invariant($"P50ResponseSeconds < {1.3 * run.P50ResponseSeconds:0.00}");

        ThresholdResult result = ThresholdJudge.Judge(run, ThresholdText.ParseAll([limit]))[0];

        Assert.Equal("Undecided", result.Verdict);
        Assert.Null(result.AdditionalCount);
        Assert.Contains("answers waited for each other, so 100 count as about", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_threshold_that_every_answer_misses_is_missed_however_they_waited()
    {
        ThresholdResult result = ThresholdJudge.Judge(Queue.Draw(3, 100, false), ThresholdText.ParseAll(["P95ResponseSeconds < 0.1"]))[0];

        Assert.Equal("Fail", result.Verdict);
    }

    /// <summary>35 answers behind busy workers hardly show that they hang together; that they waited does.</summary>
    [Fact]
    public void The_median_of_a_short_run_behind_a_queue_is_within_its_interval_in_nine_of_ten()
    {
        FigureScope[] runs =
            [.. Enumerable.Range(1, 400).Simulate(run => new FigureScope([.. Queue.Draw(run, 35, false).Results]))];
        TimePercentile median = FigureCatalog.PercentileOf(50, Measure.Response);
        double truth = Percentile.Of(Percentile.Sort(runs.SelectMany(run => run.Successes).Select(row => row.ResponseSeconds)), 50);

        int missed = runs.Simulate(run => median.Read(run, ThresholdJudge.Confidence))
            .Count(reading => reading.Lower > truth || reading.Upper < truth);

        Assert.InRange(missed, 1, 36);
        // What holds no waiting is judged as ever.
        Assert.True(runs.Count(run => !FigureScope.DependenceOf(run.Successes, row => row.ServiceSeconds).IsFound) >= 350);
    }
}
