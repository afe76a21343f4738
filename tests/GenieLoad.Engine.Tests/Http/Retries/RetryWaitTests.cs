using GenieLoad.Engine.Http.Retries;
using GenieLoad.Engine.Randomness;

namespace GenieLoad.Engine.Tests.Http.Retries;

public sealed class RetryWaitTests
{
    private static readonly RetryOptions Defaults = new();

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 2)]
    [InlineData(4, 16)]
    [InlineData(5, 32)]
    [InlineData(6, 60)]
    [InlineData(99, 60)]
    public void The_backoff_doubles_up_to_the_cap(int attempt, double expected)
    {
        var options = new RetryOptions { JitterSeconds = 0, JitterShare = 0 };

        Assert.Equal(expected, RetryWait.Seconds(options, attempt, null, new SeededRandom(1)));
    }

    [Theory]
    [InlineData(null, 1, 3)]
    [InlineData(4.0, 4, 6)]
    [InlineData(60.0, 60, 72)]
    public void The_jitter_is_two_seconds_wide_and_a_fifth_of_a_long_wait(double? retryAfter, double least, double most)
    {
        double[] waits =
            [.. Enumerable.Range(0, 2000).Select(i => RetryWait.Seconds(Defaults, 0, retryAfter, SeededRandom.For(7, "test", i)))];

        Assert.All(waits, wait => Assert.InRange(wait, least, most));
        // It fills its width: the waits of many callers do not come back as one wave.
        Assert.True(waits.Max() - waits.Min() > 0.95 * (most - least));
    }
}
