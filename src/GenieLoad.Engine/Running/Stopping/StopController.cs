using GenieLoad.Model;

namespace GenieLoad.Engine.Running.Stopping;

/// <summary>
/// Brings a run to its end in two steps: first nothing more is sent, then what is still in flight is broken off. The first order is the one
/// that the run is said to have ended by; a later one can only shorten the grace.
/// </summary>
/// <param name="time">Clock of the grace.</param>
internal sealed class StopController(TimeProvider time) : IDisposable
{
    private readonly object _gate = new();
    private readonly CancellationTokenSource _noMore = new();
    private readonly CancellationTokenSource _cut = new();
    private readonly List<ITimer> _graces = [];
    private Exception? _fault;
    private bool _released;

    private static StopOrder Broken { get; } = new(StopCause.Fault, "The run could not continue.", GraceSeconds: 0);

    /// <summary>Cancelled when no further question is to be sent.</summary>
    public CancellationToken NoMore => _noMore.Token;

    /// <summary>Cancelled when nothing is waited for any more.</summary>
    public CancellationToken Cut => _cut.Token;

    /// <summary>Why the run ends early; <see langword="null"/> as long as it does not.</summary>
    public StopOrder? Order { get; private set; }

    /// <summary>The first fault of our own that broke the run; <see langword="null"/> without one.</summary>
    public Exception? Fault => _fault;

    /// <summary>A fault of our own: nothing is sent or waited for any more, and the run ends with it.</summary>
    public void Break(Exception fault)
    {
        Interlocked.CompareExchange(ref _fault, fault, null);
        Apply(Broken);
    }

    /// <summary>
    /// Acts where nobody would hear an exception, or a timer's thread would end the process with it: it breaks the run instead.
    /// </summary>
    public void Guard(Action act)
    {
        try
        {
            act();
        }
        catch (Exception e)
        {
            Break(e);
        }
    }

    /// <summary>The run could not go on: as <see cref="Break"/>, for what its journal says itself.</summary>
    public void Abort() => Apply(Broken);

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
                _graces.Add(time.CreateTimer(_ => Cancel(_cut), null, grace, Timeout.InfiniteTimeSpan));
            }
        }
        // Outside the lock: whoever hears of it may come back here.
        Cancel(_noMore);
        if (order.GraceSeconds <= 0)
            Cancel(_cut);
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

    /// <summary>Whoever hears of it may fail; the others hear of it all the same.</summary>
    private void Cancel(CancellationTokenSource source) => Guard(source.Cancel);
}
