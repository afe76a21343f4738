using GenieLoad.Engine.Figures;
using GenieLoad.Engine.Http;
using GenieLoad.Engine.Http.Retries;
using GenieLoad.Engine.Limits;
using GenieLoad.Engine.Simulation;
using GenieLoad.Engine.Tests.Running;
using GenieLoad.Engine.Tests.Runs;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Figures;

public sealed class LimitSeenTests
{
    [Theory]
    [InlineData(6)]
    [InlineData(20)]
    public async Task A_run_that_met_the_limit_encloses_it(double perMinute)
    {
        var limited = new SimulatorOptions { RateLimitPerMinute = perMinute, RateLimitBurst = 3, RetryAfterSeconds = 3 };

        SimulatedRun run = await SimulatedRun.Of(
            SimulatedRun.Plan(20, 0.03, workers: 4), limited, retry: new RetryOptions { MaximumRetries = 60, JitterSeconds = 0.5 });
        RateLimit limit = LimitSeen.Of(run.Rows);

        Assert.Equal((run.Truth.QuestionCount, run.Truth.ThrottledCount), (limit.QuestionsSpent, limit.RefusedCount));
        Assert.InRange(perMinute, limit.LowerPerMinute!.Value, limit.UpperPerMinute!.Value);
        Assert.InRange(limit.UpperPerMinute.Value - limit.LowerPerMinute.Value, 0, 0.3 * perMinute);
        Assert.Contains("in the two minutes before", limit.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_shows_the_limit_only_where_questions_were_refused()
    {
        QuestionResult row = SampleRun.Success(1, 4) with { Sends = "0-0.1=429/60 12.1-12.2=200", ThrottleRetries = 1 };

        Assert.NotNull(SampleRun.Summarize(1, row).LimitLowerPerMinute);
        Assert.Null(SampleRun.Summarize(1, row with { ThrottleRetries = 0 }).LimitLowerPerMinute);
    }

    [Fact]
    public void Sends_survive_their_text()
    {
        Submission[] sent = [new(12_031, 12_214, 429, 60), new(72_300, 72_500, 200, null), new(80_000, null, null, null)];

        string text = RecordedSends.Format(sent, at => at / 1000.0)!;

        Assert.Equal("12.031-12.214=429/60 72.3-72.5=200 80-", text);
        Assert.Equal(
            [new LimitSend(12.031, 12.214, false, 60), new LimitSend(72.3, 72.5, true)],
            RecordedSends.Of([SampleRun.Success(1, 4) with { Sends = text }]));
    }

    [Theory]
    [InlineData("5-")]
    [InlineData("5-5.1=503")]
    [InlineData("5-nonsense")]
    [InlineData("5-5.1=x")]
    public void After_a_send_of_unknown_fate_nothing_is_known(string unknown)
    {
        string text = $"1-1.1=429 {unknown} 7-7.1=200";

        Assert.Equal([1.0], RecordedSends.Of([SampleRun.Success(1, 4) with { Sends = text }]).Select(send => send.SentSeconds));
    }

    [Fact]
    public void A_run_without_sends_says_so() =>
        Assert.Contains(
            "no record of its sends", LimitSeen.Of([SampleRun.Success(1, 4) with { Sends = null }]).Reason, StringComparison.Ordinal);
}
