using GenieLoad.Engine.Limits;
using GenieLoad.Engine.Randomness;

namespace GenieLoad.Engine.Tests.Limits;

/// <summary>Runs of a quarter of an hour that meet their limit now and then.</summary>
public sealed class LongRunTests
{
    /// <summary>It took minutes once, in the summary of a run.</summary>
    [Theory]
    [InlineData(140)]
    [InlineData(300)]
    public void Its_limit_is_found_while_somebody_waits(int count)
    {
        SeededRandom random = SeededRandom.For(5, "long run", count);
        List<LimitSend> sends = [];
        double at = 0, tokens = 1, filledAt = 0;
        while (sends.Count < count)
        {
            at += -Math.Log(1 - random.NextDouble()) * 7;
            tokens = Math.Min(1, tokens + ((at - filledAt) * 8 / 60));
            filledAt = at;
            bool isAccepted = tokens >= 1;
            tokens -= isAccepted ? 1 : 0;
            sends.Add(new LimitSend(at - 0.1, at + 0.1, isAccepted, null));
        }

        LimitFinding finding = LimitFinding.Of(sends);

        Assert.InRange(8, finding.LowerPerMinute!.Value, finding.UpperPerMinute!.Value);
    }
}
