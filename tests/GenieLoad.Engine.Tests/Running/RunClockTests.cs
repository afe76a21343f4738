using GenieLoad.Engine.Running;
using Microsoft.Extensions.Time.Testing;

namespace GenieLoad.Engine.Tests.Running;

public sealed class RunClockTests
{
    /// <summary>The clock may pass the instant between two looks at it: the rest is then nothing, and not a wait without end.</summary>
    [Theory]
    [InlineData(2.5, 3)]
    [InlineData(0.2, 1)]
    [InlineData(0, 0)]
    [InlineData(-0.4, 0)]
    [InlineData(-1, 0)]
    [InlineData(-250, 0)]
    public void The_rest_until_an_instant_is_rounded_up_and_never_below_nothing(double milliseconds, double expected)
    {
        var time = new FakeTimeProvider();
        long until = time.GetTimestamp() + (long)(milliseconds * time.TimestampFrequency / 1000);

        Assert.Equal(expected, RunClock.Rest(time, until).TotalMilliseconds);
    }
}
