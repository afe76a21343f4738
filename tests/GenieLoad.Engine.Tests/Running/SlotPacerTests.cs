using GenieLoad.Engine.Planning;
using GenieLoad.Engine.Randomness;
using GenieLoad.Engine.Running;
using Microsoft.Extensions.Time.Testing;

namespace GenieLoad.Engine.Tests.Running;

/// <summary>Pacers of shards that know nothing of one another, looked at together.</summary>
public sealed class SlotPacerTests
{
    // Timestamps of a clock that begins at 0 are easy to read.
    private readonly FakeTimeProvider _time = new(DateTimeOffset.MinValue);

    [Fact]
    public void The_slots_of_all_shards_follow_one_another()
    {
        SlotPacer[] pacers = [.. Shards(4, perMinute: 60.5)];

        double[] sends = [.. Enumerable.Range(0, 3).SelectMany(_ => pacers.Select(pacer => Seconds(pacer.Take(0, long.MaxValue))))];

        Assert.Equal(Enumerable.Range(0, 12).Select(i => (double)i), sends, (one, other) => Math.Abs(one - other) < 1e-6);
    }

    [Theory]
    [InlineData(1, 20)]
    [InlineData(3, 7)]
    [InlineData(5, 60)]
    [InlineData(16, 5)]
    public void In_no_minute_all_together_send_more_however_late_they_are_and_whatever_their_clocks(int count, int perMinute)
    {
        SeededRandom random = SeededRandom.For(count, "slots", perMinute);
        SlotPacer[] pacers = [.. Shards(count, perMinute)];
        double[] ahead = [.. pacers.Select(_ => 0.24 * random.NextDouble())];
        List<double> sends = [];
        for (int step = 0; step < 6000; step++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(100 * random.NextDouble()));
            for (int i = 0; i < count; i++)
            {
                long now = _time.GetTimestamp();
                // More is due than the pace allows; some of it is known long before.
                double later = random.NextDouble() < 0.01 ? 60 * random.NextDouble() : 0;
                if (pacers[i].TryTake(now + Ticks(later), later > 0 ? long.MaxValue : now, out long granted))
                    sends.Add(Seconds(granted) + ahead[i]);
            }
        }
        sends.Sort();
        for (int i = perMinute; i < sends.Count; i++)
            Assert.True(sends[i] - sends[i - perMinute] >= 60, $"{perMinute + 1} sends in {sends[i] - sends[i - perMinute]:0.000} s.");
        double possible = perMinute * Seconds(_time.GetTimestamp()) / 60.5;
        Assert.True(sends.Count > 0.8 * possible, $"Only {sends.Count} of {possible:0} were sent.");
    }

    [Fact]
    public void A_question_that_has_waited_gets_no_slot_of_the_past()
    {
        SlotPacer pacer = Shards(2, perMinute: 60.5).First();
        _time.Advance(TimeSpan.FromSeconds(9));

        Assert.False(pacer.TryTake(0, _time.GetTimestamp(), out long granted));
        Assert.Equal(10, Seconds(granted), 6);
        Assert.Equal(10, Seconds(pacer.Earliest(0)), 6);
    }

    [Fact]
    public void A_slot_can_be_used_a_quarter_of_a_second_late_and_once()
    {
        SlotPacer pacer = Shards(2, perMinute: 60.5).First();
        _time.Advance(TimeSpan.FromSeconds(4.24));
        long now = _time.GetTimestamp();

        Assert.True(pacer.TryTake(0, now, out long granted));
        Assert.Equal(now, granted);
        Assert.False(pacer.TryTake(0, now, out granted));
        Assert.Equal(6, Seconds(granted), 6);
        _time.Advance(TimeSpan.FromSeconds(2.02));
        Assert.False(pacer.TryTake(0, _time.GetTimestamp() + Ticks(0.1), out _));
    }

    [Fact]
    public void No_slot_lies_before_the_start()
    {
        var pacer = new SlotPacer(60.5, _time, new Shard(1, 2), Ticks(100));
        Assert.Equal(100, Seconds(pacer.Take(0, long.MaxValue)), 6);
    }

    [Fact]
    public void A_new_rate_holds_from_then_on_and_gives_no_slot_before_one_already_given()
    {
        SlotPacer pacer = Shards(2, perMinute: 60.5).First();
        Assert.Equal(4, Seconds(pacer.Take(Ticks(4), long.MaxValue)), 6);

        pacer.SetRate(121);
        Assert.Equal([5, 6, 7], new[] { 1, 2, 3 }.Select(_ => Math.Round(Seconds(pacer.Take(0, long.MaxValue)), 6)));
        pacer.SetRate(null);
        Assert.True(pacer.TryTake(Ticks(1), Ticks(1), out long granted));
        Assert.Equal((1.0, true), (Seconds(granted), pacer.HasLimited));
    }

    private IEnumerable<SlotPacer> Shards(int count, double perMinute)
    {
        long start = _time.GetTimestamp();
        return [.. Enumerable.Range(1, count).Select(number => new SlotPacer(perMinute, _time, new Shard(number, count), start))];
    }

    private double Seconds(long timestamp) => (double)timestamp / _time.TimestampFrequency;

    private long Ticks(double seconds) => (long)(seconds * _time.TimestampFrequency);
}
