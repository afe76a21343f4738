using System.Globalization;
using GenieLoad.Model;

namespace GenieLoad.Engine.Statistics;

/// <summary>Judges whether the machine that asked was fit for its figures to be believed.</summary>
public static class RunHealthJudge
{
    /// <summary>Greatest 99th percentile of the generator's lateness, in seconds.</summary>
    public const double LagLimitSeconds = 0.05;

    /// <summary>The same as a share of the median response.</summary>
    public const double LagLimitShare = 0.01;

    /// <summary>Share of the processors beyond which a run is doubtful.</summary>
    public const double BusyShare = 0.8;

    /// <summary>Share of the processors beyond which a run is invalid.</summary>
    public const double SaturatedShare = 0.95;

    /// <summary>Share of the time in garbage collection beyond which a run is doubtful.</summary>
    public const double GcShare = 0.05;

    /// <summary>99th percentile of the wait for a pool thread, in seconds, beyond which a run is doubtful.</summary>
    public const double PoolDelayLimitSeconds = 0.05;

    /// <summary>99th percentile of the lateness of all waits, in seconds, beyond which a run is doubtful: polls leave late too.</summary>
    public const double TimerDelayLimitSeconds = 0.05;

    /// <summary>Standstill of the process, in seconds, beyond which a run is doubtful.</summary>
    public const double StallLimitSeconds = 0.5;

    /// <summary>Share of the files and sockets allowed beyond which a run is doubtful.</summary>
    public const double HandleShare = 0.8;

    /// <summary>Step of the wall clock, in seconds, beyond which a run is doubtful.</summary>
    public const double ClockStepLimitSeconds = 0.5;

    /// <summary>The verdict.</summary>
    /// <param name="rows">Rows of the run.</param>
    /// <param name="generator">What was seen of the generator; <see langword="null"/> when nobody watched.</param>
    /// <param name="interruptions">When the run was interrupted and resumed.</param>
    public static RunHealth Of(
        IReadOnlyCollection<QuestionResult> rows, GeneratorRecord? generator, IReadOnlyCollection<RunInterruption>? interruptions = null)
    {
        ArgumentNullException.ThrowIfNull(rows);
        LatencyFigures lag = LatencyFiguresCalculator.Calculate("Lag", rows.Select(row => row.LagSeconds));
        double[] responses = Percentile.Sort(rows.Where(row => row.Success).Select(row => row.ResponseSeconds));
        double? median = responses.Length == 0 ? null : Percentile.Of(responses, 50);
        List<string> invalid = [.. Invalidations(lag.P99Seconds, median, generator)];
        List<string> doubts = [.. Doubts(generator), .. (interruptions ?? []).Select(Doubt)];
        return new RunHealth
        {
            Verdict = invalid.Count > 0 ? HealthVerdict.Invalid : doubts.Count > 0 ? HealthVerdict.Doubtful : HealthVerdict.Valid,
            Reasons = invalid.Count + doubts.Count == 0 ? null : string.Join("; ", invalid.Concat(doubts)),
            P50LagSeconds = lag.P50Seconds,
            P99LagSeconds = lag.P99Seconds,
            MaximumLagSeconds = lag.MaximumSeconds,
            ProcessorShare = generator?.ProcessorShare,
            PeakProcessorShare = generator?.PeakProcessorShare,
            GcPauseSeconds = generator?.GcPauseSeconds,
            WorstGcPauseSeconds = generator?.WorstGcPauseSeconds,
            P99PoolDelaySeconds = generator?.P99PoolDelaySeconds,
            P50TimerDelaySeconds = generator?.P50TimerDelaySeconds,
            P99TimerDelaySeconds = generator?.P99TimerDelaySeconds,
            MaximumTimerDelaySeconds = generator?.MaximumTimerDelaySeconds,
            WorstStallSeconds = generator?.WorstStallSeconds,
            MaximumHandleCount = generator?.MaximumHandleCount,
            HandleLimit = generator?.HandleLimit,
            ClockStepSeconds = generator?.ClockStepSeconds,
            PeakWorkingSetBytes = generator?.PeakWorkingSetBytes,
            SampleCount = generator?.SampleCount ?? 0,
        };
    }

    /// <summary>Before an interruption questions were given up that came back after it all at once: no such load was planned.</summary>
    private static string Doubt(RunInterruption interruption) => $"the run was interrupted {interruption}";

    private static IEnumerable<string> Invalidations(double? lag, double? median, GeneratorRecord? generator)
    {
        if (lag > LagLimitSeconds)
            yield return Text($"P99 of the generator's lateness is {lag * 1000:0} ms, over {LagLimitSeconds * 1000:0} ms");
        else if (lag > LagLimitShare * median)
            yield return Text($"P99 of the generator's lateness is {lag * 1000:0.0} ms, over 1 % of the median response ({median:0.00} s)");
        if (generator?.ProcessorShare > SaturatedShare)
            yield return Text($"the processors were saturated ({generator.ProcessorShare:0 %})");
    }

    private static IEnumerable<string> Doubts(GeneratorRecord? generator)
    {
        if (generator is null)
        {
            yield return "nobody watched the generator";
            yield break;
        }

        if (generator.ProcessorShare is > BusyShare and <= SaturatedShare)
            yield return Text($"the processors were busy ({generator.ProcessorShare:0 %})");
        if (generator.GcPauseSeconds > GcShare * generator.WatchedSeconds)
            yield return Text($"garbage collection held everything for {generator.GcPauseSeconds:0.00} s of {generator.WatchedSeconds:0} s");
        if (generator.P99PoolDelaySeconds > PoolDelayLimitSeconds)
            yield return Text($"work waited up to {generator.P99PoolDelaySeconds * 1000:0} ms (P99) for a thread");
        if (generator.P99TimerDelaySeconds > TimerDelayLimitSeconds)
            yield return Text($"waits ended {generator.P99TimerDelaySeconds * 1000:0} ms (P99) late");
        if (generator.WorstStallSeconds > StallLimitSeconds)
            yield return Text($"the process stood still for {generator.WorstStallSeconds:0.0} s");
        if (generator is { MaximumHandleCount: int open, HandleLimit: int limit } && open > HandleShare * limit)
            yield return Text($"{open} of {limit} files and sockets were open");
        if (generator.ClockStepSeconds > ClockStepLimitSeconds)
            yield return Text($"the wall clock was set by {generator.ClockStepSeconds:0.0} s under way");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
