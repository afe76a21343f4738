namespace GenieLoad.Engine.Figures;

/// <summary>What was seen of the machine that asked, once a second, in short. Kept with the run, for its verdict.</summary>
public sealed record GeneratorRecord
{
    /// <summary>Number of samples.</summary>
    public required int SampleCount { get; init; }

    /// <summary>Seconds between the first look and the last.</summary>
    public required double WatchedSeconds { get; init; }

    /// <summary>Share of the machine's processors that this process used, 0 to 1.</summary>
    public double ProcessorShare { get; init; }

    /// <summary>The same in the busiest sample.</summary>
    public double PeakProcessorShare { get; init; }

    /// <summary>Seconds during which garbage collection held everything.</summary>
    public double GcPauseSeconds { get; init; }

    /// <summary>The same in the worst sample.</summary>
    public double WorstGcPauseSeconds { get; init; }

    /// <summary>99th percentile of the seconds that a piece of work waited for a pool thread.</summary>
    public double P99PoolDelaySeconds { get; init; }

    /// <summary>Median of the seconds by which waits of the run ended late; <see langword="null"/> where nobody measured.</summary>
    public double? P50TimerDelaySeconds { get; init; }

    /// <summary>99th percentile of the same.</summary>
    public double? P99TimerDelaySeconds { get; init; }

    /// <summary>Greatest of the same.</summary>
    public double? MaximumTimerDelaySeconds { get; init; }

    /// <summary>Greatest lateness of a sample.</summary>
    public double WorstStallSeconds { get; init; }

    /// <summary>Most files and sockets open, where the platform says.</summary>
    public int? MaximumHandleCount { get; init; }

    /// <summary>How many there may be, where there is a limit.</summary>
    public int? HandleLimit { get; init; }

    /// <summary>Greatest step of the wall clock against the monotonic clock.</summary>
    public double ClockStepSeconds { get; init; }

    /// <summary>Most memory in use, in bytes.</summary>
    public long PeakWorkingSetBytes { get; init; }

    /// <summary>
    /// This record and that of another stretch of the same run, as one: sums and means over both, and the worse of each worst.
    /// </summary>
    /// <param name="other">The other; <see langword="null"/> for none.</param>
    public GeneratorRecord With(GeneratorRecord? other)
    {
        if (other is null)
            return this;
        double watched = WatchedSeconds + other.WatchedSeconds;
        return new GeneratorRecord
        {
            SampleCount = SampleCount + other.SampleCount,
            WatchedSeconds = watched,
            ProcessorShare = watched > 0
                ? ((ProcessorShare * WatchedSeconds) + (other.ProcessorShare * other.WatchedSeconds)) / watched
                : Math.Max(ProcessorShare, other.ProcessorShare),
            PeakProcessorShare = Math.Max(PeakProcessorShare, other.PeakProcessorShare),
            GcPauseSeconds = GcPauseSeconds + other.GcPauseSeconds,
            WorstGcPauseSeconds = Math.Max(WorstGcPauseSeconds, other.WorstGcPauseSeconds),
            P99PoolDelaySeconds = Math.Max(P99PoolDelaySeconds, other.P99PoolDelaySeconds),
            P50TimerDelaySeconds = Most(P50TimerDelaySeconds, other.P50TimerDelaySeconds),
            P99TimerDelaySeconds = Most(P99TimerDelaySeconds, other.P99TimerDelaySeconds),
            MaximumTimerDelaySeconds = Most(MaximumTimerDelaySeconds, other.MaximumTimerDelaySeconds),
            WorstStallSeconds = Math.Max(WorstStallSeconds, other.WorstStallSeconds),
            MaximumHandleCount = Most(MaximumHandleCount, other.MaximumHandleCount),
            HandleLimit = HandleLimit ?? other.HandleLimit,
            ClockStepSeconds = Math.Max(ClockStepSeconds, other.ClockStepSeconds),
            PeakWorkingSetBytes = Math.Max(PeakWorkingSetBytes, other.PeakWorkingSetBytes),
        };
    }

    /// <summary>
    /// This record and that of another generator of the same test, which worked beside it: the worse of each. Means and sums of several
    /// machines would hide the one that was too busy.
    /// </summary>
    /// <param name="other">The other; <see langword="null"/> for one that nobody watched.</param>
    public GeneratorRecord Beside(GeneratorRecord? other)
    {
        if (other is null)
            return this;
        GeneratorRecord fuller = HandleShare >= other.HandleShare ? this : other;
        return With(other) with
        {
            WatchedSeconds = Math.Max(WatchedSeconds, other.WatchedSeconds),
            ProcessorShare = Math.Max(ProcessorShare, other.ProcessorShare),
            GcPauseSeconds = Math.Max(GcPauseSeconds, other.GcPauseSeconds),
            MaximumHandleCount = fuller.MaximumHandleCount,
            HandleLimit = fuller.HandleLimit,
        };
    }

    private double HandleShare => MaximumHandleCount is int count && HandleLimit is int limit and > 0 ? (double)count / limit : 0;

    private static double? Most(double? one, double? other) => one is double a && other is double b ? Math.Max(a, b) : one ?? other;

    private static int? Most(int? one, int? other) => one is int a && other is int b ? Math.Max(a, b) : one ?? other;
}
