using GenieLoad.Engine.Costs;

namespace GenieLoad.Engine.Tests.Costs;

public class WarehouseUseTests
{
    private static readonly (long, long)[] TwoSideBySide = [(0, 60_000), (30_000, 90_000)];

    [Theory]
    [InlineData("2X-Small", 4)]
    [InlineData("X-Small", 6)]
    [InlineData("Small", 12)]
    [InlineData("medium", 24)]
    [InlineData("Large", 40)]
    [InlineData("X-Large", 80)]
    [InlineData("2X-Large", 144)]
    [InlineData("3X-Large", 272)]
    [InlineData("4X-Large", 528)]
    [InlineData("5X-Large", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void Sizes_have_the_dbu_that_are_published(string? size, int? dbu) => Assert.Equal(dbu, WarehouseSizes.DbuPerHour(size));

    [Fact]
    public void At_least_it_ran_while_it_had_a_statement_and_at_most_until_the_auto_stop_with_all_clusters()
    {
        var use = new WarehouseUse(new WarehouseSpec("Small", 1, 3, 10), TwoSideBySide, TwoSideBySide);

        Assert.Equal((90, 690), (use.StatementSeconds, use.AwakeSeconds));
        Assert.Equal(12 * 90 / 3600.0, use.LowerDbu!.Value, 12);
        Assert.Equal(12 * 3 * 690 / 3600.0, use.UpperDbu!.Value, 12);
    }

    [Fact]
    public void The_fewest_clusters_run_in_any_case()
    {
        var use = new WarehouseUse(new WarehouseSpec("Small", 2, 3, 10), TwoSideBySide, TwoSideBySide);

        Assert.Equal(12 * 2 * 90 / 3600.0, use.LowerDbu!.Value, 12);
    }

    [Fact]
    public void Waiting_for_its_start_is_no_time_of_a_running_warehouse()
    {
        var use = new WarehouseUse(new WarehouseSpec("Small", 1, 1, 10), [(50_000, 60_000)], [(0, 60_000)]);

        Assert.Equal((10, 660), (use.StatementSeconds, use.AwakeSeconds));
    }

    [Theory]
    [InlineData(null, 1, 10, false, "could not see")]
    [InlineData("5X-Large", 1, 10, false, "'5X-Large'")]
    [InlineData("Small", null, 10, true, "how many clusters")]
    [InlineData("Small", 1, null, true, "when the warehouse stops")]
    [InlineData("Small", 1, 0, true, "never stops")]
    public void What_is_not_known_bounds_nothing_and_says_so(string? size, int? clusters, int? autoStop, bool hasLower, string why)
    {
        var spec = new WarehouseSpec(size, 1, clusters, autoStop);
        var use = new WarehouseUse(spec, TwoSideBySide, TwoSideBySide);

        Assert.Null(use.UpperDbu);
        Assert.Equal(hasLower, use.LowerDbu is not null);
        Assert.Contains(why, spec.WhyUnbounded(), StringComparison.Ordinal);
    }

    [Fact]
    public void Where_all_is_known_nothing_is_missing() => Assert.Null(new WarehouseSpec("Small", 1, 1, 10).WhyUnbounded());
}
