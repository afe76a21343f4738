using GenieLoad.Engine.Randomness;
using GenieLoad.Engine.Statistics;

namespace GenieLoad.Engine.Tests.Statistics;

/// <summary>The shift of Hodges and Lehmann beside all differences, made and sorted.</summary>
public class ShiftTests
{
    // Rank of the lower end: pairs / 2 less 1.96 standard deviations of the rank sum (Lehmann 1975).
    [Theory]
    [InlineData(4, 4, 1)]
    [InlineData(6, 5, 4)]
    [InlineData(8, 8, 13)]
    [InlineData(12, 20, 69)]
    public void Ends_of_the_interval_are_differences_as_far_from_both_ends(int first, int second, int rank)
    {
        for (int seed = 0; seed < 10; seed++)
        {
            (double[] x, double[] y) = Samples(first, second, seed);
            double[] all = [.. x.SelectMany(a => y.Select(b => b - a)).Order()];

            HodgesLehmann shift = HodgesLehmann.Estimate(x, y)!;

            Assert.Equal(all[rank - 1], shift.Lower);
            Assert.Equal(all[^rank], shift.Upper);
        }
    }

    [Fact]
    public void A_known_spread_takes_the_place_of_that_of_independent_samples()
    {
        (double[] x, double[] y) = Samples(10, 10, 1);
        double[] all = [.. x.SelectMany(a => y.Select(b => b - a)).Order()];

        HodgesLehmann shift = HodgesLehmann.Estimate(x, y, 0.9, 20)!;

        // 50 less 1.6449 times 20.
        Assert.Equal(all[17 - 1], shift.Lower);
        Assert.Equal(all[^17], shift.Upper);

        // 50 less 1.6449 times 29.8 is not 1, times 29.7 is.
        Assert.Null(HodgesLehmann.Estimate(x, y, 0.9, 29.8)!.Lower);
        Assert.Equal((all[0], all[^1]), (HodgesLehmann.Estimate(x, y, 0.9, 29.7)!.Lower, HodgesLehmann.Estimate(x, y, 0.9, 29.7)!.Upper));
    }

    [Fact]
    public void Equal_weights_change_nothing_whatever_they_are()
    {
        (double[] x, double[] y) = Samples(9, 14, 2);

        Assert.Equal(
            HodgesLehmann.Estimate(x, y),
            HodgesLehmann.Estimate(x, y, firstWeights: [.. x.Select(_ => 0.1)], secondWeights: [.. y.Select(_ => 7.0)]));
    }

    [Fact]
    public void Only_values_that_weigh_something_count()
    {
        (double[] x, double[] y) = Samples(7, 5, 3);
        double[] onlyThird = [1e-9, 1e-9, 5, 1e-9, 1e-9, 1e-9, 1e-9];

        Assert.Equal(y.Order().ElementAt(2) - x[2], HodgesLehmann.Estimate(x, y, firstWeights: onlyThird)!.Shift, 1e-12);
        Assert.Equal(x[2] - y.Order().ElementAt(2), HodgesLehmann.Estimate(y, x, secondWeights: onlyThird)!.Shift, 1e-12);
    }

    private static (double[] X, double[] Y) Samples(int first, int second, int seed)
    {
        var random = SeededRandom.For(4, "shift", seed);
        return (
            [.. Enumerable.Range(0, first).Select(_ => random.NextNormal() * 4)],
            [.. Enumerable.Range(0, second).Select(_ => 1 + (random.NextNormal() * 3))]);
    }
}
