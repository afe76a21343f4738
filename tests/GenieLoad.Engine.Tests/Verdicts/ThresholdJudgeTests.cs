using GenieLoad.Engine.Randomness;
using GenieLoad.Engine.Tests.Figures;
using GenieLoad.Engine.Tests.Runs;
using GenieLoad.Engine.Verdicts;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Verdicts;

public class ThresholdJudgeTests
{
    private static ThresholdResult Judge(LoadRun run, string threshold) =>
        Assert.Single(ThresholdJudge.Judge(run, [ThresholdText.Parse(threshold)]));

    [Fact]
    public void A_threshold_passes_when_its_whole_interval_meets_it_and_fails_when_all_misses()
    {
        LoadRun run = SyntheticRun.Draw(1, 200);
        ThresholdResult at = Judge(run, "P90ResponseSeconds < 30");
        string Verdict(double limit) => Judge(run, FormattableString.Invariant($"P90ResponseSeconds < {limit}")).Verdict;

        Assert.Equal(run.Percentiles.Single(p => p is { Measure: "Response", Percentile: 90 }).UpperSeconds, at.Upper);
        Assert.Equal("Pass", Verdict(at.Upper!.Value + 0.01));
        Assert.Equal("Undecided", Verdict(at.Value!.Value));
        Assert.Equal("Undecided", Verdict(at.Upper!.Value));
        Assert.Equal("Fail", Verdict(at.Lower!.Value));
    }

    [Fact]
    public void Too_few_answers_cannot_pass_a_percentile_and_say_how_many_more_would_do()
    {
        LoadRun run = SyntheticRun.Draw(1, 35);

        ThresholdResult result = Judge(run, "P95ResponseSeconds < 3600");

        Assert.Equal(("Undecided", 72 - 35 + 1), (result.Verdict, result.AdditionalCount + 0));
        Assert.Null(result.Upper);
        Assert.Equal(result.AdditionalCount!.Value, result.AdditionalSeconds!.Value, 6);
    }

    [Fact]
    public void Few_answers_can_fail_a_percentile()
    {
        Assert.Equal("Fail", Judge(SyntheticRun.Draw(1, 10), "P95ResponseSeconds < 2").Verdict);
        Assert.Equal("Undecided", Judge(SyntheticRun.Draw(1, 1), "P95ResponseSeconds < 2").Verdict);
    }

    [Theory]
    [InlineData(35, "SuccessRate >= 99", "Undecided")]
    [InlineData(400, "SuccessRate >= 99", "Pass")]
    [InlineData(35, "SuccessRate >= 85", "Pass")]
    [InlineData(35, "SuccessRate >= 100", "Pass")]
    [InlineData(35, "FailureRate <= 0", "Pass")]
    [InlineData(35, "FailureRate > 50", "Fail")]
    public void A_rate_is_judged_on_its_interval_except_at_the_end_of_the_scale(int count, string threshold, string verdict) =>
        Assert.Equal(verdict, Judge(SyntheticRun.Draw(1, count), threshold).Verdict);

    [Fact]
    public void A_success_rate_says_how_many_more_questions_it_needs()
    {
        ThresholdResult result = Judge(SyntheticRun.Draw(1, 35), "SuccessRate >= 99");

        // So many successes in a row lift Wilson's lower end above 99 %.
        int needed = 35 + result.AdditionalCount!.Value;
        Assert.Equal("Pass", Judge(SyntheticRun.Draw(1, needed + 1), "SuccessRate >= 99").Verdict);
        Assert.Equal("Undecided", Judge(SyntheticRun.Draw(1, needed - 2), "SuccessRate >= 99").Verdict);
    }

    [Fact]
    public void A_part_of_the_run_is_judged_for_itself()
    {
        LoadRun run = SyntheticRun.Draw(1, 400);

        Assert.Equal("Pass", Judge(run, "P50ResponseSeconds{question=q1} < 10").Verdict);
        Assert.Equal("Fail", Judge(run, "P50ResponseSeconds{question=q10} < 10").Verdict);
        Assert.Equal(40, Judge(run, "SuccessRate{question=q10} > 10").Count);
        Assert.Equal(("Undecided", "no answers in question=q99"),
            (Judge(run, "SuccessRate{question=q99} > 10").Verdict, Judge(run, "SuccessRate{question=q99} > 10").Reason));
    }

    [Theory]
    [InlineData("P90LongestSilenceSeconds < 20", "none of 40 answers has this time")]
    [InlineData("P90LongestSilenceSeconds{question=q1} < 20", "none of 4 answers in question=q1 has this time")]
    [InlineData("P90LongestSilenceSeconds{question=q99} < 20", "no answers in question=q99")]
    public void A_time_that_no_answer_has_is_told_from_answers_that_are_not_there(string threshold, string reason) =>
        Assert.Equal(reason, Judge(SyntheticRun.Draw(1, 40), threshold).Reason);

    [Theory]
    [InlineData("FailedCount <= 0", "Pass")]
    [InlineData("QuestionCount > 100", "Fail")]
    [InlineData("MaximumResponseSeconds < 1", "Fail")]
    public void What_is_a_fact_of_the_run_is_judged_as_it_is(string threshold, string verdict) =>
        Assert.Equal(verdict, Judge(SyntheticRun.Draw(1, 35), threshold).Verdict);

    /// <summary>A limit at the truth itself must be claimed to be met or missed in at most one of twenty, by chance.</summary>
    [Theory]
    [InlineData("P50ResponseSeconds", 60, 6.0)]
    [InlineData("P90ResponseSeconds", 100, 9.396)]
    [InlineData("MeanResponseSeconds", 60, 6.3789)]
    public void A_limit_at_the_true_value_is_seldom_decided(string figure, int count, double truth)
    {
        Threshold threshold = ThresholdText.Parse(FormattableString.Invariant($"{figure} < {truth}"));
        int decided = Enumerable.Range(1, 400).Count(seed =>
        {
            SeededRandom random = SeededRandom.For(seed, "one question", 0);
            QuestionResult[] rows =
                [.. Enumerable.Range(1, count).Select(i => Rows.Of(i, i, i, i + (6 * Math.Exp(0.35 * random.NextNormal()))))];
            return ThresholdJudge.VerdictOn(threshold, threshold.Figure.Read(new FigureScope(rows), 0.95)) != Verdict.Undecided;
        });

        // 99.9th percentile of the binomial for 400 at 5 %; the mean of skewed values is allowed somewhat more.
        Assert.InRange(decided, 1, figure.StartsWith("Mean", StringComparison.Ordinal) ? 40 : 35);
    }

    private static LoadRun Throttled(int count, int throttled, double seconds = 8) => SampleRun.Summarize(count,
        [.. Enumerable.Range(1, count)
            .Select(i => SampleRun.Success(i, 10 + (0.01 * i)) with { ThrottleSeconds = i <= throttled ? seconds : 0 })]);

    [Theory]
    [InlineData("ThrottleShare < 20%")]
    [InlineData("FaultShare < 20%")]
    [InlineData("MeanThrottleSeconds < 5")]
    [InlineData("MeanFaultSeconds < 5")]
    public void Twenty_questions_that_lost_nothing_do_not_show_that_none_would(string threshold)
    {
        ThresholdResult result = Judge(Throttled(20, 0), threshold);

        Assert.Equal(("Undecided", 0.0, 0.0), (result.Verdict, result.Value, result.Lower));
        Assert.True(result.Upper > result.Limit);
        Assert.Contains(" from 20, of which none have any; about ", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void As_many_more_as_it_says_decide_a_share_of_which_nothing_was_seen()
    {
        int needed = 20 + Judge(Throttled(20, 0), "ThrottleShare < 20%").AdditionalCount!.Value;

        Assert.Equal("Pass", Judge(Throttled(needed + 5, 0), "ThrottleShare < 20%").Verdict);
        Assert.Equal("Undecided", Judge(Throttled(needed / 2, 0), "ThrottleShare < 20%").Verdict);
    }

    [Theory]
    [InlineData(1, ", of which only 1 has any")]
    [InlineData(9, ", of which only 9 have any")]
    public void A_share_of_few_losses_says_how_few(int throttled, string words)
    {
        ThresholdResult result = Judge(Throttled(100, throttled), "ThrottleShare < 9%");

        Assert.Equal("Undecided", result.Verdict);
        Assert.Contains(words, result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_share_of_many_losses_is_judged_on_their_scatter()
    {
        Assert.Equal("Pass", Judge(Throttled(100, 10, 5), "ThrottleShare < 10%").Verdict);
        Assert.Equal("Fail", Judge(Throttled(100, 10, 5), "ThrottleShare < 1%").Verdict);
    }

    [Theory]
    [InlineData("MeanResponseSeconds < 60", "Undecided",
        "the mean depends on a few answers, and there may be more like them: use the median or P90 instead")]
    [InlineData("MeanResponseSeconds < 2", "Fail", "")]
    [InlineData("P50ResponseSeconds < 12", "Pass", "")]
    public void A_mean_that_a_few_answers_carry_is_not_decided_by_scatter(string threshold, string verdict, string words)
    {
        // Pareto of index 1.5, at its quantiles: the mean is 3 times the least value, and most samples show less.
        LoadRun run = SampleRun.Summarize(100,
            [.. Enumerable.Range(1, 100).Select(i => SampleRun.Success(i, 2.5 * Math.Pow(1 - (((i * 37 % 100) + 0.5) / 100), -1 / 1.5)))]);

        ThresholdResult result = Judge(run, threshold);

        Assert.Equal(verdict, result.Verdict);
        Assert.Contains(words, result.Reason, StringComparison.Ordinal);
        Assert.True(words.Length == 0 || result.AdditionalCount is null);
    }

    /// <summary>
    /// One failure in 20 is what 16 of 100 runs see whose failures are as rare as the lower end of Wilson's interval says.
    /// </summary>
    [Fact]
    public void One_failure_does_not_show_that_failures_are_common()
    {
        LoadRun run = SampleRun.Summarize(20,
            [SampleRun.Failure(1, Outcome.Failed, "X"), .. Enumerable.Range(2, 19).Select(i => SampleRun.Success(i, 10))]);

        Assert.Equal("Undecided", Judge(run, "FailureRate <= 0.8%").Verdict);
        Assert.Equal("Undecided", Judge(run, "SuccessRate >= 99.2").Verdict);
        Assert.Equal("Fail", Judge(run, "FailureRate <= 0.1%").Verdict);
    }

    [Fact]
    public void What_must_fail_fails_in_the_order_of_its_gravity()
    {
        LoadRun run = SampleRun.Summarize(2, SampleRun.Success(1, 10), SampleRun.Failure(2, Outcome.Failed, "X"));
        string? Demanded(LoadRun of, params string[] thresholds) =>
            (Record.Exception(() => ThresholdJudge.Demand(
                of, ThresholdJudge.Judge(of, ThresholdText.ParseAll(thresholds)))) as GenieLoadException)?.ErrorId;

        Assert.Null(Demanded(run, "FailedCount < 2"));
        Assert.Equal("ThresholdUndecided", Demanded(run, "P95ResponseSeconds < 2"));
        Assert.Equal("ThresholdMissed", Demanded(run, "P95ResponseSeconds < 2", "FailedCount < 1"));
    }
}
