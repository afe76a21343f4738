namespace GenieLoad.Engine.Simulation.Script;

/// <summary>So many questions in each window, between edges that lie fixed.</summary>
/// <param name="windowTicks">Length of the window.</param>
/// <param name="count">Questions in it.</param>
/// <param name="edge">Instant of one of its edges.</param>
internal sealed class FixedWindowLimiter(long windowTicks, int count, long edge) : IQuestionLimiter
{
    private readonly object _gate = new();
    private long _window = long.MinValue;
    private int _taken;

    public bool TryAdmit(long now, out long ticksToWait)
    {
        ticksToWait = 0;
        lock (_gate)
        {
            // Calls may come here slightly out of order; no window begins twice.
            long window = Math.Max(_window, (long)Math.Floor((now - edge) / (double)windowTicks));
            if (window > _window)
                (_window, _taken) = (window, 0);
            if (_taken < count)
            {
                _taken++;
                return true;
            }
            ticksToWait = edge + ((_window + 1) * windowTicks) - now;
            return false;
        }
    }
}
