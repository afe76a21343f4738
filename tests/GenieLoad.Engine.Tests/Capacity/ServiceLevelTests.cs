using GenieLoad.Engine.Capacity;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Capacity;

public class ServiceLevelTests
{
    [Theory]
    [InlineData(60.0, 60, false, false)]
    [InlineData(60.0, 60.1, false, true)]
    [InlineData(60.0, 1, true, true)]
    [InlineData(null, 9999, false, false)]
    [InlineData(null, 1, true, true)]
    public void A_miss_is_late_or_failed(double? limit, double response, bool isFailed, bool isMiss) =>
        Assert.Equal(isMiss, new ServiceLevel(0.9, limit).IsMiss(response, isFailed));

    [Theory]
    [InlineData(0.4, 60.0)]
    [InlineData(1.0, 60.0)]
    [InlineData(0.9, 0.0)]
    public void What_can_be_no_level_is_refused(double share, double limit) =>
        Assert.Throws<GenieLoadException>(() => new ServiceLevel(share, limit));

    [Fact]
    public void What_may_miss_is_the_rest() => Assert.Equal(0.05, new ServiceLevel(0.95, 60).AllowedMissShare, 1e-12);

    [Fact]
    public void Every_name_of_a_constraint_is_in_their_list()
    {
        Assert.Equal(
            typeof(BindingConstraint).GetFields().Where(field => field.IsLiteral).Select(field => (string)field.GetValue(null)!),
            BindingConstraint.All);
    }
}
