using GenieLoad.Engine.Statistics;
using MathNet.Numerics.Distributions;

namespace GenieLoad.Engine.Tests.Statistics;

public class OrderStatisticsTests
{
    [Theory]
    [InlineData(50, 6)]
    [InlineData(75, 13)]
    [InlineData(25, 13)]
    [InlineData(90, 36)]
    [InlineData(95, 72)]
    [InlineData(99, 368)]
    [InlineData(1, 368)]
    [InlineData(99.9, 3688)]
    public void The_least_number_of_answers_per_percentile(double percent, int count)
    {
        Assert.Equal(count, OrderStatistics.RequiredCount(percent));
        Assert.Null(OrderStatistics.Ranks(count - 1, percent));
        Assert.NotNull(OrderStatistics.Ranks(count, percent));
    }

    [Theory]
    [InlineData(50, 0.9, 5)]
    [InlineData(50, 0.99, 8)]
    [InlineData(95, 0.99, 104)]
    public void More_confidence_needs_more_answers(double percent, double confidence, int count) =>
        Assert.Equal(count, OrderStatistics.RequiredCount(percent, confidence));

    // Published ranks: tables of distribution-free intervals for the median, and the note on load testing for the others.
    [Theory]
    [InlineData(6, 50, 1, 6)]
    [InlineData(10, 50, 2, 9)]
    [InlineData(40, 50, 14, 27)]
    [InlineData(100, 50, 40, 61)]
    [InlineData(50, 90, 41, 50)]
    [InlineData(300, 95, 277, 293)]
    public void Ranks_are_those_of_the_tables(int count, double percent, int lower, int upper)
    {
        RankInterval ranks = OrderStatistics.Ranks(count, percent)!.Value;

        Assert.Equal((lower, upper), (ranks.Lower, ranks.Upper));
    }

    [Theory]
    [InlineData(50)]
    [InlineData(75)]
    [InlineData(90)]
    [InlineData(95)]
    [InlineData(99)]
    public void What_an_interval_says_it_covers_it_covers_by_another_reckoning(double percent)
    {
        for (int count = OrderStatistics.RequiredCount(percent); count < 1200; count += 1 + (count / 40))
        {
            RankInterval ranks = OrderStatistics.Ranks(count, percent)!.Value;
            MathNet.Numerics.Distributions.Binomial binomial = new(percent / 100, count);
            double coverage = binomial.CumulativeDistribution(ranks.Upper - 1) - binomial.CumulativeDistribution(ranks.Lower - 1);

            Assert.InRange(ranks.Coverage - coverage, -1e-9, 1e-9);
            Assert.InRange(coverage, 0.95, count < 60 ? 1 : 0.976);
            Assert.InRange(ranks.Lower, 1, ranks.Upper - 1);
            Assert.InRange(ranks.Upper, ranks.Lower + 1, count);
        }
    }

    [Theory]
    [InlineData(100_000, 50)]
    [InlineData(100_000, 99)]
    [InlineData(1_000_000, 95)]
    public void Large_samples_agree_with_the_normal_distribution_to_a_rank_or_two(int count, double percent)
    {
        RankInterval ranks = OrderStatistics.Ranks(count, percent)!.Value;
        double p = percent / 100;
        double half = 1.959964 * Math.Sqrt(count * p * (1 - p));

        Assert.InRange(ranks.Lower, (count * p) - half - 2, (count * p) - half + 2);
        Assert.InRange(ranks.Upper, (count * p) + half - 2, (count * p) + half + 2);
    }

    // Ranks are whole, so an interval covers somewhat more than 95 %: 96.2 % of 40 medians, 96.6 % of 100 P95s. The last digit is chance:
    // one standard deviation of 2,000 runs is half a percent.
    [Theory]
    [InlineData(40, 50)]
    [InlineData(40, 75)]
    [InlineData(100, 50)]
    [InlineData(100, 90)]
    [InlineData(100, 95)]
    [InlineData(400, 50)]
    [InlineData(400, 95)]
    [InlineData(400, 99)]
    public void Of_2000_simulated_runs_94_to_97_percent_have_the_true_percentile_in_the_interval(int count, double percent)
    {
        (string Name, IContinuousDistribution Distribution)[] shapes =
        [
            ("lognormal", new LogNormal(2, 0.6, new Random(1))),
            ("exponential", new Exponential(0.2, new Random(2))),
            ("uniform", new ContinuousUniform(1, 9, new Random(3))),
        ];
        RankInterval ranks = OrderStatistics.Ranks(count, percent)!.Value;
        int coveredOfAll = 0;
        foreach ((string name, IContinuousDistribution distribution) in shapes)
        {
            double truth = TrueQuantile(distribution, percent / 100);
            int covered = 0;
            double[] sample = new double[count];
            for (int run = 0; run < 2000; run++)
            {
                distribution.Samples(sample);
                Array.Sort(sample);
                if (sample[ranks.Lower - 1] <= truth && truth <= sample[ranks.Upper - 1])
                    covered++;
            }

            Assert.True(covered is >= 1870 and <= 1950, $"{name}: {covered / 20.0} % of the intervals held the truth, {ranks}.");
            coveredOfAll += covered;
        }

        Assert.InRange(coveredOfAll / 6000.0, 0.94, 0.97);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(double.NaN)]
    public void A_percentile_without_two_sides_is_refused(double percent) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => OrderStatistics.RequiredCount(percent));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void A_confidence_that_is_none_is_refused(double confidence) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => OrderStatistics.RequiredCount(50, confidence));

    private static double TrueQuantile(IContinuousDistribution distribution, double p) => distribution switch
    {
        LogNormal lognormal => lognormal.InverseCumulativeDistribution(p),
        Exponential exponential => exponential.InverseCumulativeDistribution(p),
        ContinuousUniform uniform => uniform.InverseCumulativeDistribution(p),
        _ => throw new NotSupportedException(),
    };
}
