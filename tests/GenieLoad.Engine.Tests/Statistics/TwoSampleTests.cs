using GenieLoad.Engine.Randomness;
using GenieLoad.Engine.Statistics;

namespace GenieLoad.Engine.Tests.Statistics;

public sealed class TwoSampleTests
{
    [Theory]
    // wilcox.test of R 4: exact without ties, approximated with continuity correction with them.
    [InlineData(new[] { 0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46 }, new[] { 1.15, 0.88, 0.90, 0.74, 1.21 }, 0.2544122544)]
    [InlineData(new[] { 1.0, 2, 3 }, new[] { 4.0, 5, 6 }, 0.1)]
    [InlineData(new[] { 1.0, 2, 3, 4, 5 }, new[] { 6.0, 7, 8, 9, 10 }, 0.007936507937)]
    [InlineData(new[] { 1.0, 2, 2, 3 }, new[] { 2.0, 3, 4, 5 }, 0.13665)]
    [InlineData(new[] { 1.0, 1, 1 }, new[] { 1.0, 1 }, 1.0)]
    public void The_rank_sum_test_agrees_with_published_values(double[] first, double[] second, double expected)
    {
        Assert.Equal(expected, MannWhitney.PValue(first, second)!.Value, 0.0001);
        Assert.Equal(expected, MannWhitney.PValue(second, first)!.Value, 0.0001);
    }

    [Fact]
    public void Exact_and_approximate_meet_where_one_hands_over_to_the_other()
    {
        double[] first = [.. Enumerable.Range(0, 20).Select(i => i * 1.7)];
        double[] second = [.. Enumerable.Range(0, 20).Select(i => 5 + (i * 1.31))];

        double exact = MannWhitney.PValue(first, second)!.Value;
        double approximate = MannWhitney.PValue([.. first, 16.03], second)!.Value;

        Assert.Equal(exact, approximate, 0.05);
    }

    // Of all ways to part 2 n ranks in two halves, two are as extreme; the approximation gives more than a thousand times that.
    [Theory]
    [InlineData(20, 2 / 137_846_528_820.0)]
    [InlineData(10, 2 / 184_756.0)]
    public void Samples_apart_are_exact_up_to_twenty_values_a_side(int count, double expected)
    {
        double[] low = [.. Enumerable.Range(0, count).Select(i => (double)i)];
        double[] high = [.. low.Select(value => value + 100)];

        Assert.Equal(expected, MannWhitney.PValue(low, high)!.Value, expected * 1e-9);
        Assert.Equal(expected, MannWhitney.PValue(high, low)!.Value, expected * 1e-9);
    }

    [Fact]
    public void A_sample_that_is_missing_is_refused()
    {
        Assert.Throws<ArgumentNullException>(() => MannWhitney.PValue(null!, [1]));
        Assert.Throws<ArgumentNullException>(() => MannWhitney.PValue([1], null!));
        Assert.Throws<ArgumentNullException>(() => HodgesLehmann.Estimate(null!, [1]));
        Assert.Throws<ArgumentNullException>(() => HodgesLehmann.Estimate([1], null!));
        Assert.Throws<ArgumentNullException>(() => KaplanMeier.Percentile(null!, 50));
        Assert.Throws<ArgumentNullException>(() => Percentile.Sort(null!));
    }

    [Fact]
    public void Nothing_to_compare_is_no_p_value()
    {
        Assert.Null(MannWhitney.PValue([], [1]));
        Assert.Null(HodgesLehmann.Estimate([1], []));
    }

    [Fact]
    public void Equal_distributions_are_called_different_in_five_percent_of_cases()
    {
        int alarms = 0;
        for (int i = 0; i < 2000; i++)
        {
            var random = SeededRandom.For(1, "false alarms", i);
            double[] Draw(int n) => [.. Enumerable.Range(0, n).Select(_ => Math.Exp(random.NextNormal()))];
            alarms += MannWhitney.PValue(Draw(35), Draw(30)) < 0.05 ? 1 : 0;
        }

        Assert.InRange(alarms / 2000.0, 0.035, 0.065);
    }

    [Fact]
    public void The_shift_is_the_median_of_all_differences()
    {
        for (int seed = 0; seed < 50; seed++)
        {
            var random = SeededRandom.For(2, "shift", seed);
            double[] x = [.. Enumerable.Range(0, 1 + random.NextInt32(12)).Select(_ => Math.Round(random.NextNormal() * 4, 1))];
            double[] y = [.. Enumerable.Range(0, 1 + random.NextInt32(12)).Select(_ => Math.Round(random.NextNormal() * 4, 1))];
            double[] all = [.. x.SelectMany(a => y.Select(b => b - a)).Order()];

            double expected = Percentile.Of(all, 50);

            Assert.Equal(expected, HodgesLehmann.Estimate(x, y)!.Shift, 1e-12);
        }
    }

    [Fact]
    public void The_interval_of_the_shift_covers_the_truth_in_95_percent_of_cases()
    {
        int covered = 0;
        for (int i = 0; i < 1000; i++)
        {
            var random = SeededRandom.For(3, "coverage", i);
            double[] x = [.. Enumerable.Range(0, 35).Select(_ => Math.Exp(random.NextNormal()))];
            double[] y = [.. Enumerable.Range(0, 40).Select(_ => 2.5 + Math.Exp(random.NextNormal()))];
            HodgesLehmann shift = HodgesLehmann.Estimate(x, y)!;
            covered += shift.Lower <= 2.5 && shift.Upper >= 2.5 ? 1 : 0;
        }

        Assert.InRange(covered / 1000.0, 0.93, 0.975);
    }

    [Fact]
    public void Too_few_values_have_a_shift_and_no_interval()
    {
        HodgesLehmann shift = HodgesLehmann.Estimate([1, 2], [4, 5])!;

        Assert.Equal(3, shift.Shift);
        Assert.Null(shift.Lower);
        Assert.Null(shift.Upper);
    }

    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(1.959963984540054, 0.975)]
    [InlineData(-1, 0.158655253931457)]
    [InlineData(4, 0.999968328758167)]
    public void The_normal_distribution_has_its_table_values(double z, double expected) =>
        Assert.Equal(expected, Normal.Cumulative(z), 1e-12);

    [Fact]
    public void The_normal_quantile_turns_the_distribution_around() => Assert.Equal(1.959963984540054, Normal.Quantile(0.975), 1e-9);
}
