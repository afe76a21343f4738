using System.Threading.Tasks.Sources;

namespace GenieLoad.Engine.Running;

/// <summary>
/// A wait on a pacing clock: entry of its queue, promise and result in one object, because most of a run is questions that wait. Whoever
/// awaits it goes on where it ends: on the thread of the clock, or on the one that stops it.
/// </summary>
/// <param name="clock">The clock.</param>
/// <param name="result">What comes of the wait.</param>
/// <param name="stop">Ends it at once, with <see cref="OperationCanceledException"/>.</param>
internal sealed class PacedSleep(PacingClock clock, bool result, CancellationToken stop) : TimerEntry, IValueTaskSource<bool>
{
    private ManualResetValueTaskSourceCore<bool> _promise;
    private CancellationTokenRegistration _stops;
    private int _isOver;

    /// <summary>Waits until a timestamp. Call once.</summary>
    public ValueTask<bool> UntilAsync(long timestamp)
    {
        // Before it is in the queue, from where it may end on another thread at once.
        _stops = stop.UnsafeRegister(static sleep => ((PacedSleep)sleep!).Stop(), this);
        clock.Enqueue(this, timestamp);
        // Stopped in between.
        if (Volatile.Read(ref _isOver) != 0)
            clock.Dequeue(this);
        return new ValueTask<bool>(this, _promise.Version);
    }

    bool IValueTaskSource<bool>.GetResult(short token) => _promise.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<bool>.GetStatus(short token) => _promise.GetStatus(token);

    void IValueTaskSource<bool>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _promise.OnCompleted(continuation, state, token, flags);

    internal override void Fire()
    {
        if (Interlocked.Exchange(ref _isOver, 1) != 0)
            return;
        _stops.Unregister();
        _promise.SetResult(result);
    }

    private void Stop()
    {
        if (Interlocked.Exchange(ref _isOver, 1) != 0)
            return;
        clock.Dequeue(this);
        _promise.SetException(new OperationCanceledException(stop));
    }
}
