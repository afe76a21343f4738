using GenieLoad.Engine.Statistics;
using MathNet.Numerics;
using Binomial = GenieLoad.Engine.Statistics.Binomial;
using Distributions = MathNet.Numerics.Distributions;
using Normal = GenieLoad.Engine.Statistics.Normal;
using StudentT = GenieLoad.Engine.Statistics.StudentT;

namespace GenieLoad.Engine.Tests.Statistics;

/// <summary>Our distributions beside those of MathNet.Numerics.</summary>
public class DistributionTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(29)]
    [InlineData(30)]
    [InlineData(31)]
    [InlineData(400)]
    public void Student_t_is_the_same(int degrees)
    {
        foreach (double t in (double[])[-12, -1.7, -0.2, 0, 0.4, 1, 2.5, 30])
            Assert.Equal(Distributions.StudentT.CDF(0, 1, degrees, t), StudentT.Cumulative(t, degrees), 1e-9);

        // From 30 degrees on an expansion, whose error at 30 is some millionths.
        double tolerance = degrees < 30 ? 1e-7 : 1e-5;
        foreach (double probability in (double[])[0.01, 0.2, 0.5, 0.75, 0.95, 0.975, 0.995])
        {
            double expected = Distributions.StudentT.InvCDF(0, 1, degrees, probability);
            Assert.Equal(expected, StudentT.Quantile(probability, degrees), Math.Max(1, Math.Abs(expected)) * tolerance);
        }
    }

    [Fact]
    public void Student_t_needs_a_degree_of_freedom()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => StudentT.Quantile(0.975, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => StudentT.Cumulative(1, 0));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(257)]
    [InlineData(5000)]
    public void Factorials_are_the_same(int n)
    {
        double expected = SpecialFunctions.FactorialLn(n);

        Assert.Equal(expected, Binomial.LogFactorial(n), Math.Max(1, expected) * 2e-15);
    }

    [Theory]
    [InlineData(1, 0.5)]
    [InlineData(20, 0.05)]
    [InlineData(20, 0.93)]
    [InlineData(700, 0.3)]
    [InlineData(4000, 0.001)]
    public void Binomial_is_the_same(int trials, double probability)
    {
        for (int successes = 0; successes <= trials; successes += 1 + (trials / 50))
        {
            Assert.Equal(
                Distributions.Binomial.PMF(probability, trials, successes), Binomial.Probability(trials, successes, probability), 1e-11);
            double expected = Distributions.Binomial.CDF(probability, trials, successes);
            Assert.Equal(expected, Binomial.Cumulative(trials, successes, probability), 1e-10 * expected);
        }
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0, 20)]
    [InlineData(1, 20)]
    [InlineData(7, 20)]
    [InlineData(19, 20)]
    [InlineData(20, 20)]
    [InlineData(3, 1000)]
    [InlineData(998, 1000)]
    public void Exact_bounds_of_a_share_are_quantiles_of_the_beta_distribution(int successes, int trials)
    {
        double lower = successes == 0 ? 0 : Distributions.Beta.InvCDF(successes, trials - successes + 1, 0.05);
        double upper = successes == trials ? 1 : Distributions.Beta.InvCDF(successes + 1, trials - successes, 0.95);

        Assert.Equal(lower, ClopperPearson.Lower(successes, trials, 0.9), 1e-9);
        Assert.Equal(upper, ClopperPearson.Upper(successes, trials, 0.9), 1e-9);
        Assert.InRange(ClopperPearson.Lower(successes, trials, 0.9), 0, 1);
        Assert.InRange(ClopperPearson.Upper(successes, trials, 0.9), 0, 1);
    }

    [Fact]
    public void A_share_of_nothing_has_no_bounds() => Assert.Throws<ArgumentOutOfRangeException>(() => ClopperPearson.Upper(0, 0, 0.95));

    [Fact]
    public void Normal_is_the_same()
    {
        foreach (double z in (double[])[-9, -3.001, -3, -2.999, -1, -1e-9, 0, 0.3, 2.9999, 3, 3.5, 6])
        {
            double expected = SpecialFunctions.Erfc(-z / Math.Sqrt(2)) / 2;
            Assert.Equal(expected, Normal.Cumulative(z), expected * 1e-9);
            if (z is > -7 and < 6)
                Assert.Equal(z, Normal.Quantile(expected), 1e-8);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-0.5)]
    [InlineData(1.5)]
    public void No_value_is_certain(double probability) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Normal.Quantile(probability));

    [Fact]
    public void Without_a_success_the_lower_end_is_0_and_without_a_failure_the_upper_is_1()
    {
        for (int trials = 1; trials < 300; trials++)
        {
            Assert.Equal(0, WilsonInterval.Of(0, trials).Lower);
            Assert.Equal(1, WilsonInterval.Of(trials, trials).Upper);
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => WilsonInterval.Of(-1, 5));
    }

    [Fact]
    public void Near_ends_of_a_share_are_exact_below_ten_hits_or_misses()
    {
        (double wilsonLower, double wilsonUpper) = WilsonInterval.Of(9, 40);
        (double lower, double upper) = ShareInterval.Of(9, 40, 0.95);
        Assert.Equal(ClopperPearson.Lower(9, 40, 0.95), lower);
        Assert.True(lower < wilsonLower);
        Assert.Equal(wilsonUpper, upper, 1e-12);

        (wilsonLower, wilsonUpper) = WilsonInterval.Of(31, 40);
        (lower, upper) = ShareInterval.Of(31, 40, 0.95);
        Assert.Equal(wilsonLower, lower, 1e-12);
        Assert.Equal(ClopperPearson.Upper(31, 40, 0.95), upper);
        Assert.True(upper > wilsonUpper);

        (wilsonLower, wilsonUpper) = WilsonInterval.Of(10, 20);
        (lower, upper) = ShareInterval.Of(10, 20, 0.95);
        Assert.Equal(wilsonLower, lower, 1e-12);
        Assert.Equal(wilsonUpper, upper, 1e-12);
    }

    [Fact]
    public void Questions_that_hang_together_widen_the_interval_of_their_share()
    {
        (double lower, double upper) = ShareInterval.Of(50, 100, 0.95, 2);

        Assert.Equal((lower, upper), WilsonInterval.Of(50, 100, Normal.Quantile(0.975) * 2));

        // Wider than the exact interval, Wilson's stays also with few hits or misses.
        Assert.Equal(WilsonInterval.Of(5, 10, Normal.Quantile(0.975) * 3), ShareInterval.Of(5, 10, 0.95, 3));
    }
}
