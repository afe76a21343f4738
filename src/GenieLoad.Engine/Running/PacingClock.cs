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
    private readonly Thread _thread;
    private LatenessCounter _lateness = new();
    private PacedTimer? _running;
    private Action<Exception>? _faulted;
    private bool _ended;

    /// <summary>Starts the thread.</summary>
    public PacingClock()
    {
        _thread = new Thread(Pace) { IsBackground = true, Name = "GenieLoad pacing", Priority = ThreadPriority.AboveNormal };
        _thread.Start();
    }

    /// <summary>
    /// A wait, made longer by so little that it ends together with others. Most of what a poll costs is the waking of threads for it; those
    /// that come together wake them once. For polls, whose instants are measured and not planned.
    /// </summary>
    /// <param name="time">The clock of the run; any but this one is left alone.</param>
    /// <param name="wait">The wait; one below <see cref="LeastCoalesced"/> is left alone.</param>
    internal static TimeSpan Coalesce(TimeProvider time, TimeSpan wait)
    {
        if (time is not PacingClock || wait < LeastCoalesced)
            return wait;
        long end = Stopwatch.GetElapsedTime(0, Stopwatch.GetTimestamp()).Ticks + wait.Ticks;
        return wait + TimeSpan.FromTicks((GatherStep.Ticks - (end % GatherStep.Ticks)) % GatherStep.Ticks);
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
        timer.Due(timestamp);
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
        while (NextDue() is PacedTimer due)
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
    private PacedTimer? NextDue()
    {
        while (true)
        {
            TimeSpan left;
            lock (_gate)
            {
                if (_ended)
                    return null;
                long now = Stopwatch.GetTimestamp();
                if (_queue.First is not PacedTimer first)
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

    private PacedTimer TakeDue(PacedTimer first, long now)
    {
        _lateness.Add(Stopwatch.GetElapsedTime(first.DueAt, now).TotalSeconds);
        _queue.Remove(first);
        if (first.Period > 0)
        {
            // From the instant at which it was due, so that it does not drift; ticks that were missed are left out.
            first.DueAt = Math.Max(first.DueAt + first.Period, now);
            _queue.Add(first);
        }
        return first;
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

        /// <summary>Ticks between two calls; 0 for one call only.</summary>
        public long Period { get; private set; }

        /// <summary>Set when somebody waits for the end of the callback that is running.</summary>
        public TaskCompletionSource? Ended { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._gate)
            {
                if (_disposed)
                    return false;
                clock._queue.Remove(this);
                Period = period > TimeSpan.Zero ? Math.Max(1, Ticks(period)) : 0;
                if (dueTime >= TimeSpan.Zero)
                    Due(Stopwatch.GetTimestamp() + Ticks(dueTime));
                return true;
            }
        }

        /// <summary>Is due at a timestamp. It is in no queue yet.</summary>
        public void Due(long timestamp)
        {
            lock (clock._gate)
            {
                DueAt = timestamp;
                clock._queue.Add(this);
                // The thread has to get up earlier only for what is now the first.
                if (clock._queue.First == this)
                    Monitor.Pulse(clock._gate);
            }
        }

        public void Fire()
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
                Ended ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                return new ValueTask(Ended.Task);
            }
        }

        private void Call() => callback(state);
    }
}
