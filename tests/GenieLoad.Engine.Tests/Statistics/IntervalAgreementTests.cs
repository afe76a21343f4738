using GenieLoad.Engine.Statistics;

namespace GenieLoad.Engine.Tests.Statistics;

public sealed class IntervalAgreementTests
{
    [Fact]
    public void What_all_share_is_their_intersection() =>
        Assert.Equal((2, 3), IntervalAgreement.Of([(0, 3), (2, 5), (1, 4)]));

    [Fact]
    public void A_wrong_one_does_not_spoil_the_others() =>
        Assert.Equal((2, 3), IntervalAgreement.Of([(0, 3), (100, 101), (2, 5), (1, 4), (-9, -8)]));

    [Fact]
    public void Without_a_majority_nothing_is_known()
    {
        Assert.Null(IntervalAgreement.Of([(0, 1), (2, 3)]));
        Assert.Null(IntervalAgreement.Of([]));
        Assert.Null(IntervalAgreement.Of([(0, 1), (0, 1), (5, 6), (5, 6)]));
    }

    [Fact]
    public void Those_that_touch_share_a_point() => Assert.Equal((1, 1), IntervalAgreement.Of([(0, 1), (1, 2)]));
}
