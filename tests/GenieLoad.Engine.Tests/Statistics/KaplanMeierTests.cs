using GenieLoad.Engine.Statistics;

namespace GenieLoad.Engine.Tests.Statistics;

public class KaplanMeierTests
{
    // Weeks of remission with 6-MP (Freireich and others 1963), as survfit of R has them; a negative number had not ended by then.
    private static readonly CensoredTime[] Remissions =
    [
        .. ((double[])[-35, 6, -32, 6, -32, -6, 7, -25, 23, -9, 22, 10, -20, -10, -19, -11, -17, 13, 16, -34, 6])
            .Select(week => new CensoredTime(Math.Abs(week), week < 0)),
    ];

    // Survival: 0.857 at 6, 0.807 at 7, 0.753 at 10, 0.690 at 13, 0.627 at 16, 0.538 at 22, 0.448 at 23.
    [Theory]
    [InlineData(14, 6)]
    [InlineData(15, 7)]
    [InlineData(19, 7)]
    [InlineData(20, 10)]
    [InlineData(24, 10)]
    [InlineData(30, 13)]
    [InlineData(37, 16)]
    [InlineData(46, 22)]
    [InlineData(50, 23)]
    [InlineData(55, 23)]
    public void Percentiles_are_those_of_the_published_estimate(double percent, double weeks) =>
        Assert.Equal((weeks, false), KaplanMeier.Percentile(Remissions, percent));

    [Fact]
    public void Beyond_what_was_seen_to_end_the_greatest_time_is_the_least() =>
        Assert.Equal((35, true), KaplanMeier.Percentile(Remissions, 56));

    // Nine of ten times lie up to the ninth: products of fractions miss 0.1 by a rounding error.
    [Theory]
    [InlineData(10, 1)]
    [InlineData(90, 9)]
    [InlineData(90.001, 10)]
    public void Without_open_times_it_is_the_least_value_up_to_which_the_share_lies(double percent, double expected) =>
        Assert.Equal((expected, false), KaplanMeier.Percentile(Enumerable.Range(1, 10).Select(i => new CensoredTime(i, false)), percent));

    [Fact]
    public void No_time_has_no_percentile() => Assert.Throws<ArgumentException>(() => KaplanMeier.Percentile([], 50));
}
