using GenieLoad.Engine.Statistics;

namespace GenieLoad.Engine.Tests.Statistics;

public class RatioIntervalTests
{
    [Fact]
    public void Nothing_below_has_no_ratio()
    {
        Assert.Equal(new RatioInterval(null, null, null, 0), RatioInterval.Of([], 0.95));
        Assert.Equal(new RatioInterval(null, null, null, 1), RatioInterval.Of([("a", 1, 0)], 0.95));
    }

    [Fact]
    public void Bounds_need_twenty_groups()
    {
        Assert.Equal(new RatioInterval(3, null, null, 19), RatioInterval.Of(Parts(19, _ => 3), 0.95));
        Assert.Equal(new RatioInterval(3, 3, 3, 20) { UpperOfScatter = 3 }, RatioInterval.Of(Parts(20, _ => 3), 0.95));

        // 40 turns of 10 conversations are ten observations.
        Assert.Equal(
            new RatioInterval(3, null, null, 10),
            RatioInterval.Of(Enumerable.Range(0, 40).Select(i => ((i % 10).ToString(), 3.0, 1.0)), 0.95));
    }

    // Ratio 2, residuals of 0.5 to both sides whatever the denominator: error sqrt(0.25 * 20 / 19 / 20) / 2, Student's t of 19 degrees.
    [Fact]
    public void The_interval_of_a_ratio_is_that_of_its_linearised_values()
    {
        RatioInterval interval = RatioInterval.Of(
            Enumerable.Range(0, 20).Select(i => (i.ToString(), (2.0 * (i < 10 ? 1 : 3)) + (i % 2 == 0 ? 0.5 : -0.5), i < 10 ? 1.0 : 3)),
            0.95);
        double half = 2.093024054 * Math.Sqrt(0.25 / 19) / 2;

        Assert.Equal(2, interval.Value!.Value, 1e-12);
        Assert.Equal(2 - half, interval.Lower!.Value, 1e-6);
        Assert.Equal(2 + half, interval.UpperOfScatter!.Value, 1e-6);
        Assert.True(interval.Upper >= interval.UpperOfScatter);
        Assert.Null(interval.RareCount);
    }

    [Fact]
    public void A_few_giants_leave_no_upper_end()
    {
        RatioInterval interval = RatioInterval.Of(Parts(40, i => Math.Pow(1 - ((i + 0.5) / 40), -1.0)), 0.95);

        Assert.Null(interval.Upper);
        Assert.NotNull(interval.UpperOfScatter);
    }

    [Fact]
    public void Ten_losses_are_enough_for_an_interval_from_scatter_in_whatever_order_they_come()
    {
        double[] losses = [.. Enumerable.Range(0, 10).Select(i => Math.Pow(1 - ((i + 0.5) / 10), -1 / 3.0))];
        RatioInterval sorted = RatioInterval.Of(Parts(20, i => i < 10 ? 0 : losses[i - 10]), 0.95);
        RatioInterval mixed = RatioInterval.Of(Parts(20, i => i % 2 == 0 ? 0 : losses[9 - (i / 2)]), 0.95);

        Assert.Null(sorted.RareCount);
        Assert.Equal(sorted.Upper!.Value, mixed.Upper!.Value, 1e-9);
        Assert.True(sorted.Upper > sorted.UpperOfScatter);
    }

    [Fact]
    public void The_lower_end_of_what_cannot_be_negative_is_at_least_0()
    {
        RatioInterval interval = RatioInterval.Of(Parts(20, i => i < 10 ? 0 : i < 19 ? 0.001 : 1), 0.95);

        Assert.InRange(interval.Lower!.Value, 0, interval.Value!.Value);
    }

    // Below ten positive ones: bounds of how often (Clopper and Pearson), times what each may be, over the mean denominator.
    [Theory]
    [InlineData(0, 0, 120)]
    [InlineData(4, 3, 120)]
    [InlineData(5, 3, 5)]
    [InlineData(9, 3, 5)]
    public void Rare_losses_are_bounded_by_how_often_and_how_much(int positive, double seen, double largest)
    {
        // Values of 1 and 5 in turn; their mean where the count is odd is not 3.
        double[] values = [.. Enumerable.Range(0, positive).Select(i => i == positive - 1 && positive % 2 == 1 ? 3 : i % 2 == 0 ? 1 : 5.0)];
        RatioInterval interval = RatioInterval.Of(
            Enumerable.Range(0, 30).Select(i => (i.ToString(), i < positive ? values[i] : 0, 2.0)), 0.95);

        Assert.Equal(positive, interval.RareCount);
        Assert.Equal(values.Sum() / 60, interval.Value!.Value, 1e-12);
        Assert.Equal(ClopperPearson.Lower(positive, 30, 0.95) * seen / 2, interval.Lower!.Value, 1e-12);
        Assert.Equal(ClopperPearson.Upper(positive, 30, 0.95) * largest / 2, interval.Upper!.Value, 1e-12);
        Assert.Equal(30, interval.Groups);
    }

    [Theory]
    [InlineData(300, 1, 300)]
    [InlineData(1, 700, 700)]
    [InlineData(130, 1, 130)]
    public void With_very_few_losses_the_longest_value_of_all_is_plausible(double loss, double longest, double largest)
    {
        RatioInterval interval = RatioInterval.Of(
            Enumerable.Range(0, 20).Select(i => (i.ToString(), i == 0 ? loss : 0, i == 1 ? longest : 1)), 0.95);

        Assert.Equal(ClopperPearson.Upper(1, 20, 0.95) * largest / ((19 + longest) / 20), interval.Upper!.Value, 1e-9);
    }

    [Fact]
    public void A_share_of_time_is_that_of_its_odds()
    {
        RatioInterval quarter = RatioInterval.OfShare(Parts(20, _ => 1).Select(part => (part.Group, part.Numerator, 4.0)), 0.95);

        Assert.Equal(0.25, quarter.Value!.Value, 1e-12);
        Assert.Equal(0.25, quarter.Lower!.Value, 1e-12);
        Assert.Equal(0.25, quarter.Upper!.Value, 1e-12);
        Assert.Equal(0.25, quarter.UpperOfScatter!.Value, 1e-12);
    }

    [Fact]
    public void All_time_may_be_lost_or_none_was_there()
    {
        Assert.Equal(1, RatioInterval.OfShare([("a", 2, 2), ("b", 3, 2)], 0.95).Value);
        Assert.Null(RatioInterval.OfShare([("a", 0, 0)], 0.95).Value);
        Assert.Equal(0.75, RatioInterval.OfShare([("a", 3, 2), ("b", 0, 1)], 0.95).Value!.Value, 1e-12);
    }

    private static IEnumerable<(string Group, double Numerator, double Denominator)> Parts(int count, Func<int, double> numerator) =>
        Enumerable.Range(0, count).Select(i => (i.ToString(), numerator(i), 1.0));
}
