using System.Collections.Concurrent;
using GenieLoad.Engine.Randomness;

namespace GenieLoad.Engine.Simulation.Script;

/// <summary>The limiters of a workspace: one for all, or one for each of those who have their own.</summary>
internal sealed class QuestionLimits(SimulatorOptions options, SimulatorClock clock)
{
    private readonly ConcurrentDictionary<string, IQuestionLimiter> _limiters = new(StringComparer.Ordinal);

    /// <summary>Admits a question, or says how many ticks are left until the next is admitted.</summary>
    /// <param name="space">Id of the space that is asked.</param>
    /// <param name="user">Who asks.</param>
    /// <param name="now">Instant of the question.</param>
    /// <param name="ticksToWait">Ticks until the next is admitted.</param>
    public bool TryAdmit(string space, string user, long now, out long ticksToWait)
    {
        ticksToWait = 0;
        if (options.RateLimitPerMinute is null)
            return true;
        string owner = options.RateLimitScope switch
        {
            SimulatedLimitScope.Space => space,
            SimulatedLimitScope.User => user,
            _ => "",
        };
        return _limiters.GetOrAdd(owner, _ => Make()).TryAdmit(now, out ticksToWait);
    }

    private IQuestionLimiter Make()
    {
        double rate = options.RateLimitPerMinute!.Value;
        long window = clock.ScaledTicks(options.RateLimitWindowSeconds);
        int count = options.RateLimitCount;
        return options.RateLimiter switch
        {
            SimulatedLimiter.SlidingWindow => new SlidingWindowLimiter(window, count, options.RateLimitCountsRejected),
            SimulatedLimiter.FixedWindow => new FixedWindowLimiter(
                window, count, clock.Start - (long)(window * SeededRandom.For(options.Seed, "window", 0).NextDouble())),
            _ => new TokenBucketLimiter(clock.ScaledTicks(60) / rate, count, clock.Start),
        };
    }
}
