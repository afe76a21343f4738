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
    public void Questions_in_flight_count_as_answered()
    {
        Assert.NotNull(Reason("SuccessRate >= 90", 0, 10));
        Assert.Null(Reason("SuccessRate >= 90", 0, 10, inFlight: 60));
    }
}
