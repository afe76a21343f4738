using GenieLoad.Engine.Capacity;
using GenieLoad.Engine.Randomness;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Capacity;

public class ServiceSampleTests
{
    private static readonly double[] Times = [8, 9, 11, 12, 14, 15, 15, 18, 20, 22, 25, 31];

    [Fact]
    public void Times_a_little_longer_than_the_longest_become_possible_and_the_scatter_stays()
    {
        ServiceDistribution spread = new ServiceSample(Times.Select(time => new ServiceTime(time))).Distribution;
        double[] logs = [.. Times.Select(time => Math.Log(time))];
        double[] spreadLogs = [.. spread.Answered.Select(time => Math.Log(time))];

        Assert.InRange(spread.Answered.Max(), 32, 60);
        Assert.Equal(logs.Average(), spreadLogs.Average(), 1e-9);
        Assert.Equal(Deviation(logs), Deviation(spreadLogs), 0.03);
        Assert.Equal(spread.Answered.Order(), spread.Answered);
    }

    [Fact]
    public void Failures_keep_their_share_and_their_times()
    {
        ServiceSample sample = new([.. Times.Select(time => new ServiceTime(time)), new(2, IsFailed: true), new(3, IsFailed: true)]);
        SeededRandom random = new(5);
        ServiceTime[] drawn = [.. Enumerable.Range(0, 20_000).Select(_ => sample.Distribution.Draw(random, 1))];

        Assert.Equal(14, sample.Count);
        Assert.Equal(2, sample.FailedCount);
        Assert.Equal(2.0 / 14, drawn.Count(time => time.IsFailed) / 20_000.0, 0.01);
        Assert.All(drawn.Where(time => time.IsFailed), time => Assert.Contains(time.Seconds, new double[] { 2, 3 }));
        Assert.All(drawn.Where(time => !time.IsFailed), time => Assert.True(time.Seconds > 4));
        Assert.Equal(drawn.Average(time => time.Seconds), sample.Distribution.MeanSeconds, 0.3);
        Assert.Equal(0, sample.Distribution.WithoutFailures().FailureShare);
    }

    [Fact]
    public void A_sample_in_which_all_failed_draws_failures_only()
    {
        ServiceSample sample = new([new(2, IsFailed: true)]);

        Assert.Equal(new ServiceTime(2, IsFailed: true, 1), sample.Distribution.Draw(new SeededRandom(1), 1));
    }

    [Fact]
    public void Resampling_draws_with_replacement_and_repeats_with_its_seed()
    {
        ServiceSample sample = new(Times.Select(time => new ServiceTime(time)));

        ServiceSample first = sample.Resample(new SeededRandom(1));
        Assert.Equal(sample.Count, first.Count);
        Assert.NotEqual(sample.Distribution.Answered, first.Distribution.Answered);
        Assert.Equal(first.Distribution.Answered, sample.Resample(new SeededRandom(1)).Distribution.Answered);
        Assert.NotEqual(first.Distribution.Answered, sample.Resample(new SeededRandom(2)).Distribution.Answered);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Times_that_can_be_none_are_refused(double seconds)
    {
        Assert.Equal("InvalidServiceTime", Assert.Throws<GenieLoadException>(() => new ServiceSample([new(seconds)])).ErrorId);
        Assert.Equal("NoServiceTimes", Assert.Throws<GenieLoadException>(() => new ServiceSample([])).ErrorId);
    }

    private static double Deviation(double[] values)
    {
        double mean = values.Average();
        return Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
    }
}
