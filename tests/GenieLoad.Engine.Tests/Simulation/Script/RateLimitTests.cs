using System.Globalization;
using GenieLoad.Engine.Simulation;
using static GenieLoad.Engine.Tests.Simulation.SimulatorFixture;

namespace GenieLoad.Engine.Tests.Simulation.Script;

public sealed class RateLimitTests
{
    [Fact]
    public async Task The_burst_is_admitted_and_then_one_question_per_interval()
    {
        using var fixture = new SimulatorFixture(Steady with { RateLimitPerMinute = 6, RateLimitBurst = 3 });
        Assert.Equal("200 200 200 429", await AskAsync(fixture, 4));
        fixture.Advance(9.9);
        Assert.Equal("429", await AskAsync(fixture, 1));
        fixture.Advance(0.1);
        Assert.Equal("200 429", await AskAsync(fixture, 2));
        fixture.Advance(1000);
        Assert.Equal("200 200 200 429", await AskAsync(fixture, 4));
        Assert.Equal(4, fixture.Simulator.Record.ThrottledCount);
        Assert.Equal(7, fixture.Simulator.Record.QuestionCount);
    }

    [Fact]
    public async Task Polls_and_refused_bodies_do_not_count()
    {
        using var fixture = new SimulatorFixture(Steady with { RateLimitPerMinute = 1 });
        Assert.Equal(400, (await fixture.StartAsync(" ")).Status);
        string path = await fixture.AskAsync("Counts");
        for (int i = 0; i < 20; i++)
            Assert.Equal(200, (await fixture.GetAsync(path)).Status);
        Assert.Equal(429, (await fixture.StartAsync("Too many")).Status);
    }

    [Fact]
    public async Task The_limit_is_shared_by_all_spaces_and_by_follow_ups()
    {
        using var fixture = new SimulatorFixture(Steady with { RateLimitPerMinute = 1, SpaceCount = 2 });
        string path = await fixture.AskAsync("First");
        fixture.Advance(30);
        string other = $"/api/2.0/genie/spaces/{fixture.Simulator.SpaceIds[1]}/start-conversation";
        Assert.Equal(429, (await fixture.PostAsync(other, Content("Second"))).Status);
        Assert.Equal(429, (await fixture.PostAsync(path[..path.LastIndexOf('/')], Content("Third"))).Status);
    }

    [Theory]
    [InlineData(1, 60)]
    [InlineData(10, 6)]
    [InlineData(7, 9)]
    public async Task Retry_after_in_seconds_is_scaled_and_rounded_up(double scale, int seconds)
    {
        using var fixture = new SimulatorFixture(Steady with { RateLimitPerMinute = 1, TimeScale = scale });
        await AskAsync(fixture, 1);
        Answer answer = await fixture.StartAsync("Too many");
        Assert.Equal("REQUEST_LIMIT_EXCEEDED", answer.Text("error_code"));
        Assert.Equal(seconds.ToString(CultureInfo.InvariantCulture), answer.Response.Headers.GetValues("Retry-After").Single());
    }

    [Fact]
    public async Task Retry_after_as_a_date_is_never_too_early()
    {
        using var fixture = new SimulatorFixture(Steady with { RateLimitPerMinute = 1, RetryAfter = RetryAfterForm.Date });
        await AskAsync(fixture, 1);
        Answer answer = await fixture.StartAsync("Too many");
        // The clock stands at 250 ms past the second.
        Assert.Equal("Tue, 01 Sep 2026 12:01:01 GMT", answer.Response.Headers.GetValues("Retry-After").Single());
    }

    [Fact]
    public async Task Retry_after_can_be_left_out()
    {
        using var fixture = new SimulatorFixture(Steady with { RateLimitPerMinute = 1, RetryAfter = RetryAfterForm.None });
        await AskAsync(fixture, 1);
        Assert.False((await fixture.StartAsync("Too many")).Response.Headers.Contains("Retry-After"));
    }

    [Fact]
    public async Task Retry_after_without_a_fixed_value_is_the_time_until_the_next_admission()
    {
        using var fixture = new SimulatorFixture(Steady with { RateLimitPerMinute = 6, RateLimitBurst = 1, RetryAfterSeconds = null });
        await AskAsync(fixture, 1);
        fixture.Advance(3.5);
        Assert.Equal("7", (await fixture.StartAsync("Too early")).Response.Headers.GetValues("Retry-After").Single());
        fixture.Advance(6.5);
        Assert.Equal("200", await AskAsync(fixture, 1));
    }

    [Fact]
    public async Task A_faster_simulator_admits_in_the_same_proportion()
    {
        using var fixture = new SimulatorFixture(Steady with { RateLimitPerMinute = 6, RateLimitBurst = 1, TimeScale = 10 });
        Assert.Equal("200 429", await AskAsync(fixture, 2));
        fixture.Advance(1);
        Assert.Equal("200 429", await AskAsync(fixture, 2));
    }

    private static async Task<string> AskAsync(SimulatorFixture fixture, int count)
    {
        int[] statuses = new int[count];
        for (int i = 0; i < count; i++)
            statuses[i] = (await fixture.StartAsync("How many?")).Status;
        return string.Join(' ', statuses);
    }
}
