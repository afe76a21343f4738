using System.Threading.Tasks.Sources;

namespace GenieLoad.Engine.Running;

/// <summary>
/// A wait on a pacing clock: entry of its queue, promise and result in one object, because most of a run is questions that wait. Whoever
/// awaits it goes on where it ends: on the thread of the clock, or on the one that stops it. It ends once, because it is taken out of the
/// queue once, by whoever ends it.
/// </summary>
/// <param name="result">What comes of the wait.</param>
internal sealed class PacedSleep(bool result) : TimerEntry, IValueTaskSource<bool>
{
    private ManualResetValueTaskSourceCore<bool> _promise;

    /// <summary>What stops it, together with others; <see langword="null"/> where nothing does.</summary>
    public SharedStop? StoppedBy { get; set; }

    /// <summary>Its end. To be awaited once.</summary>
    public ValueTask<bool> Task => new(this, _promise.Version);

    bool IValueTaskSource<bool>.GetResult(short token) => _promise.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<bool>.GetStatus(short token) => _promise.GetStatus(token);

    void IValueTaskSource<bool>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _promise.OnCompleted(continuation, state, token, flags);

    /// <summary>It is stopped, and in no queue any more.</summary>
    public void Stop() => _promise.SetException(new OperationCanceledException(StoppedBy!.Token));

    internal override void Taken() => StoppedBy?.Leave();

    internal override void Fire() => _promise.SetResult(result);
}
