using GenieLoad.Engine.Capacity;
using GenieLoad.Engine.Randomness;

namespace GenieLoad.Engine.Tests.Capacity;

public class LoadDependenceTests
{
    [Theory]
    [InlineData(4)]
    [InlineData(2)]
    public void Times_that_grow_are_found_with_the_slots_above_which_they_do(double slots)
    {
        ServiceSample sample = new(Drawn(1, 120, 12, slots));

        Assert.True(sample.Dependence.Grows);
        Assert.InRange(sample.Dependence.Slots!.Value, slots * 0.75, slots * 1.3);
        Assert.True(sample.Dependence.GrowthPerQuestion > 0.03);
        // What is drawn for one alone is what one alone would have taken; for many it grows.
        Assert.Equal(20, sample.Distribution.Answered[sample.Distribution.Answered.Count / 2], 3.0);
        Assert.Equal(3, Seconds((int)(3 * slots)) / Seconds(1), 0.9);

        double Seconds(int inFlight) => sample.Distribution.Draw(new SeededRandom(1), inFlight).Seconds;
    }

    [Fact]
    public void A_pair_in_flight_that_takes_twice_as_long_is_found_in_thirty_times()
    {
        ServiceSample sample = new(Drawn(2, 30, 2, 1));

        Assert.True(sample.Dependence.Grows);
        Assert.InRange(sample.Dependence.Slots!.Value, 1, 1.4);
    }

    [Fact]
    public void Times_that_do_not_grow_are_seldom_said_to()
    {
        int alarms = Enumerable.Range(0, 500).Count(seed => LoadDependence.Of(Drawn(seed, 30, 4, double.PositiveInfinity)).Grows);

        // Half of one in a hundred is promised, as times must differ to the one side.
        Assert.InRange(alarms, 0, 10);
    }

    [Fact]
    public void Times_that_shrink_are_not_said_to_grow() =>
        Assert.False(LoadDependence.Of([.. Drawn(1, 60, 6, 1).Select(time => time with { InFlight = 7 - time.InFlight })]).Grows);

    [Fact]
    public void Without_different_loads_nothing_is_said()
    {
        Assert.Equal(LoadDependence.Unknown, LoadDependence.Of([.. Drawn(1, 60, 6, 1).Select(time => time with { InFlight = null })]));
        Assert.False(LoadDependence.Of([.. Drawn(1, 60, 6, 1).Select(time => time with { InFlight = 2 })]).IsKnown);
        Assert.False(LoadDependence.Of(Drawn(1, 9, 6, 1)).IsKnown);
        Assert.False(LoadDependence.Of([.. Drawn(1, 60, 6, 1).Select(time => time with { IsFailed = true })]).IsKnown);
    }

    private static ServiceTime[] Drawn(int seed, int count, int mostInFlight, double slots)
    {
        SeededRandom random = SeededRandom.For(seed, "load", 0);
        return [.. Enumerable.Range(0, count).Select(i => new ServiceTime(
            20 * Math.Exp(0.25 * random.NextNormal()) * Math.Max(1, (1 + (i % mostInFlight)) / slots), InFlight: 1 + (i % mostInFlight)))];
    }
}
