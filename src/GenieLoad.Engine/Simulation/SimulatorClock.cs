namespace GenieLoad.Engine.Simulation;

/// <summary>An instant on the two clocks: for durations the first, for people the second.</summary>
/// <param name="Timestamp">Of <see cref="TimeProvider.GetTimestamp"/>, monotonic.</param>
/// <param name="Utc">The same in UTC.</param>
public readonly record struct SimulatedInstant(long Timestamp, DateTime Utc);

/// <summary>
/// The monotonic clock of a <see cref="TimeProvider"/>. Its wall clock is read once, so that instants in UTC never jump and differ by
/// exactly what the monotonic clock says.
/// </summary>
/// <param name="timeProvider">Where time comes from.</param>
/// <param name="timeScale">How many times faster than life simulated durations pass.</param>
internal sealed class SimulatorClock(TimeProvider timeProvider, double timeScale)
{
    /// <summary>Longest wait in real time: a timer takes 49 days, and ticks beyond would come round to the past.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromDays(30);

    private readonly double _ticksPerSecond = timeProvider.TimestampFrequency;
    private readonly DateTime _startUtc = timeProvider.GetUtcNow().UtcDateTime;

    public TimeProvider TimeProvider { get; } = timeProvider;

    public long Start { get; } = timeProvider.GetTimestamp();

    public long Now => TimeProvider.GetTimestamp();

    public DateTime Utc(long timestamp) => _startUtc + TimeProvider.GetElapsedTime(Start, timestamp);

    public SimulatedInstant Instant(long timestamp) => new(timestamp, Utc(timestamp));

    public long EpochMilliseconds(long timestamp) => (Utc(timestamp) - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMillisecond;

    public TimeSpan Between(long from, long to) => TimeProvider.GetElapsedTime(from, to);

    /// <summary>Ticks of the monotonic clock in so many real seconds.</summary>
    public long Ticks(double seconds) => (long)(seconds * _ticksPerSecond);

    /// <summary>Ticks of the monotonic clock in so many simulated seconds.</summary>
    public long ScaledTicks(double seconds) => Ticks(seconds / timeScale);

    /// <summary>Ticks of a latency of so many simulated seconds, never longer than <see cref="LongestWait"/>.</summary>
    public long LatencyTicks(double seconds) => Ticks(Math.Min(seconds / timeScale, LongestWait.TotalSeconds));

    /// <summary>So many simulated seconds as a real duration.</summary>
    public TimeSpan Scaled(double seconds) => TimeSpan.FromSeconds(seconds / timeScale);
}
