namespace GenieLoad.Engine.Simulation.Script;

/// <summary>So many questions in any window, counted back from each.</summary>
/// <param name="windowTicks">Length of the window.</param>
/// <param name="count">Questions in it.</param>
/// <param name="countsRejected">Whether refused questions count as well.</param>
internal sealed class SlidingWindowLimiter(long windowTicks, int count, bool countsRejected) : IQuestionLimiter
{
    private readonly object _gate = new();
    // Of those that count, the latest: older ones are in nobody's way.
    private readonly Queue<long> _latest = new(count);

    public bool TryAdmit(long now, out long ticksToWait)
    {
        ticksToWait = 0;
        lock (_gate)
        {
            bool isFull = _latest.Count == count && now - _latest.Peek() < windowTicks;
            if (!isFull || countsRejected)
            {
                if (_latest.Count == count)
                    _latest.Dequeue();
                _latest.Enqueue(now);
            }
            if (isFull)
                ticksToWait = Math.Max(0, _latest.Peek() + windowTicks - now);
            return !isFull;
        }
    }
}
