namespace GenieLoad.Engine.Running.Stopping;

/// <summary>
/// Brings a run to its end in two steps: first nothing more is sent, then what is still in flight is broken off. The first order is the one
/// that the run is said to have ended by; a later one can only shorten the grace.
/// </summary>
/// <param name="time">Clock of the grace.</param>
internal sealed class RunBrake(TimeProvider time) : IDisposable
{
    private readonly object _gate = new();
    private readonly CancellationTokenSource _noMore = new();
    private readonly CancellationTokenSource _cut = new();
    private readonly List<ITimer> _graces = [];
    private bool _released;

    /// <summary>Cancelled when no further question is to be sent.</summary>
    public CancellationToken NoMore => _noMore.Token;

    /// <summary>Cancelled when nothing is waited for any more.</summary>
    public CancellationToken Cut => _cut.Token;

    /// <summary>Why the run ends early; <see langword="null"/> as long as it does not.</summary>
    public StopOrder? Order { get; private set; }

    /// <summary>Applies an order. Does nothing once the run is over.</summary>
    public void Apply(StopOrder order)
    {
        lock (_gate)
        {
            if (_released)
                return;
            Order ??= order;
            if (order.GraceSeconds is > 0 and < double.PositiveInfinity)
            {
                TimeSpan grace = TimeSpan.FromSeconds(order.GraceSeconds);
                _graces.Add(time.CreateTimer(_ => _cut.Cancel(), null, grace, Timeout.InfiniteTimeSpan));
            }
        }
        // Outside the lock: whoever hears of it may come back here.
        _noMore.Cancel();
        if (order.GraceSeconds <= 0)
            _cut.Cancel();
    }

    /// <summary>Frees the timers. The tokens stay as they are: somebody may still look at them.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _released = true;
            foreach (ITimer grace in _graces)
                grace.Dispose();
        }
    }
}
