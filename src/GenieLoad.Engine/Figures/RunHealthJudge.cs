using System.Globalization;
using GenieLoad.Engine.Statistics;
using GenieLoad.Model;

namespace GenieLoad.Engine.Figures;

/// <summary>Judges whether the machine that asked was fit for its figures to be believed.</summary>
public static class RunHealthJudge
{
    /// <summary>Lateness that moves a percentile of the response by no more than so many seconds does not count.</summary>
    public const double LeastEffectSeconds = 0.005;

    /// <summary>Share of P50 or P95 of the response that may come from lateness; a run with more is invalid. As great as the tolerance of comparisons.</summary>
    public const double InvalidEffectShare = 0.05;

    /// <summary>The same share, beyond which a run is doubtful.</summary>
    public const double DoubtfulEffectShare = 0.01;

    /// <summary>Share of the processors beyond which a run is doubtful.</summary>
    public const double BusyShare = 0.8;

    /// <summary>Share of the processors beyond which a run is invalid.</summary>
    public const double SaturatedShare = 0.95;

    /// <summary>Share of the time in garbage collection beyond which a run is doubtful.</summary>
    public const double GcShare = 0.05;

    /// <summary>99th percentile of the wait for a pool thread, in seconds, beyond which a run is doubtful.</summary>
    public const double PoolDelayLimitSeconds = 0.05;

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
        LatencyFigures lag = LatencyFiguresCalculator.Of(Measure.Lag, rows);
        List<Effect> effects = [.. Effects(rows, generator).Where(effect => effect.Seconds > LeastEffectSeconds)];
        List<string> invalid = [.. effects.Where(effect => effect.IsInvalid).Select(effect => effect.Reason), .. Saturation(generator)];
        List<string> doubts =
        [
            .. effects.Where(effect => !effect.IsInvalid && effect.Share > DoubtfulEffectShare).Select(effect => effect.Reason),
            .. Doubts(generator), .. (interruptions ?? []).Select(Doubt),
        ];
        return new RunHealth
        {
            Verdict = invalid.Count > 0 ? HealthVerdict.Invalid : doubts.Count > 0 ? HealthVerdict.Doubtful : HealthVerdict.Valid,
            ReasonList = [.. invalid, .. doubts],
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

    /// <summary>
    /// What lateness did to the responses. That of questions is known for each row. That of polls is known for the run only: its median is part of the
    /// median response, while its P99 can be no more than an upper bound of what it did to P95, and so makes no run invalid.
    /// </summary>
    private static IEnumerable<Effect> Effects(IReadOnlyCollection<QuestionResult> rows, GeneratorRecord? generator)
    {
        QuestionResult[] timed = [.. rows.Where(row => row is { Success: true, ResponseSeconds: not null, LagSeconds: not null })];
        if (timed.Length == 0)
            yield break;
        double[] responses = Percentile.Sort(timed.Select(row => row.ResponseSeconds));
        double[] punctual = Percentile.Sort(timed.Select(row => row.ResponseSeconds - row.LagSeconds));
        double median = Percentile.Of(responses, 50);
        double tail = Percentile.Of(responses, 95);
        yield return new Effect("the lateness of questions is", "P50", median - Percentile.Of(punctual, 50), median);
        yield return new Effect("the lateness of questions is", "P95", tail - Percentile.Of(punctual, 95), tail);
        yield return new Effect("the lateness of polls is", "P50", generator?.P50TimerDelaySeconds ?? 0, median);
        yield return new Effect("the lateness of polls may be up to", "P95", generator?.P99TimerDelaySeconds ?? 0, tail, IsBound: true);
    }

    private static IEnumerable<string> Saturation(GeneratorRecord? generator)
    {
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
        if (generator.WorstStallSeconds > StallLimitSeconds)
            yield return Text($"the process stood still for {generator.WorstStallSeconds:0.0} s");
        if (generator is { MaximumHandleCount: int open, HandleLimit: int limit } && open > HandleShare * limit)
            yield return Text($"{open} of {limit} files and sockets were open");
        if (generator.ClockStepSeconds > ClockStepLimitSeconds)
            yield return Text($"the wall clock was set by {generator.ClockStepSeconds:0.0} s under way");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private sealed record Effect(string Cause, string Percentile, double Seconds, double Of, bool IsBound = false)
    {
        public double Share => Seconds / Of;

        public bool IsInvalid => !IsBound && Share > InvalidEffectShare;

        public string Reason => Text($"{Cause} {Share:0.0 %} of the {Percentile} response ({Seconds * 1000:0} ms of {Of:0.00} s)");
    }
}
