using GenieLoad.Engine.Figures;
using GenieLoad.Engine.Http;
using GenieLoad.Engine.Running;
using GenieLoad.Engine.Simulation;
using GenieLoad.Engine.Tests.Campaign;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Running;

/// <summary>Clocks that are wrong by what the test knows, and what the Date headers of a run say of them.</summary>
public sealed class ClockReaderTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(30)]
    [InlineData(3600.25)]
    [InlineData(-20.5)]
    public async Task The_offset_of_a_clock_is_known_within_its_half_width(double ahead)
    {
        using var sharded = new ShardedRun(new SimulatorOptions { CallSeconds = 0.1 })
        {
            AheadSeconds = number => number == 2 ? ahead : 0,
        };

        LoadRun[] runs = await sharded.RunAsync(SimulatedRun.Plan(40, 40, workers: 20) with { Hash = "known" }, 2);

        foreach (LoadRun run in runs)
        {
            double truth = run.Shard == "2/2" ? -ahead : 0;
            Assert.InRange(run.ClockHalfWidthSeconds!.Value, 0.01, 0.25);
            Assert.InRange(run.ClockOffsetSeconds!.Value, truth - run.ClockHalfWidthSeconds.Value, truth + run.ClockHalfWidthSeconds.Value);
        }
    }

    [Fact]
    public void Two_stretches_are_read_together_unless_the_clock_was_set_in_between()
    {
        var first = new ClockReading(0.1, 0.2);
        var second = new ClockReading(0.3, 0.1);

        ClockReading both = ClockReader.Joined(first, second)!;
        Assert.Equal((0.25, 0.05), (Math.Round(both.OffsetSeconds, 9), Math.Round(both.HalfWidthSeconds, 9)));
        Assert.Equal(new ClockReading(9, 0.1), ClockReader.Joined(first, new ClockReading(9, 0.1)));
        Assert.Equal(first, ClockReader.Joined(first, null));
        Assert.Equal(second, ClockReader.Joined(null, second));
    }

    [Fact]
    public void A_clock_is_off_only_where_it_cannot_be_right()
    {
        Assert.False(new ClockReading(0.1, 0.1).IsOff);
        Assert.True(new ClockReading(-0.11, 0.1).IsOff);
    }

    [Fact]
    public void Many_samples_are_thinned_evenly_and_answers_without_a_date_say_nothing()
    {
        var clock = new ServiceClock();
        var none = new ServiceClock();
        using var answer = new HttpResponseMessage();
        none.Observe(1, 2, answer.Headers);
        for (int i = 0; i < 3 * ServiceClock.MostSamples; i++)
        {
            answer.Headers.Date = DateTimeOffset.UnixEpoch.AddSeconds(i);
            clock.Observe(i, i + 1, answer.Headers);
        }

        long[] sent = [.. clock.Samples.Select(sample => sample.SentAt)];

        Assert.InRange(sent.Length, ServiceClock.MostSamples / 2, ServiceClock.MostSamples - 1);
        Assert.Empty(none.Samples);
        Assert.Single(sent.Zip(sent.Skip(1), (one, next) => next - one).Distinct());
    }
}
