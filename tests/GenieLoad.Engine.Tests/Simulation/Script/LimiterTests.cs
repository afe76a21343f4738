using GenieLoad.Engine.Simulation;
using GenieLoad.Engine.Simulation.Script;

namespace GenieLoad.Engine.Tests.Simulation.Script;

public sealed class LimiterTests
{
    private static bool[] Admitted(IQuestionLimiter limiter, params long[] instants) =>
        [.. instants.Select(instant => limiter.TryAdmit(instant, out _))];

    [Fact]
    public void A_sliding_window_gives_back_each_question_a_window_after_it()
    {
        var limiter = new SlidingWindowLimiter(60, 2, countsRejected: false);

        Assert.Equal([true, true, false, false, true, false, true], Admitted(limiter, 0, 10, 20, 59, 60, 61, 70));
        Assert.False(limiter.TryAdmit(100, out long wait));
        Assert.Equal(20, wait);
    }

    [Fact]
    public void One_that_counts_refused_questions_admits_only_after_a_silence()
    {
        var limiter = new SlidingWindowLimiter(60, 2, countsRejected: true);

        Assert.Equal([true, true, false, false, false, true], Admitted(limiter, 0, 10, 40, 69, 99, 130));
    }

    [Fact]
    public void A_fixed_window_gives_back_all_at_its_edge()
    {
        var limiter = new FixedWindowLimiter(60, 2, edge: -50);

        Assert.Equal([true, true, false, true, true, false, true], Admitted(limiter, 0, 5, 9, 10, 11, 69, 70));
        Assert.True(limiter.TryAdmit(71, out _));
        Assert.False(limiter.TryAdmit(80, out long wait));
        Assert.Equal(50, wait);
    }

    [Theory]
    [InlineData(SimulatedLimitScope.Workspace, false, false)]
    [InlineData(SimulatedLimitScope.Space, true, false)]
    [InlineData(SimulatedLimitScope.User, false, true)]
    public void A_limit_belongs_to_whom_it_is_set_for(SimulatedLimitScope scope, bool otherSpace, bool otherUser)
    {
        var options = new SimulatorOptions { RateLimitPerMinute = 1, RateLimitScope = scope };
        var limits = new QuestionLimits(options, new SimulatorClock(TimeProvider.System, 1));

        Assert.True(limits.TryAdmit("a", "x", 0, out _));
        Assert.False(limits.TryAdmit("a", "x", 0, out _));
        Assert.Equal(otherSpace, limits.TryAdmit("b", "x", 0, out _));
        Assert.Equal(otherUser, limits.TryAdmit("a", "y", 0, out _));
    }
}
