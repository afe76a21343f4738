using Microsoft.Extensions.Time.Testing;

namespace GenieLoad.Engine.Tests.Statements;

/// <summary>
/// A fake clock that knows how many waits have begun on it: while files are written on other threads it can stand still until somebody
/// waits for it again.
/// </summary>
internal sealed class HeldClock() : FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 12, 0, 0, 250, TimeSpan.Zero))
{
    private int _waits;

    public int Waits => Volatile.Read(ref _waits);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ITimer timer = base.CreateTimer(callback, state, dueTime, period);
        Interlocked.Increment(ref _waits);
        return timer;
    }
}
