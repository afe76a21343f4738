namespace GenieLoad.Engine.Simulation.Script;

/// <summary>A token bucket.</summary>
/// <param name="ticksPerQuestion">Ticks after which one more question is admitted.</param>
/// <param name="burst">Questions admitted at once after a pause.</param>
/// <param name="start">Instant at which the bucket is full.</param>
internal sealed class TokenBucketLimiter(double ticksPerQuestion, int burst, long start) : IQuestionLimiter
{
    private readonly object _gate = new();
    private double _tokens = burst;
    private long _filledAt = start;

    public bool TryAdmit(long now, out long ticksToWait)
    {
        ticksToWait = 0;
        lock (_gate)
        {
            // Calls may come here slightly out of order; a token is never made twice.
            if (now > _filledAt)
            {
                _tokens = Math.Min(burst, _tokens + ((now - _filledAt) / ticksPerQuestion));
                _filledAt = now;
            }

            // A hair of tolerance: ten tenths of a token must be a token.
            if (_tokens >= 1 - 1e-9)
            {
                _tokens -= 1;
                return true;
            }

            ticksToWait = (long)Math.Ceiling((1 - _tokens) * ticksPerQuestion);
            return false;
        }
    }
}
