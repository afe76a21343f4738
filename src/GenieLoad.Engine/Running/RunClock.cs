namespace GenieLoad.Engine.Running;

/// <summary>
/// The clock of one run: monotonic time from its start, with the wall clock read once. All instants of a run come from it, so that a
/// step of the wall clock cannot bend a duration.
/// </summary>
internal sealed class RunClock
{
    private readonly TimeProvider _time;

    /// <summary>Starts now.</summary>
    /// <param name="time">The clock beneath.</param>
    /// <param name="now">The wall clock as it was read for the run, UTC.</param>
    /// <param name="passedSeconds">Seconds of the run that have passed already, where it is resumed.</param>
    public RunClock(TimeProvider time, DateTime now, double passedSeconds = 0)
    {
        _time = time;
        StartedAt = now.AddSeconds(-passedSeconds);
        Start = time.GetTimestamp() - (long)(passedSeconds * time.TimestampFrequency);
    }

    /// <summary>Start of the run, UTC.</summary>
    public DateTime StartedAt { get; }

    /// <summary>Monotonic timestamp of the start.</summary>
    public long Start { get; }

    /// <summary>Seconds since the start.</summary>
    public double ElapsedSeconds => Seconds(Start, _time.GetTimestamp());

    /// <summary>Seconds between two timestamps.</summary>
    public double Seconds(long from, long to) => (double)(to - from) / _time.TimestampFrequency;

    /// <summary>Seconds between two timestamps, where both are known.</summary>
    public double? Seconds(long? from, long? to) => from is long a && to is long b ? Seconds(a, b) : null;

    /// <summary>Seconds from the start to a timestamp.</summary>
    public double? Offset(long? timestamp) => Seconds(Start, timestamp);

    /// <summary>The instant of a timestamp, UTC.</summary>
    public DateTime? Utc(long? timestamp) => Offset(timestamp) is double seconds ? Utc(seconds) : null;

    /// <summary>The instant some seconds after the start, UTC.</summary>
    public DateTime Utc(double offsetSeconds) => StartedAt.AddTicks((long)(offsetSeconds * TimeSpan.TicksPerSecond));

    /// <summary>
    /// What is left until a timestamp, in whole milliseconds, rounded up: Task.Delay cuts fractions off, and would not wait at all for less
    /// than one. Never below 0, even where the timestamp came while its caller looked at the clock: Task.Delay waits for ever for -1 and
    /// throws beyond.
    /// </summary>
    public static TimeSpan Rest(TimeProvider time, long until) =>
        TimeSpan.FromMilliseconds(Math.Ceiling(Math.Max(0, time.GetElapsedTime(time.GetTimestamp(), until).TotalMilliseconds)));

    /// <summary>Waits, in whole milliseconds rounded up for the same reason: whoever waits in a loop for less would spin in it.</summary>
    public static Task Sleep(TimeProvider time, double seconds, CancellationToken stop) =>
        Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(Math.Max(0, seconds) * 1000)), time, stop);

    /// <summary>The timestamp of an instant, UTC.</summary>
    public long Timestamp(DateTime utc) => Timestamp((utc - StartedAt).TotalSeconds);

    /// <summary>The timestamp some seconds after the start.</summary>
    public long Timestamp(double offsetSeconds) => Start + (long)(offsetSeconds * _time.TimestampFrequency);
}
