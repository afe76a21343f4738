namespace GenieLoad.Engine.Running;

/// <summary>How late timers were, in short.</summary>
/// <param name="Count">Number of timers.</param>
/// <param name="P50Seconds">Median.</param>
/// <param name="P99Seconds">99th percentile.</param>
/// <param name="MaximumSeconds">The longest lateness, in seconds.</param>
internal readonly record struct TimerLateness(long Count, double P50Seconds, double P99Seconds, double MaximumSeconds);

/// <summary>
/// Counts lateness in steps of a tenth of a millisecond: millions of timers in forty kilobytes. Not safe for several threads.
/// </summary>
internal sealed class LatenessCounter
{
    private const double StepSeconds = 0.0001;

    // The last counts all from one second on.
    private readonly int[] _counts = new int[10_001];
    private long _count;
    private double _maximum;

    /// <summary>A timer was so late.</summary>
    public void Add(double seconds)
    {
        _counts[(int)Math.Min(seconds / StepSeconds, _counts.Length - 1)]++;
        _count++;
        _maximum = Math.Max(_maximum, seconds);
    }

    /// <summary>What was counted so far; percentiles are the upper ends of their steps.</summary>
    public TimerLateness Read() => new(_count, Rank(0.5), Rank(0.99), _maximum);

    private double Rank(double share)
    {
        long rank = (long)Math.Ceiling(share * _count);
        long seen = 0;
        for (int step = 0; step < _counts.Length - 1; step++)
        {
            if ((seen += _counts[step]) >= rank)
                return _count == 0 ? 0 : Math.Min(_maximum, (step + 1) * StepSeconds);
        }
        return _maximum;
    }
}
