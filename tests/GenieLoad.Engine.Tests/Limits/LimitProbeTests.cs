using GenieLoad.Engine.Limits;

namespace GenieLoad.Engine.Tests.Limits;

public sealed class LimitProbeTests
{
    [Fact]
    public void No_question_is_sent_after_the_time_is_over()
    {
        var probe = new LimitProbe(new LimitProbeOptions { MaximumSeconds = 5 });
        probe.Add(new LimitSend(0, 0.1, IsAccepted: true));
        Assert.Equal(4, probe.Next());
        probe.Add(new LimitSend(4, 4.1, IsAccepted: false));

        Assert.Null(probe.Next());
        Assert.Equal(LimitProbeEnd.Duration, probe.End);
    }

    [Fact]
    public void What_it_knows_only_grows_narrower()
    {
        var probe = new LimitProbe(new LimitProbeOptions());
        double last = double.PositiveInfinity;
        double full = double.NegativeInfinity;
        while (probe.Next() is double at)
        {
            bool isAccepted = full <= at;
            full = isAccepted ? at + 12 : full;
            probe.Add(new LimitSend(at, at + 0.01, isAccepted));
            if (probe.Finding?.UpperPerMinute is not double upper)
                continue;
            Assert.InRange(5, probe.Finding.LowerPerMinute!.Value, upper);
            Assert.True(upper - probe.Finding.LowerPerMinute.Value <= last + 1e-9, $"at {at}");
            last = upper - probe.Finding.LowerPerMinute.Value;
        }

        Assert.Equal(LimitProbeEnd.Found, probe.End);
    }
}
