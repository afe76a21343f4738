using GenieLoad.Engine.Running;
using GenieLoad.Engine.Randomness;
using Microsoft.Extensions.Time.Testing;

namespace GenieLoad.Engine.Tests.Running;

/// <summary>The pacer against a token bucket that counts for itself.</summary>
public sealed class QuestionPacerTests
{
    private readonly FakeTimeProvider _time = new();

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void No_more_than_the_burst_goes_out_at_once(int burst)
    {
        var pacer = new QuestionPacer(60, _time, burst);

        double[] sends = [.. Enumerable.Range(0, 6).Select(_ => Seconds(pacer.Take(0, long.MaxValue)))];

        Assert.Equal(Enumerable.Range(0, 6).Select(i => (double)Math.Max(0, i - burst + 1)), sends);
    }

    [Fact]
    public void A_pause_gives_back_no_more_than_the_burst()
    {
        var pacer = new QuestionPacer(60, _time, burst: 2);
        pacer.Take(0, long.MaxValue);
        pacer.Take(0, long.MaxValue);

        double[] sends = [.. Enumerable.Range(0, 4).Select(_ => Seconds(pacer.Take(Ticks(100), long.MaxValue)))];

        Assert.Equal([100, 100, 101, 102], sends);
    }

    /// <summary>Repetitions know ahead when they are due; what is sent before them leaves them their token.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Sends_in_any_order_never_exceed_the_bucket(int burst)
    {
        SeededRandom random = SeededRandom.For(7, "pacer", burst);
        var pacer = new QuestionPacer(30, _time, burst);
        List<long> sends = [];
        double now = 0;
        for (int i = 0; i < 400; i++)
        {
            now += random.NextDouble() * 3;
            double from = now + (random.NextDouble() < 0.3 ? random.NextDouble() * 30 : 0);
            long earliest = pacer.Earliest(Ticks(from));
            Assert.Equal(earliest, pacer.Take(Ticks(from), long.MaxValue));
            Assert.True(earliest >= Ticks(from));
            sends.Add(earliest);
        }

        double tokens = burst, at = 0;
        foreach (double send in sends.Order().Select(Seconds))
        {
            tokens = Math.Min(burst, tokens + ((send - at) / 2)) - 1;
            at = send;
            Assert.True(tokens > -1e-6, $"{send} s");
        }
    }

    [Fact]
    public void What_is_not_taken_leaves_the_instant_to_others()
    {
        var pacer = new QuestionPacer(60, _time);
        pacer.Take(0, long.MaxValue);

        Assert.False(pacer.TryTake(0, 0, out long granted));
        Assert.Equal(1, Seconds(granted));
        Assert.Equal(1, Seconds(pacer.Take(0, long.MaxValue)));
    }

    [Fact]
    public void Turns_of_later_hold_nobody_up_who_comes_before_them()
    {
        long now = _time.GetTimestamp();
        var pacer = new QuestionPacer(60, _time);
        foreach (double later in (double[])[100, 200, 300])
            pacer.Take(now + Ticks(later), long.MaxValue);

        Assert.Equal(0, Seconds(pacer.Take(now, long.MaxValue) - now));
        Assert.Equal(1, Seconds(pacer.Take(now, long.MaxValue) - now));
        Assert.Equal(101, Seconds(pacer.Take(now + Ticks(100), long.MaxValue) - now));
    }

    [Fact]
    public void Without_a_limit_every_instant_is_free()
    {
        var pacer = new QuestionPacer(null, _time);

        Assert.All([100, 5, 5, 0.0], seconds => Assert.Equal(seconds, Seconds(pacer.Take(Ticks(seconds), long.MaxValue))));
        Assert.False(pacer.TryTake(Ticks(2), Ticks(1), out _));
        Assert.False(pacer.HasLimited);
        pacer.SetRate(60);
        pacer.SetRate(null);
        pacer.SetRate(30);
        Assert.Equal([0, 2, 4], Enumerable.Range(0, 3).Select(_ => Seconds(pacer.Take(0, long.MaxValue))));
        Assert.True(pacer.HasLimited);
    }

    [Fact]
    public void After_a_time_without_a_limit_the_next_rates_hold()
    {
        var pacer = new QuestionPacer(60, _time);
        pacer.Take(_time.GetTimestamp(), long.MaxValue);
        foreach (double? rate in (double?[])[null, 30, 60])
        {
            _time.Advance(TimeSpan.FromSeconds(10));
            pacer.SetRate(rate);
        }
        long now = _time.GetTimestamp();

        Assert.Equal([0, 1, 2], Enumerable.Range(0, 3).Select(_ => Seconds(pacer.Take(now, long.MaxValue) - now)));
    }

    [Fact]
    public void Without_a_limit_from_now_on_nobody_waits_and_a_limit_of_later_holds_from_then()
    {
        var pacer = new QuestionPacer(1, _time);
        long now = _time.GetTimestamp();
        pacer.Take(now, long.MaxValue);

        pacer.SetRate(null);
        Assert.Equal(now, pacer.Take(now, long.MaxValue));
        pacer.SetRate(60);

        // Nothing is left of the minute that the first rate would have asked for.
        Assert.Equal([0, 1], Enumerable.Range(0, 2).Select(_ => Seconds(pacer.Take(now, long.MaxValue) - now)));
    }

    private long Ticks(double seconds) => (long)(seconds * _time.TimestampFrequency);

    private double Seconds(long ticks) => (double)ticks / _time.TimestampFrequency;
}
