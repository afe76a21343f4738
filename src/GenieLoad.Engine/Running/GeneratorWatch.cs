using GenieLoad.Engine.Figures;
using GenieLoad.Engine.Statistics;

namespace GenieLoad.Engine.Running;

/// <summary>
/// Looks at the generator once a second while a run lasts, beside its way and never on it, and keeps what it saw in short.
/// </summary>
internal sealed class GeneratorWatch : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    // A busy share over a shorter time than this says nothing.
    private const double LeastSampleSeconds = 0.5;

    private readonly object _gate = new();
    private readonly TimeProvider _time;
    private readonly PacingClock? _pacing;
    private readonly IGeneratorProbe _probe;
    private readonly ITimer _timer;
    private readonly long _startedAt;
    private readonly GeneratorReading _first;
    private readonly List<double?> _poolDelays = [];
    private GeneratorReading _last;
    private long _lastAt;
    private double _lastClockGap;
    private double _peakShare;
    private double _worstPause;
    private double _worstStall;
    private double _clockStep;
    private int? _handles;
    private long _workingSet;

    private GeneratorWatch(TimeProvider time, IGeneratorProbe probe)
    {
        _pacing = time as PacingClock;
        // Looking takes milliseconds at times.
        _time = time = PacingClock.Beside(time);
        _pacing?.BeginCount();
        _probe = probe;
        _startedAt = _lastAt = time.GetTimestamp();
        _lastClockGap = ClockGap(_startedAt);
        _first = _last = probe.Read();
        Note(_first);
        _timer = time.CreateTimer(_ => Look(isTick: true), null, Interval, Interval);
    }

    /// <summary>Begins to watch.</summary>
    public static GeneratorWatch Start(TimeProvider time, IGeneratorProbe probe) => new(time, probe);

    /// <summary>Looks a last time and says what was seen.</summary>
    public async Task<GeneratorRecord> EndAsync()
    {
        await _timer.DisposeAsync().ConfigureAwait(false);
        Look(isTick: false);
        lock (_gate)
        {
            double watched = _time.GetElapsedTime(_startedAt, _lastAt).TotalSeconds;
            TimerLateness? lateness = _pacing?.ReadCount();
            double[] delays = Percentile.Sort(_poolDelays);
            return new GeneratorRecord
            {
                SampleCount = delays.Length,
                WatchedSeconds = watched,
                ProcessorShare = Share(_first, _last, watched),
                PeakProcessorShare = Math.Max(_peakShare, Share(_first, _last, watched)),
                GcPauseSeconds = _last.GcPauseSeconds - _first.GcPauseSeconds,
                WorstGcPauseSeconds = _worstPause,
                P99PoolDelaySeconds = delays.Length == 0 ? 0 : Percentile.Of(delays, 99),
                P50TimerDelaySeconds = lateness?.P50Seconds,
                P99TimerDelaySeconds = lateness?.P99Seconds,
                MaximumTimerDelaySeconds = lateness?.MaximumSeconds,
                WorstStallSeconds = _worstStall,
                MaximumHandleCount = _handles,
                HandleLimit = _first.HandleLimit,
                ClockStepSeconds = _clockStep,
                PeakWorkingSetBytes = _workingSet,
            };
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _timer.DisposeAsync();

    private void Look(bool isTick)
    {
        // A tick that finds the one before still at work has nothing to add.
        if (!Monitor.TryEnter(_gate, isTick ? TimeSpan.Zero : Timeout.InfiniteTimeSpan))
            return;
        try
        {
            Sample();
        }
        catch (Exception)
        {
            // A look that fails is a look less: what the run itself does must not depend on it.
        }
        finally
        {
            Monitor.Exit(_gate);
        }
    }

    private void Sample()
    {
        long now = _time.GetTimestamp();
        double seconds = _time.GetElapsedTime(_lastAt, now).TotalSeconds;
        double clockGap = ClockGap(now);
        GeneratorReading reading = _probe.Read();
        if (seconds >= LeastSampleSeconds)
            _peakShare = Math.Max(_peakShare, Share(_last, reading, seconds));
        _worstPause = Math.Max(_worstPause, reading.GcPauseSeconds - _last.GcPauseSeconds);
        _worstStall = Math.Max(_worstStall, seconds - Interval.TotalSeconds);
        _clockStep = Math.Max(_clockStep, Math.Abs(clockGap - _lastClockGap));
        _poolDelays.Add(reading.PoolDelaySeconds);
        Note(reading);
        _last = reading;
        _lastAt = now;
        _lastClockGap = clockGap;
    }

    private void Note(GeneratorReading reading)
    {
        _handles = reading.HandleCount is int count ? Math.Max(count, _handles ?? 0) : _handles;
        _workingSet = Math.Max(_workingSet, reading.WorkingSetBytes);
    }

    /// <summary>Seconds by which the wall clock is ahead of the monotonic one; only its changes mean something.</summary>
    private double ClockGap(long now) =>
        (_time.GetUtcNow() - DateTimeOffset.UnixEpoch - _time.GetElapsedTime(_startedAt, now)).TotalSeconds;

    private static double Share(GeneratorReading from, GeneratorReading to, double seconds) => seconds > 0
        ? Math.Clamp((to.ProcessorSeconds - from.ProcessorSeconds) / (seconds * to.ProcessorCount), 0, 1)
        : 0;
}
