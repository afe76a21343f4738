using System.Diagnostics;

namespace GenieLoad.Engine.Running;

/// <summary>
/// The clock of a load test in real time: one thread of its own keeps every wait of the run, in the order in which they end, and ends them.
/// A question between two polls is an entry in its queue. What follows a wait, up to the next one, runs on that thread: firing a question
/// or sending a poll wakes no other.
/// </summary>
/// <remarks>
/// It measures how late it is: from the instant at which a wait was due to end to the one at which it did. Nothing that blocks, or computes
/// for long, may follow a wait directly. Timers left when it is disposed never fire.
/// </remarks>
public sealed class PacingClock : TimeProvider, IDisposable
{
    /// <summary>Shortest wait that may be made longer: by no more than a twentieth.</summary>
    internal static readonly TimeSpan LeastCoalesced = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan GatherStep = TimeSpan.FromMilliseconds(50);

    private readonly object _gate = new();
    private readonly TimerQueue _queue = new();
    // Of the runs that wait, and of some that did.
    private readonly List<SharedStop> _stops = [];
    private readonly Action<SharedStop> _stopAll;
    private readonly Thread _thread;
    private LatenessCounter _lateness = new();
    private TimerEntry? _running;
    private Action<Exception>? _faulted;
    private bool _ended;

    /// <summary>Starts the thread.</summary>
    public PacingClock()
    {
        _stopAll = StopAll;
        _thread = new Thread(Pace) { IsBackground = true, Name = "GenieLoad pacing", Priority = ThreadPriority.AboveNormal };
        _thread.Start();
    }

    /// <summary>
    /// Waits between two polls, longer by so little that the wait ends together with others, at the same timestamp. Most of what a poll
    /// costs is the waking of threads for it; those that come together wake them once. For polls, whose instants are measured and not
    /// planned.
    /// </summary>
    /// <param name="wait">The wait, from 0; one below <see cref="LeastCoalesced"/> is not made longer.</param>
    /// <param name="result">What comes of it.</param>
    /// <param name="stop">Ends it at once.</param>
    internal ValueTask<bool> PollWaitAsync(TimeSpan wait, bool result, CancellationToken stop) =>
        SleepAsync(new PacedSleep(result), Gathered(Stopwatch.GetTimestamp(), wait), stop);

    /// <summary>Waits until a timestamp.</summary>
    /// <param name="sleep">The wait, new.</param>
    /// <param name="timestamp">Its end.</param>
    /// <param name="stop">Ends it at once, with <see cref="OperationCanceledException"/>.</param>
    internal ValueTask<bool> SleepAsync(PacedSleep sleep, long timestamp, CancellationToken stop)
    {
        bool isFirst = false;
        lock (_gate)
        {
            if (stop.CanBeCanceled)
            {
                sleep.StoppedBy = StopOf(stop);
                isFirst = sleep.StoppedBy.Join();
            }
            Enqueue(sleep, timestamp);
        }
        if (isFirst)
        {
            CancellationTokenRegistration registration = sleep.StoppedBy!.Register(_stopAll);
            lock (_gate)
                sleep.StoppedBy.Keep(registration);
        }
        return sleep.Task;
    }

    /// <summary>The end of a wait between polls that begins at a timestamp.</summary>
    internal static long Gathered(long from, TimeSpan wait)
    {
        long end = from + Ticks(wait);
        long step = Ticks(GatherStep);
        return wait < LeastCoalesced ? end : end + ((step - (end % step)) % step);
    }

    /// <summary>Lets an entry that is in no queue be due at a timestamp.</summary>
    internal void Enqueue(TimerEntry entry, long timestamp)
    {
        lock (_gate)
        {
            entry.DueAt = timestamp;
            _queue.Add(entry);
            // The thread has to get up earlier only for what is now the first.
            if (_queue.First == entry)
                Monitor.Pulse(_gate);
        }
    }

    /// <summary>The clock for what may block or compute for long on its tick: the run's own, unless that is a pacing clock.</summary>
    internal static TimeProvider Beside(TimeProvider time) => time is PacingClock ? System : time;

    /// <summary>
    /// Whom a callback that fails is told to, until disposed: the thread goes on, or everybody who waits would wait for ever, and the
    /// process would end.
    /// </summary>
    internal IDisposable OnFault(Action<Exception> told) => new FaultListener(this, told);

    /// <summary>
    /// Waits until a timestamp, to a fraction of a millisecond: Task.Delay waits whole ones. For what is planned for an instant.
    /// </summary>
    internal async Task WaitUntilAsync(long timestamp, CancellationToken stop)
    {
        var come = new TaskCompletionSource();
        using var timer = new PacedTimer(this, static told => ((TaskCompletionSource)told!).TrySetResult(), come);
        using CancellationTokenRegistration ends = stop.UnsafeRegister(
            static (told, stop) => ((TaskCompletionSource)told!).TrySetCanceled(stop), come);
        Enqueue(timer, timestamp);
        await come.Task.ConfigureAwait(false);
    }

    /// <summary>Begins to count anew how late waits end.</summary>
    internal void BeginCount()
    {
        lock (_gate)
            _lateness = new LatenessCounter();
    }

    /// <summary>How late waits ended since then.</summary>
    internal TimerLateness ReadCount()
    {
        lock (_gate)
            return _lateness.Read();
    }

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new PacedTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Ends the thread, when the callback that it is at has ended.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _ended = true;
            Monitor.PulseAll(_gate);
        }
        if (Thread.CurrentThread != _thread)
            _thread.Join();
    }

    private void Pace()
    {
        while (NextDue() is TimerEntry due)
        {
            try
            {
                due.Fire();
            }
            catch (Exception e)
            {
                Volatile.Read(ref _faulted)?.Invoke(e);
            }
            lock (_gate)
            {
                _running = null;
                due.Ended?.TrySetResult();
            }
        }
    }

    /// <summary>Waits for the next timer that is due.</summary>
    /// <returns><see langword="null"/> at the end of the clock.</returns>
    private TimerEntry? NextDue()
    {
        while (true)
        {
            TimeSpan left;
            lock (_gate)
            {
                if (_ended)
                    return null;
                long now = Stopwatch.GetTimestamp();
                if (_queue.First is not TimerEntry first)
                {
                    Monitor.Wait(_gate);
                    continue;
                }
                if (first.DueAt <= now)
                    return _running = TakeDue(first, now);
                left = Stopwatch.GetElapsedTime(now, first.DueAt);
                if (left >= FineSleep.Longest)
                {
                    Monitor.Wait(_gate, (int)Math.Min(FineSleep.WholeMilliseconds(left), int.MaxValue));
                    continue;
                }
            }
            FineSleep.For(left);
        }
    }

    private TimerEntry TakeDue(TimerEntry first, long now)
    {
        _lateness.Add(Stopwatch.GetElapsedTime(first.DueAt, now).TotalSeconds);
        _queue.Remove(first);
        first.Taken();
        if (first.Period > 0)
        {
            // From the instant at which it was due, so that it does not drift; ticks that were missed are left out.
            first.DueAt = Math.Max(first.DueAt + first.Period, now);
            _queue.Add(first);
        }
        return first;
    }

    /// <summary>Under the lock: what stops waits with a token. What nobody waits for any more makes room.</summary>
    private SharedStop StopOf(CancellationToken token)
    {
        // Without a closure: this comes with every poll.
        foreach (SharedStop stop in _stops)
        {
            if (stop.Token == token)
                return stop;
        }
        _stops.RemoveAll(stop => stop.IsOver);
        var added = new SharedStop(token);
        _stops.Add(added);
        return added;
    }

    private void StopAll(SharedStop stop)
    {
        PacedSleep[] stopped;
        lock (_gate)
        {
            stopped = [.. _queue.Entries.OfType<PacedSleep>().Where(sleep => sleep.StoppedBy == stop)];
            foreach (PacedSleep sleep in stopped)
            {
                _queue.Remove(sleep);
                sleep.Taken();
            }
        }
        // Whoever waited goes on from within.
        foreach (PacedSleep sleep in stopped)
            sleep.Stop();
    }

    private static long Ticks(TimeSpan span) => (long)(span.TotalSeconds * Stopwatch.Frequency);

    /// <summary>Somebody who is told of faults.</summary>
    private sealed class FaultListener : IDisposable
    {
        private readonly PacingClock _clock;
        private readonly Action<Exception> _told;

        public FaultListener(PacingClock clock, Action<Exception> told)
        {
            (_clock, _told) = (clock, told);
            lock (clock._gate)
                clock._faulted += told;
        }

        public void Dispose()
        {
            lock (_clock._gate)
                _clock._faulted -= _told;
        }
    }

    /// <summary>A timer of the clock.</summary>
    private sealed class PacedTimer(PacingClock clock, TimerCallback callback, object? state) : TimerEntry, ITimer
    {
        private static readonly ContextCallback InContext = static timer => ((PacedTimer)timer!).Call();

        private readonly ExecutionContext? _context = ExecutionContext.Capture();
        private bool _disposed;
        private long _period;
        private TaskCompletionSource? _ended;

        internal override long Period => _period;

        internal override TaskCompletionSource? Ended => _ended;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._gate)
            {
                if (_disposed)
                    return false;
                clock._queue.Remove(this);
                _period = period > TimeSpan.Zero ? Math.Max(1, Ticks(period)) : 0;
                if (dueTime >= TimeSpan.Zero)
                    clock.Enqueue(this, Stopwatch.GetTimestamp() + Ticks(dueTime));
                return true;
            }
        }

        internal override void Fire()
        {
            if (_context is null)
                Call();
            else
                ExecutionContext.Run(_context, InContext, this);
        }

        public void Dispose()
        {
            lock (clock._gate)
            {
                _disposed = true;
                clock._queue.Remove(this);
            }
        }

        /// <summary>Done when no callback of this timer runs any more; at once where the callback itself asks.</summary>
        public ValueTask DisposeAsync()
        {
            lock (clock._gate)
            {
                Dispose();
                if (clock._running != this || Thread.CurrentThread == clock._thread)
                    return default;
                _ended ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                return new ValueTask(_ended.Task);
            }
        }

        private void Call() => callback(state);
    }
}
