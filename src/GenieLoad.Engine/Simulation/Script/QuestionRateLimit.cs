namespace GenieLoad.Engine.Simulation.Script;

/// <summary>A token bucket over all questions of a workspace.</summary>
/// <param name="ticksPerQuestion">Ticks after which one more question is admitted; 0 for no limit.</param>
/// <param name="burst">Questions admitted at once after a pause.</param>
/// <param name="start">Instant at which the bucket is full.</param>
internal sealed class QuestionRateLimit(double ticksPerQuestion, int burst, long start)
{
    private readonly object _gate = new();
    private double _tokens = burst;
    private long _filledAt = start;

    /// <summary>Admits a question, or says how many ticks are left until the next is admitted.</summary>
    public bool TryAdmit(long now, out long ticksToWait)
    {
        ticksToWait = 0;
        if (ticksPerQuestion == 0)
            return true;
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
