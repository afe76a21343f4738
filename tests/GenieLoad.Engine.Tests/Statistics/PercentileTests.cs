using GenieLoad.Engine.Randomness;
using GenieLoad.Engine.Statistics;

namespace GenieLoad.Engine.Tests.Statistics;

public class PercentileTests
{
    // quantile(c(1, 2, 3, 4), p, type = 7) and quantile(c(15, 20, 35, 40, 50), p) in R; numpy.percentile gives the same.
    [Theory]
    [InlineData(0, 1.0)]
    [InlineData(25, 1.75)]
    [InlineData(50, 2.5)]
    [InlineData(75, 3.25)]
    [InlineData(90, 3.7)]
    [InlineData(100, 4.0)]
    public void Agrees_with_type_7_of_R_on_four_values(double percent, double expected) =>
        Assert.Equal(expected, Percentile.Of([1, 2, 3, 4], percent), precision: 12);

    [Theory]
    [InlineData(5, 16.0)]
    [InlineData(30, 23.0)]
    [InlineData(40, 29.0)]
    [InlineData(95, 48.0)]
    [InlineData(99, 49.6)]
    public void Agrees_with_type_7_of_R_on_five_values(double percent, double expected) =>
        Assert.Equal(expected, Percentile.Of([15, 20, 35, 40, 50], percent), precision: 12);

    [Fact]
    public void One_value_is_every_percentile()
    {
        foreach (double percent in (double[])[0, 1, 50, 99, 100])
            Assert.Equal(7.5, Percentile.Of([7.5], percent));
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(100.1)]
    [InlineData(double.NaN)]
    public void Refuses_a_percent_outside_0_to_100(double percent) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Percentile.Of([1.0], percent));

    [Fact]
    public void Refuses_an_empty_sample() => Assert.Throws<ArgumentException>(() => Percentile.Of([], 50));

    [Fact]
    public void Sorting_leaves_out_what_is_no_number() =>
        Assert.Equal([-1, 0, 2], Percentile.Sort([2, null, double.NaN, 0, double.PositiveInfinity, -1, double.NegativeInfinity]));

    [Fact]
    public void Grows_with_the_percent_stays_within_the_values_and_ignores_their_order()
    {
        for (int seed = 0; seed < 200; seed++)
        {
            SeededRandom random = new((ulong)seed);
            double?[] values = [.. Enumerable.Range(0, 1 + random.NextInt32(60)).Select(_ => (double?)Math.Exp(10 * random.NextNormal()))];
            double[] sorted = Percentile.Sort(values);
            Assert.Equal(sorted, Percentile.Sort(values.Reverse()));

            double previous = sorted[0];
            for (double percent = 0; percent <= 100; percent += 0.5)
            {
                double value = Percentile.Of(sorted, percent);
                Assert.InRange(value, previous, sorted[^1]);
                previous = value;
            }

            Assert.Equal(sorted[^1], previous);
        }
    }
}
