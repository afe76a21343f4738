using GenieLoad.Engine.Simulation;
using GenieLoad.Engine.Simulation.Truth;

namespace GenieLoad.Engine.Tests.Simulation.Truth;

public sealed class TrueCapacityTests
{
    /// <summary>Lognormal answers with a median of 20 s and a deviation of 0.4.</summary>
    private static readonly SimulatorOptions Lognormal = new()
    {
        SubmittedSeconds = 0, FetchingMetadataSeconds = 0, FilteringContextSeconds = 0, AskingAiSeconds = 20, TextOnlyShare = 1,
        LatencySpread = 0.4,
    };

    private static readonly SimulatorOptions Limited = Lognormal with { RateLimitPerMinute = 5, RateLimitBurst = 1 };

    /// <summary>Numbers of people found by another simulation, in another language; the model of a forecast is held to the same.</summary>
    [Theory]
    [InlineData(5, 1, 180, 45, 10)]
    [InlineData(5, 1, 180, 60, 14)]
    [InlineData(5, 5, 180, 60, 16)]
    [InlineData(20, 5, 180, 60, 71)]
    [InlineData(5, 1, 180, 90, 18)]
    public void The_people_are_those_of_another_simulation(double perMinute, int burst, double think, double limit, int people)
    {
        using GenieSimulator simulator = GenieSimulator.Start(
            Lognormal with { RateLimitPerMinute = perMinute, RateLimitBurst = burst });

        int tolerance = people > 60 ? 2 : 1;
        Assert.InRange(simulator.Record.CapacityFor(limit, 0.1, think).People!.Value, people - tolerance, people + tolerance);
    }

    [Theory]
    [InlineData(14, null, SimulatedLimiter.TokenBucket)]
    [InlineData(17, null, SimulatedLimiter.SlidingWindow)]
    [InlineData(17, null, SimulatedLimiter.FixedWindow)]
    [InlineData(14, 2, SimulatedLimiter.TokenBucket)]
    public async Task A_crowd_at_the_simulator_misses_as_often(int people, int? slots, SimulatedLimiter limiter)
    {
        SimulatorOptions options = Limited with { ServiceSlots = slots, RateLimiter = limiter };

        double met = await Crowd.MissShareAsync(options, people, limitSeconds: 60, thinkSeconds: 180, answers: 2_000);

        double truth = new TrueCapacity(options, 60, 0.1, 180).MissShare(people);
        Assert.InRange(truth, 0.03, 0.9);
        // The crowd looks once a second, which is late by half of one.
        Assert.InRange(met, truth - 0.04, truth + 0.06);
    }

    [Fact]
    public void Growth_with_load_holds_people_back_without_any_limit()
    {
        int? people = Of(Lognormal with { ServiceSlots = 4 }, 60);

        // Nine in flight take 2.25 × 20 s in the median: about 9 × (180 + 45) / 45 people.
        Assert.InRange(people!.Value, 25, 55);
        Assert.InRange(Of(Lognormal with { ServiceSlots = 8 }, 60)!.Value, 1.8 * people.Value, 2.3 * people.Value);
        Assert.Null(Of(Lognormal, 60));
    }

    [Fact]
    public void A_full_warehouse_holds_people_back()
    {
        SimulatorOptions full = Lognormal with { TextOnlyShare = 0, AskingAiSeconds = 2, ExecutingQuerySeconds = 20, WarehouseSlots = 1 };
        int? people = Of(full, 60);

        // One statement after another, 16 to 20 s each: at most about (180 + 60) / 20 people.
        Assert.InRange(people!.Value, 5, 14);
        Assert.InRange(Of(full with { WarehouseSlots = 3 }, 60)!.Value, 2.5 * people.Value, 6 * people.Value);
    }

    [Fact]
    public void Failures_are_misses()
    {
        Assert.Equal(0, Of(Limited with { FailedShare = 0.2 }, 60));
        Assert.Equal(0, Of(Limited with { ExpiredShare = 0.2, TextOnlyShare = 0 }, 60));
        Assert.True(Of(Limited with { FailedShare = 0.05 }, 60) < Of(Limited, 60));
    }

    [Fact]
    public void It_is_the_long_run_of_people_who_are_never_refused()
    {
        SimulatorOptions window = Limited with { RateLimiter = SimulatedLimiter.SlidingWindow };

        Assert.Equal(Of(window, 60), Of(window with { RateLimitCountsRejected = true }, 60));
        SimulatorOptions cold = Lognormal with { TextOnlyShare = 0, ColdWarehouseSeconds = 3_600 };
        Assert.Equal(0, new TrueCapacity(cold, 600, 0.1, 180, Answers).MissShare(300));
    }

    [Fact]
    public void Its_seconds_are_real_whatever_the_time_scale() => Assert.Equal(
        new TrueCapacity(Limited, 60, 0.1, 180, Answers).People,
        new TrueCapacity(Limited with { TimeScale = 10 }, 6, 0.1, 18, Answers).People);

    private const int Answers = 10_000;

    private static int? Of(SimulatorOptions options, double limitSeconds) =>
        new TrueCapacity(options, limitSeconds, 0.1, 180, Answers).People;
}
