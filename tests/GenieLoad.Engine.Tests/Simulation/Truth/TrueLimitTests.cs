using GenieLoad.Engine.Simulation;
using GenieLoad.Engine.Simulation.Truth;
using static GenieLoad.Engine.Tests.Simulation.SimulatorFixture;

namespace GenieLoad.Engine.Tests.Simulation.Truth;

public sealed class TrueLimitTests
{
    public static TheoryData<SimulatorOptions, string, double> Limits => new()
    {
        { new() { RateLimitPerMinute = 5, RateLimitBurst = 3 }, "token bucket, 5 a minute, burst 3, per workspace", 5 },
        { new() { RateLimitPerMinute = 5, TimeScale = 10 }, "token bucket, 50 a minute, burst 5, per workspace", 50 },
        {
            new()
            {
                RateLimitPerMinute = 20, RateLimiter = SimulatedLimiter.SlidingWindow, RateLimitCountsRejected = true,
                RateLimitScope = SimulatedLimitScope.User, TimeScale = 2,
            },
            "sliding window of 30 s, 20 in it, refused questions count, per user", 40
        },
        {
            new() { RateLimitPerMinute = 5, RateLimitWindowSeconds = 10, RateLimiter = SimulatedLimiter.FixedWindow },
            "fixed window of 10 s, 1 in it, per workspace", 6
        },
    };

    [Theory]
    [MemberData(nameof(Limits))]
    public async Task The_record_says_the_limit_that_clients_meet(SimulatorOptions options, string text, double perMinute)
    {
        using var fixture = new SimulatorFixture(options with { CallSeconds = 0 });
        TrueLimit limit = fixture.Simulator.Record.TrueLimit!;

        Assert.Equal((text, text), (limit.ToString(), fixture.Simulator.ToModel().TrueLimit));
        Assert.Equal((options.RateLimiter, options.RateLimitScope), (limit.Kind, limit.Scope));
        Assert.Equal(perMinute, limit.QuestionsPerMinute, 1e-9);
        Assert.Equal(limit.Burst, await AcceptedAsync(fixture, limit.Burst + 1));
        // Ten minutes of asking as fast as is ever admitted; whoever waits a whole window first meets all of it.
        fixture.Advance(600);
        int accepted = await AcceptedAsync(fixture, limit.Burst);
        for (double at = 0; at < 600; at += limit.WindowSeconds ?? 60 / perMinute)
        {
            fixture.Advance(limit.WindowSeconds ?? 60 / perMinute);
            accepted += await AcceptedAsync(fixture, limit.WindowSeconds is null ? 1 : limit.Burst);
        }

        Assert.InRange(accepted - limit.Burst, (10 * perMinute) - 1, (10 * perMinute) + limit.Burst);
    }

    [Theory]
    [InlineData(SimulatedLimiter.TokenBucket, false)]
    [InlineData(SimulatedLimiter.FixedWindow, false)]
    [InlineData(SimulatedLimiter.SlidingWindow, true)]
    public void Only_a_sliding_window_can_count_refused_questions(SimulatedLimiter limiter, bool counts) => Assert.Equal(
        counts, TrueLimit.Of(new SimulatorOptions { RateLimitPerMinute = 5, RateLimiter = limiter, RateLimitCountsRejected = true })!
            .RejectionsCount);

    [Fact]
    public void Without_a_limit_there_is_none()
    {
        using var fixture = new SimulatorFixture(Steady);
        Assert.Null(fixture.Simulator.Record.TrueLimit);
        Assert.Null(fixture.Simulator.ToModel().TrueLimit);
    }

    private static async Task<int> AcceptedAsync(SimulatorFixture fixture, int count)
    {
        int accepted = 0;
        for (int i = 0; i < count; i++)
            accepted += (await fixture.StartAsync("How many?")).Status == 200 ? 1 : 0;
        return accepted;
    }
}
