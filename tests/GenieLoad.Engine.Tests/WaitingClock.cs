using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;

namespace GenieLoad.Engine.Tests;

/// <summary>
/// A fake clock that knows whether anybody waits for it. Waits that are broken off end on other threads, and no time may pass while these
/// are at work.
/// </summary>
internal sealed class WaitingClock(DateTimeOffset start) : FakeTimeProvider(start)
{
    private const double MostSteps = 10;

    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    // Whoever waits, and until when.
    private readonly ConcurrentDictionary<Timer, long> _waiting = [];

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this);
        timer.Inner = base.CreateTimer(
            told =>
            {
                timer.Come();
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
                Advance(UntilNextDue());
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

    // Most steps would wake nobody. Long ones would be late for work that is still going on, and makes a timer when it is done.
    private TimeSpan UntilNextDue()
    {
        double seconds = (_waiting.Values.DefaultIfEmpty().Min() - GetTimestamp()) / (double)TimestampFrequency;
        return Step * Math.Clamp(Math.Ceiling(seconds / Step.TotalSeconds), 1, MostSteps);
    }

    private sealed class Timer(WaitingClock clock) : ITimer
    {
        private TimeSpan _period;

        public ITimer Inner { get; set; } = null!;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            _period = period;
            Await(dueTime);
            return Inner.Change(dueTime, period);
        }

        public void Come() => Await(_period > TimeSpan.Zero ? _period : Timeout.InfiniteTimeSpan);

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

        private void Await(TimeSpan wait)
        {
            if (wait == Timeout.InfiniteTimeSpan)
                clock._waiting.TryRemove(this, out _);
            else
                clock._waiting[this] = clock.GetTimestamp() + (long)(wait.TotalSeconds * clock.TimestampFrequency);
        }
    }
}
