using System.Globalization;

namespace GenieLoad.Engine.Simulation.Truth;

/// <summary>The limit that a simulator keeps, as its clients meet it: in real time, whatever the time scale.</summary>
/// <param name="Kind">How it limits.</param>
/// <param name="QuestionsPerMinute">Questions admitted per minute in the long run.</param>
/// <param name="Burst">Questions admitted at once after a pause: all of a window, if it has one.</param>
/// <param name="WindowSeconds">Length of the window in seconds; <see langword="null"/> for a token bucket.</param>
/// <param name="RejectionsCount">Whether refused questions count as well.</param>
/// <param name="Scope">Whose questions share it.</param>
public sealed record TrueLimit(
    SimulatedLimiter Kind, double QuestionsPerMinute, int Burst, double? WindowSeconds, bool RejectionsCount, SimulatedLimitScope Scope)
{
    /// <summary>That of a simulator; <see langword="null"/> where it has none.</summary>
    /// <param name="options">What it does.</param>
    public static TrueLimit? Of(SimulatorOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.RateLimitPerMinute is not double perMinute)
            return null;
        // A window admits whole questions: what it is told may not be what it keeps.
        bool isBucket = options.RateLimiter == SimulatedLimiter.TokenBucket;
        double kept = isBucket ? perMinute : 60 * options.RateLimitCount / options.RateLimitWindowSeconds;
        return new TrueLimit(
            options.RateLimiter, kept * options.TimeScale, options.RateLimitCount,
            isBucket ? null : options.RateLimitWindowSeconds / options.TimeScale,
            options.RateLimitCountsRejected && options.RateLimiter == SimulatedLimiter.SlidingWindow, options.RateLimitScope);
    }

    /// <summary>In one line, such as "token bucket, 5 a minute, burst 3, per workspace".</summary>
    public override string ToString()
    {
        string size = Kind switch
        {
            SimulatedLimiter.SlidingWindow => $"sliding window of {Text(WindowSeconds)} s, {Text(Burst)} in it",
            SimulatedLimiter.FixedWindow => $"fixed window of {Text(WindowSeconds)} s, {Text(Burst)} in it",
            _ => $"token bucket, {Text(QuestionsPerMinute)} a minute, burst {Text(Burst)}",
        };
        string rejected = RejectionsCount ? ", refused questions count" : "";
        return $"{size}{rejected}, per {Scope.ToString().ToLowerInvariant()}";
    }

    private static string Text(double? number) => number?.ToString("0.###", CultureInfo.InvariantCulture) ?? "";
}
