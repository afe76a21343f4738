using GenieLoad.Engine.Statistics;
using MathNet.Numerics.Distributions;
using Binomial = MathNet.Numerics.Distributions.Binomial;

namespace GenieLoad.Engine.Tests.Statistics;

public class McNemarTests
{
    // Sums of whole numbers over powers of two, computed apart from this code with exact fractions.
    [Theory]
    [InlineData(0, 0, 1.0)]
    [InlineData(1, 0, 1.0)]
    [InlineData(0, 5, 1.0 / 16)]
    [InlineData(5, 0, 1.0 / 16)]
    [InlineData(0, 6, 1.0 / 32)]
    [InlineData(6, 0, 1.0 / 32)]
    [InlineData(3, 3, 1.0)]
    [InlineData(1, 7, 9.0 / 128)]
    [InlineData(1, 8, 5.0 / 128)]
    [InlineData(2, 9, 67.0 / 1024)]
    [InlineData(4, 14, 253.0 / 8192)]
    [InlineData(25, 10, 0.01667384780012071)]
    [InlineData(150, 200, 0.008720036530555949)]
    public void The_p_value_is_the_exact_one(int lost, int gained, double expected)
    {
        Assert.Equal(expected, McNemar.PValue(lost, gained), 12);
        Assert.Equal(expected, McNemar.PValue(gained, lost), 12);
    }

    [Fact]
    public void Fewer_than_six_changed_pairs_are_too_few_whatever_their_direction_and_six_are_enough()
    {
        for (int changed = 0; changed < 12; changed++)
        {
            double least = Enumerable.Range(0, changed + 1).Min(lost => McNemar.PValue(lost, changed - lost));

            Assert.Equal(least > 0.05, McNemar.IsTooFew(changed, 0));
            Assert.Equal(least > 0.05, McNemar.IsTooFew(0, changed));
        }
    }

    [Fact]
    public void False_alarms_are_at_most_five_in_a_hundred()
    {
        foreach (int changed in (int[])[6, 7, 12, 30, 101])
        {
            double alarms = Enumerable.Range(0, changed + 1).Where(lost => McNemar.PValue(lost, changed - lost) <= 0.05)
                .Sum(lost => Binomial.PMF(0.5, changed, lost));

            Assert.InRange(alarms, 0.01, 0.05);
        }
    }

    // 21 children before and after a transplantation: 7 changed in one direction and 1 in the other.
    [Fact]
    public void The_interval_of_the_change_is_that_of_its_formula()
    {
        (double lower, double upper) = McNemar.ChangeInterval(lost: 7, gained: 1, pairs: 21);

        Assert.Equal(-0.5083593066664394, lower, 12);
        Assert.Equal(-0.013379823768343235, upper, 12);
        Assert.Equal((-upper, -lower), McNemar.ChangeInterval(lost: 1, gained: 7, pairs: 21));
    }

    [Theory]
    [InlineData(10, 0.3, 0.1)]
    [InlineData(20, 0.05, 0.05)]
    [InlineData(20, 0.4, 0.0001)]
    [InlineData(50, 0.3, 0.1)]
    [InlineData(100, 0.5, 0.1)]
    public void The_interval_of_the_change_covers_it_in_about_95_of_100_cases(int pairs, double losing, double gaining)
    {
        var cases = new Multinomial([losing, gaining, 1 - losing - gaining], pairs);
        double covered = 0;
        for (int lost = 0; lost <= pairs; lost++)
        {
            for (int gained = 0; gained <= pairs - lost; gained++)
            {
                (double lower, double upper) = McNemar.ChangeInterval(lost, gained, pairs);
                if (lower <= gaining - losing && gaining - losing <= upper)
                    covered += cases.Probability([lost, gained, pairs - lost - gained]);
            }
        }

        Assert.InRange(covered, 0.945, 1);
    }

    [Fact]
    public void Counts_that_cannot_be_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => McNemar.PValue(-1, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => McNemar.PValue(3, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => McNemar.ChangeInterval(0, 0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => McNemar.ChangeInterval(2, 2, 3));
    }
}
