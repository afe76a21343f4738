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

    // What is far from the first refusal is left out before it is sorted: what is left begins and ends in the right places all the same.
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5)]
    public void The_part_near_the_first_refusal_holds_what_is_looked_at(int refusedOfHundred)
    {
        for (int seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            QuestionResult[] rows = [.. Enumerable.Range(1, random.Next(60)).Select(index => SampleRun.Success(index, 4) with
            {
                // Few instants, so that many are equal.
                Sends = string.Join(' ', Enumerable.Range(0, random.Next(4)).Select(_ => random.Next(40)).Order().Select(
                    at => random.Next(150) == 0 ? $"{at}-" : $"{at}-{at + 1}={(random.Next(100) < refusedOfHundred ? 429 : 200)}/{index}")),
            })];

            Assert.Equal(
                LookedAt(RecordedSends.Of(rows), before: 3, most: 9),
                LookedAt(RecordedSends.NearFirstRefusal(rows, 3, 9), before: 3, most: 9));
        }
    }

    private static LimitSend[] LookedAt(IReadOnlyList<LimitSend> sends, int before, int most)
    {
        int accepted = sends.TakeWhile(send => send.IsAccepted).Count();
        return [.. sends.Skip(accepted < sends.Count ? accepted - before : 0).Take(most)];
    }

    [Fact]
    public void A_run_without_sends_says_so() =>
        Assert.Contains(
            "no record of its sends", LimitSeen.Of([SampleRun.Success(1, 4) with { Sends = null }]).Reason, StringComparison.Ordinal);
}
