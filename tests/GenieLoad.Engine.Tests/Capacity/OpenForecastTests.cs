using GenieLoad.Engine.Capacity;
using GenieLoad.Engine.Randomness;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Capacity;

public class OpenForecastTests
{
    private static readonly ServiceDistribution Service = CapacityWorld.LogNormal(20, 0.4);
    private static readonly ServiceLevel Minute = new(0.9, 60);

    /// <summary>Shares that another simulation, in another language, found.</summary>
    [Theory]
    [InlineData(5, 1, 0.5, 0.023)]
    [InlineData(5, 1, 0.7, 0.105)]
    [InlineData(5, 1, 0.8, 0.226)]
    [InlineData(5, 1, 0.9, 0.474)]
    [InlineData(5, 5, 0.8, 0.041)]
    [InlineData(5, 5, 0.9, 0.195)]
    [InlineData(20, 1, 0.9, 0.074)]
    public void Its_misses_are_those_of_simulations(double perMinute, int burst, double share, double misses)
    {
        AdmissionLimit limit = new(perMinute, burst);
        double predicted = OpenForecast.MissShare(Service, limit, Minute, share);

        Assert.Equal(misses, predicted, 0.022);
        Assert.Equal(Simulated(limit, share), predicted, 0.03);
    }

    [Theory]
    [InlineData(5, 1, 0.69)]
    [InlineData(5, 5, 0.85)]
    [InlineData(20, 1, 0.91)]
    [InlineData(20, 5, 0.93)]
    public void The_share_of_the_limit_that_can_be_used_depends_on_the_burst(double perMinute, int burst, double share)
    {
        OpenForecast forecast = OpenForecast.Of(Sample(), new AdmissionLimit(perMinute, burst), [Minute], 1);

        Assert.Equal(share, forecast.ShareOfLimit!.Value, 0.012);
        Assert.Equal(perMinute * forecast.ShareOfLimit.Value, forecast.QuestionsPerMinute, 1e-9);
        Assert.InRange(forecast.QuestionsPerMinute, forecast.Lower, forecast.Upper);
    }

    [Fact]
    public void The_interval_takes_in_the_rate_and_several_levels_the_strictest()
    {
        OpenForecast sure = OpenForecast.Of(Sample(), new AdmissionLimit(20), [Minute], 1);
        OpenForecast unsure = OpenForecast.Of(Sample(), new AdmissionLimit(20, 1, 18, 22), [Minute], 1);
        OpenForecast strict = OpenForecast.Of(Sample(), new AdmissionLimit(20), [Minute, new(0.95, 45)], 1);

        Assert.True(unsure.Lower < sure.Lower * 0.95 && unsure.Upper > sure.Upper * 1.05);
        Assert.Equal(sure.QuestionsPerMinute, unsure.QuestionsPerMinute);
        Assert.True(strict.QuestionsPerMinute < sure.QuestionsPerMinute);
    }

    [Fact]
    public void What_fails_or_is_too_slow_by_itself_leaves_no_room_for_questions()
    {
        ServiceSample failing = new([.. Enumerable.Range(0, 10).Select(i => new ServiceTime(10, IsFailed: i < 3))]);

        Assert.Equal(0, OpenForecast.Of(failing, new AdmissionLimit(5), [Minute], 1).QuestionsPerMinute);
        Assert.Equal(0, OpenForecast.Of(failing, AdmissionLimit.None, [Minute], 1).QuestionsPerMinute);
        Assert.Equal(0, OpenForecast.Of(Sample(), new AdmissionLimit(5), [new(0.9, 15)], 1).QuestionsPerMinute);
        Assert.Equal(0.3, OpenForecast.MissShare(failing.Distribution, new AdmissionLimit(5), new ServiceLevel(0.9), 0.9), 1e-9);
    }

    [Fact]
    public void Without_limit_nothing_holds_questions_back()
    {
        OpenForecast forecast = OpenForecast.Of(Sample(), AdmissionLimit.None, [Minute], 1);

        Assert.True(double.IsPositiveInfinity(forecast.QuestionsPerMinute));
        Assert.Null(forecast.ShareOfLimit);
        Assert.Equal("NoServiceLevel", Assert.Throws<GenieLoadException>(
            () => OpenForecast.Of(Sample(), AdmissionLimit.None, [], 1)).ErrorId);
    }

    private static double Simulated(AdmissionLimit limit, double share)
    {
        const int arrivals = 150_000;
        AdmissionBucket bucket = limit.Fill();
        SeededRandom random = new(7);
        double at = 0;
        int misses = 0;
        for (int i = 0; i < arrivals; i++)
        {
            at += -Math.Log(1 - random.NextDouble()) * limit.TokenSeconds / share;
            ServiceTime service = Service.Draw(random, 1);
            misses += Minute.IsMiss(bucket.Take(at) - at + service.Seconds, service.IsFailed) ? 1 : 0;
        }

        return (double)misses / arrivals;
    }

    private static ServiceSample Sample()
    {
        // So many that the sample is the distribution.
        return new ServiceSample([.. Service.Answered.Where((_, i) => i % 10 == 5).Select(seconds => new ServiceTime(seconds))]);
    }
}
