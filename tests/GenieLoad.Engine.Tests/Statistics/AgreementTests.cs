using GenieLoad.Engine.Figures;
using GenieLoad.Engine.Statistics;
using GenieLoad.Model;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;
using Percentile = GenieLoad.Engine.Statistics.Percentile;

namespace GenieLoad.Engine.Tests.Statistics;

/// <summary>Our figures beside those of MathNet.Numerics, which shares no line with them.</summary>
public class AgreementTests
{
    public static TheoryData<int, int> Samples
    {
        get
        {
            TheoryData<int, int> samples = [];
            for (int seed = 1; seed <= 6; seed++)
            {
                foreach (int count in (int[])[1, 2, 3, 7, 35, 100, 1001])
                    samples.Add(seed, count);
            }

            return samples;
        }
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Percentiles_mean_and_deviation_are_the_same(int seed, int count)
    {
        double[] values = new double[count];
        new LogNormal(2, 0.8, new Random(seed)).Samples(values);
        LatencyFigures figures = LatencyFiguresCalculator.Calculate(Measure.Response, values.Select(value => (double?)value));
        double[] sorted = Percentile.Sort(values.Select(value => (double?)value));

        foreach (double percent in (double[])[0, 1, 12.5, 50, 75, 90, 95, 99, 99.9, 100])
            Assert.Equal(values.QuantileCustom(percent / 100, QuantileDefinition.R7), Percentile.Of(sorted, percent), 9);
        Assert.Equal(values.Mean(), figures.MeanSeconds!.Value, 9);
        Assert.Equal(values.Min(), figures.MinimumSeconds);
        Assert.Equal(values.Max(), figures.MaximumSeconds);
        if (count > 1)
            Assert.Equal(values.StandardDeviation(), figures.StandardDeviationSeconds!.Value, 9);
        else
            Assert.Null(figures.StandardDeviationSeconds);
    }

    // Wilson's bounds are where the distance from share to bound is just what the normal distribution at that bound allows.
    [Theory]
    [InlineData(1, 1)]
    [InlineData(0, 5)]
    [InlineData(33, 35)]
    [InlineData(500, 1000)]
    [InlineData(99_999, 100_000)]
    public void The_bounds_of_a_success_rate_solve_their_equation(int successes, int trials)
    {
        (double lower, double upper) = WilsonInterval.Of(successes, trials);
        double share = (double)successes / trials;
        double z = MathNet.Numerics.Distributions.Normal.InvCDF(0, 1, 0.975);

        Assert.InRange(share, lower, upper);
        if (successes > 0)
            Assert.Equal(z * Math.Sqrt(lower * (1 - lower) / trials), share - lower, 9);
        else
            Assert.Equal(0, lower);
        if (successes < trials)
            Assert.Equal(z * Math.Sqrt(upper * (1 - upper) / trials), upper - share, 9);
        else
            Assert.Equal(1, upper);
    }

    [Fact]
    public void A_success_rate_without_trials_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => WilsonInterval.Of(0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => WilsonInterval.Of(3, 2));
    }
}
