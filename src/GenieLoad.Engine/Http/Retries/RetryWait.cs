using GenieLoad.Engine.Randomness;

namespace GenieLoad.Engine.Http.Retries;

/// <summary>How long to wait before a retry.</summary>
internal static class RetryWait
{
    /// <summary>
    /// <c>base × 2^attempt</c> up to the cap, or what Retry-After asks (instead of the backoff, not on top of it), plus a jitter that
    /// widens with the wait. Never less than Retry-After asks.
    /// </summary>
    /// <param name="options">The policy.</param>
    /// <param name="attempt">0 before the first retry.</param>
    /// <param name="retryAfterSeconds">What the service asked for, if it did.</param>
    /// <param name="random">Source of the jitter.</param>
    public static double Seconds(RetryOptions options, int attempt, double? retryAfterSeconds, SeededRandom random)
    {
        double wait = retryAfterSeconds ?? Math.Min(options.CapSeconds, options.BaseSeconds * Math.Pow(2, attempt));
        double jitter = Math.Max(options.JitterSeconds, options.JitterShare * wait);
        return wait + (jitter * random.NextDouble());
    }
}
