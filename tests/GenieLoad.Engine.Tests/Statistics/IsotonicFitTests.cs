using GenieLoad.Engine.Statistics;

namespace GenieLoad.Engine.Tests.Statistics;

public class IsotonicFitTests
{
    [Fact]
    public void What_rises_stays() => Assert.Equal([1, 2, 2, 5], IsotonicFit.Rising([1, 2, 2, 5], [1, 9, 1, 4]));

    [Fact]
    public void What_falls_is_pooled_by_weight_as_far_back_as_needed()
    {
        Assert.Equal([1, 2.5, 2.5, 6], IsotonicFit.Rising([1, 3, 2, 6], [1, 1, 1, 1]));
        Assert.Equal([2.25, 2.25], IsotonicFit.Rising([3, 2], [1, 3]));
        Assert.Equal([2, 2, 2], IsotonicFit.Rising([2, 3, 1], [1, 1, 1]));
        Assert.Empty(IsotonicFit.Rising([], []));
    }
}
