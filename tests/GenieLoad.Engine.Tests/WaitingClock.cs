using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;

namespace GenieLoad.Engine.Tests;

/// <summary>
/// A fake clock that knows whether anybody waits for it. Waits that are broken off end on other threads, and no time may pass while these
/// are at work.
/// </summary>
internal sealed class WaitingClock(DateTimeOffset start) : FakeTimeProvider(start)
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly ConcurrentDictionary<Timer, bool> _waiting = [];

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this);
        timer.Inner = base.CreateTimer(
            told =>
            {
                if (!timer.Repeats)
                    _waiting.TryRemove(timer, out _);
                callback(told);
            },
            state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Lets time pass until something is so.</summary>
    public void Until(Func<bool> isSo)
    {
        long began = TimeProvider.System.GetTimestamp();
        while (!isSo())
        {
            if (!_waiting.IsEmpty && ThreadPool.PendingWorkItemCount == 0)
                Advance(Step);
            else
                Thread.Yield();
            Assert.True(TimeProvider.System.GetElapsedTime(began) < Patience, "The work hangs.");
        }
    }

    /// <summary>Lets some time pass.</summary>
    public void Pass(double seconds)
    {
        DateTimeOffset end = GetUtcNow().AddSeconds(seconds);
        Until(() => GetUtcNow() >= end);
    }

    private sealed class Timer(WaitingClock clock) : ITimer
    {
        public ITimer Inner { get; set; } = null!;

        public bool Repeats { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            Repeats = period > TimeSpan.Zero;
            if (dueTime == Timeout.InfiniteTimeSpan)
                clock._waiting.TryRemove(this, out _);
            else
                clock._waiting[this] = true;
            return Inner.Change(dueTime, period);
        }

        public void Dispose()
        {
            clock._waiting.TryRemove(this, out _);
            Inner.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
