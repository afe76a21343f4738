using GenieLoad.Engine.Statistics;
using MathNet.Numerics.Statistics;
using Distributions = MathNet.Numerics.Distributions;

namespace GenieLoad.Engine.Tests.Statistics;

public class MeanIntervalTests
{
    // What the extra sleep data of Student (1908) give in t.test(var.equal = TRUE) of R.
    private static readonly double[] SleepA = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0];
    private static readonly double[] SleepB = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];

    [Fact]
    public void The_two_sample_t_test_agrees_with_published_values()
    {
        TwoSampleT test = TwoSampleT.Of(SleepA, SleepB, 0.95)!;

        Assert.Equal(1.58, test.Shift, 1e-9);
        Assert.Equal(-0.203874, test.Lower!.Value, 1e-6);
        Assert.Equal(3.363874, test.Upper!.Value, 1e-6);
        Assert.Equal(0.07919, test.PValue!.Value, 1e-5);

        TwoSampleT reversed = TwoSampleT.Of(SleepB, SleepA, 0.95)!;
        Assert.Equal(-1.58, reversed.Shift, 1e-9);
        Assert.Equal(test.PValue.Value, reversed.PValue!.Value, 1e-12);
    }

    [Fact]
    public void Samples_of_unequal_size_share_one_variance()
    {
        // By hand: variance (2 + 0.5) / 3, error sqrt(0.8333 * (1/3 + 1/2)) = 0.8333, t = 3 / 0.8333 = 3.6 of 3 degrees.
        TwoSampleT test = TwoSampleT.Of([1, 2, 3], [4.5, 5.5], 0.95)!;

        Assert.Equal(3, test.Shift, 1e-12);
        Assert.Equal(3 - (0.833333333 * 3.182446305), test.Lower!.Value, 1e-6);
        Assert.Equal(2 * (1 - Distributions.StudentT.CDF(0, 1, 3, 3.6)), test.PValue!.Value, 1e-9);
    }

    [Fact]
    public void Two_values_have_a_shift_and_three_an_interval()
    {
        Assert.Null(TwoSampleT.Of([], [1, 2, 3], 0.95));
        Assert.Null(TwoSampleT.Of([1, 2, 3], [], 0.95));
        Assert.Equal(new TwoSampleT(3, null, null, null), TwoSampleT.Of([1], [4], 0.95));
        Assert.NotNull(TwoSampleT.Of([1], [4, 5], 0.95)!.Lower);
    }

    [Fact]
    public void Values_without_scatter_differ_surely_or_not_at_all()
    {
        Assert.Equal(new TwoSampleT(0, 0, 0, 1), TwoSampleT.Of([2, 2], [2, 2], 0.95));
        Assert.Equal(new TwoSampleT(1, 1, 1, 0), TwoSampleT.Of([2, 2], [3, 3], 0.95));
    }

    // Hall's transformation of the studentised mean (1992), which must be Student's t at either end of the interval.
    [Theory]
    [InlineData(2, 0.3)]
    [InlineData(5, 0.4)]
    [InlineData(40, 0.3)]
    [InlineData(40, 1.2)]
    [InlineData(400, 0.8)]
    public void Ends_of_a_skewed_mean_are_where_the_transformed_mean_is_Students_t(int count, double sigma)
    {
        double[] values = new double[count];
        new Distributions.LogNormal(1, sigma, new Random(count)).Samples(values);
        double mean = values.Mean();
        double moment2 = values.Average(value => Math.Pow(value - mean, 2));
        double skewness = values.Average(value => Math.Pow(value - mean, 3)) / Math.Pow(moment2, 1.5);
        double t = Distributions.StudentT.InvCDF(0, 1, count - 1, 0.95) / Math.Sqrt(count);

        (double lower, double upper) = SkewedMean.Interval(values, 0.9);

        Assert.Equal(t, Transformed(lower), 1e-6 * t);
        Assert.Equal(-t, Transformed(upper), 1e-6 * t);

        double Transformed(double bound)
        {
            double studentised = (mean - bound) / values.StandardDeviation();
            return studentised + (skewness * Math.Pow(studentised, 2) / 3) + (Math.Pow(skewness, 2) * Math.Pow(studentised, 3) / 27)
                + (skewness / (6 * count));
        }
    }

    [Fact]
    public void Without_skewness_the_interval_is_that_of_Student()
    {
        double half = 12.706204736 * Math.Sqrt(0.5) / Math.Sqrt(2);

        (double lower, double upper) = SkewedMean.Interval([1, 2], 0.95);

        Assert.Equal(1.5 - half, lower, 1e-6);
        Assert.Equal(1.5 + half, upper, 1e-6);
        Assert.Equal((4, 4), SkewedMean.Interval([4, 4, 4], 0.95));
    }

    // The mean of a Pareto tail from 1 on with index a is a / (a - 1); its index is known no better than the largest values tell.
    [Theory]
    [InlineData(10, 5)]
    [InlineData(15, 7)]
    [InlineData(400, 40)]
    public void The_largest_mean_is_that_of_the_heaviest_plausible_tail(int count, int largest)
    {
        double[] sorted = [.. Enumerable.Range(0, count).Select(i => Math.Pow(1 - ((i + 0.5) / count), -1 / 6.0))];
        double start = sorted[count - largest - 1];
        double hill = sorted[^largest..].Average(value => Math.Log(value / start));
        double index = Distributions.Gamma.InvCDF(largest, 1, 0.04) / largest / hill;
        double expected = (sorted[..^largest].Sum() + (largest * start * index / (index - 1))) / count;

        Assert.Equal(expected, HeavyTail.LargestMean(sorted, count, 0.95), expected * 0.004);
        Assert.InRange(expected, 1.2, 1.9);
    }

    [Fact]
    public void A_tail_may_have_no_mean_or_not_be_seen_at_all()
    {
        double[] heavy = [.. Enumerable.Range(0, 100).Select(i => Math.Pow(1 - ((i + 0.5) / 100), -1 / 1.1))];

        Assert.Equal(double.PositiveInfinity, HeavyTail.LargestMean(heavy, 100, 0.95));
        Assert.Equal(0, HeavyTail.LargestMean([1, 2, 3], 1, 0.95));
        Assert.Equal(0, HeavyTail.LargestMean([0, 0, 0, 0, 9], 2, 0.95));
    }
}
