namespace GenieLoad.Model;

/// <summary>How the generator itself did during a run. <c>docs/figures.md</c> has the limits.</summary>
public sealed class RunHealth
{
    /// <summary>One of <see cref="HealthVerdict"/>.</summary>
    public required string Verdict { get; init; }

    /// <summary>Why it is not valid, the gravest first, parted by <c>; </c>; <see langword="null"/> when it is.</summary>
    public string? Reasons
    {
        get => ReasonList.Count == 0 ? null : string.Join("; ", ReasonList);
        init => ReasonList = value is null ? [] : [value];
    }

    /// <summary>The same one by one.</summary>
    internal IReadOnlyList<string> ReasonList { get; init; } = [];

    /// <summary>Median lateness of the generator, in seconds.</summary>
    public double? P50LagSeconds { get; init; }

    /// <summary>99th percentile of the generator's lateness, in seconds.</summary>
    public double? P99LagSeconds { get; init; }

    /// <summary>Greatest lateness of the generator, in seconds.</summary>
    public double? MaximumLagSeconds { get; init; }

    /// <summary>Share of the machine's processors that this process used, 0 to 1.</summary>
    public double? ProcessorShare { get; init; }

    /// <summary>The same in its busiest second.</summary>
    public double? PeakProcessorShare { get; init; }

    /// <summary>Seconds during which garbage collection held everything, over the run.</summary>
    public double? GcPauseSeconds { get; init; }

    /// <summary>The same in its worst second.</summary>
    public double? WorstGcPauseSeconds { get; init; }

    /// <summary>99th percentile of the seconds that a piece of work waited for a pool thread.</summary>
    public double? P99PoolDelaySeconds { get; init; }

    /// <summary>
    /// Median of the seconds by which the run's waits (for the plan's instants, between polls, before retries) ended late on the pacing
    /// thread.
    /// </summary>
    public double? P50TimerDelaySeconds { get; init; }

    /// <summary>99th percentile of the same.</summary>
    public double? P99TimerDelaySeconds { get; init; }

    /// <summary>Greatest of the same.</summary>
    public double? MaximumTimerDelaySeconds { get; init; }

    /// <summary>Greatest lateness of a timer of one second: shows when the whole process stood still.</summary>
    public double? WorstStallSeconds { get; init; }

    /// <summary>Most files and sockets open at once, where the platform says.</summary>
    public int? MaximumHandleCount { get; init; }

    /// <summary>Files and sockets that this process may have open, where there is a limit.</summary>
    public int? HandleLimit { get; init; }

    /// <summary>Greatest step of the wall clock against the monotonic clock, in seconds.</summary>
    public double? ClockStepSeconds { get; init; }

    /// <summary>Most memory in use, in bytes.</summary>
    public long? PeakWorkingSetBytes { get; init; }

    /// <summary>Number of samples; 0 when nobody watched, as in a run whose process died.</summary>
    public int SampleCount { get; init; }

    /// <summary>The verdict and its reasons.</summary>
    public override string ToString() => Reasons is null ? Verdict : $"{Verdict}: {Reasons}";
}
