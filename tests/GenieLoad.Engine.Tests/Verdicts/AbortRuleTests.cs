using GenieLoad.Engine.Running;
using GenieLoad.Engine.Running.Stopping;
using GenieLoad.Engine.Tests.Figures;
using GenieLoad.Engine.Verdicts;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Verdicts;

public class AbortRuleTests
{
    private const int Planned = 1000;

    private static string? Reason(string threshold, int answered, int failed, int inFlight = 0, double elapsed = 100, double seconds = 10)
    {
        var rule = new AbortRule([ThresholdText.Parse(threshold)], delaySeconds: 60, graceSeconds: 30);
        for (int i = 1; i <= answered + failed; i++)
            Assert.Null(rule.Finished(Rows.Of(i, 0, 0, seconds, i <= answered ? Outcome.Completed : Outcome.Failed)));
        StopOrder? order = rule.Progressed(new RunProgress
        {
            Planned = Planned, Waiting = 0, InFlight = inFlight, Throttled = 0, Succeeded = answered, Failed = failed,
            InFlightByStatus = new Dictionary<string, int>(), ElapsedSeconds = elapsed, RemainingSeconds = null,
        });
        if (order is not null)
            Assert.Equal((StopCause.Threshold, 30), (order.Cause, order.GraceSeconds));
        return order?.Reason;
    }

    [Theory]
    [InlineData("SuccessRate >= 99", 5, 20)]
    [InlineData("P50ResponseSeconds < 5", 30, 0)]
    [InlineData("FailedCount < 3", 50, 3)]
    [InlineData("MaximumResponseSeconds < 9", 1, 0)]
    public void A_test_ends_when_a_threshold_cannot_be_met_any_more(string threshold, int answered, int failed) =>
        Assert.StartsWith($"Stopped by the threshold {threshold}: ", Reason(threshold, answered, failed));

    [Fact]
    public void The_reason_reads_well_with_a_unit_and_without()
    {
        Assert.Matches(@": \d+ after \d+ questions\.$", Reason("FailedCount < 3", 50, 3));
        Assert.Matches(@": [\d.]+ s after \d+ questions\.$", Reason("MaximumResponseSeconds < 9", 1, 0));
    }

    [Theory]
    [InlineData("SuccessRate >= 90", 18, 2)]
    [InlineData("P50ResponseSeconds < 5", 3, 0)]
    [InlineData("QuestionCount >= 1000", 50, 3)]
    [InlineData("ThroughputPerSecond > 100", 50, 3)]
    public void A_test_goes_on_while_more_answers_can_change_the_verdict(string threshold, int answered, int failed) =>
        Assert.Null(Reason(threshold, answered, failed));

    [Fact]
    public void Nothing_is_looked_at_before_the_delay() => Assert.Null(Reason("FailedCount < 3", 50, 3, elapsed: 59));

    [Fact]
    public void At_the_delay_itself_it_looks() => Assert.NotNull(Reason("FailedCount < 3", 50, 3, elapsed: 60));

    // A look costs a sort of all answers.
    [Fact]
    public void It_looks_again_when_two_percent_more_have_come()
    {
        var rule = new AbortRule([ThresholdText.Parse("FailedCount < 1")], delaySeconds: 0, graceSeconds: 0);
        for (int i = 1; i <= 100; i++)
            rule.Finished(Rows.Of(i, 0, 0, 10, Outcome.Completed));

        Assert.Null(rule.Progressed(Progress(done: 100)));
        rule.Finished(Rows.Of(101, 0, 0, 10, Outcome.Failed));
        Assert.Null(rule.Progressed(Progress(done: 101)));
        rule.Finished(Rows.Of(102, 0, 0, 10, Outcome.Completed));
        Assert.NotNull(rule.Progressed(Progress(done: 102)));
        Assert.Null(rule.Progressed(Progress(done: 102)));
    }

    [Fact]
    public void Warm_up_does_not_count_and_a_run_that_is_done_is_left_to_the_verdict()
    {
        var rule = new AbortRule([ThresholdText.Parse("FailedCount < 1")], delaySeconds: 0, graceSeconds: 0);
        rule.Finished(Rows.Of(1, 0, 0, 10, Outcome.Failed) with { IsWarmUp = true });
        Assert.Null(rule.Progressed(Progress(done: 1)));
        rule.Finished(Rows.Of(2, 0, 0, 10, Outcome.Failed));
        Assert.Null(rule.Progressed(Progress(done: Planned)));
        Assert.NotNull(rule.Progressed(Progress(done: 2)));
    }

    // Nobody knows yet of what kind those in flight are: of a part, too, all of them may be answered.
    [Fact]
    public void Questions_in_flight_may_belong_to_the_part_of_a_threshold()
    {
        Assert.NotNull(Reason("SuccessRate{turn=1} >= 90", 0, 10));
        Assert.Null(Reason("SuccessRate{turn=1} >= 90", 0, 10, inFlight: 60));
        Assert.Null(Reason("SuccessRate{turn=2} >= 90", 0, 10));
        Assert.NotNull(Reason("SuccessRate >= 90", 0, 100, inFlight: 60));
        Assert.NotNull(Reason("SuccessRate{turn=1} >= 90", 0, 100, inFlight: 60));
    }

    private static RunProgress Progress(int done) => new()
    {
        Planned = Planned, Waiting = 0, InFlight = 0, Throttled = 0, Succeeded = done, Failed = 0,
        InFlightByStatus = new Dictionary<string, int>(), ElapsedSeconds = 100, RemainingSeconds = null,
    };

    [Fact]
    public void Questions_in_flight_count_as_answered()
    {
        Assert.NotNull(Reason("SuccessRate >= 90", 0, 10));
        Assert.Null(Reason("SuccessRate >= 90", 0, 10, inFlight: 60));
    }
}
