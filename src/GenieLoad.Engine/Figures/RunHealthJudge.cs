using System.Globalization;
using GenieLoad.Engine.Statistics;
using GenieLoad.Model;

namespace GenieLoad.Engine.Figures;

/// <summary>Judges whether the machine that asked was fit for its figures to be believed.</summary>
public static class RunHealthJudge
{
    /// <summary>Lateness that moves a percentile of the response by no more than so many seconds does not count.</summary>
    public const double LeastEffectSeconds = 0.005;

    /// <summary>
    /// Share of P50 or P95 of the response that may come from lateness; a run with more is invalid. As great as the tolerance of
    /// comparisons.
    /// </summary>
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

    private const string UseAnotherMachine = "close other programs, or use a machine with more free processor time";

    /// <summary>The verdict.</summary>
    /// <param name="rows">Rows of the run.</param>
    /// <param name="generator">What was seen of the generator; <see langword="null"/> when nobody watched.</param>
    /// <param name="interruptions">When the run was interrupted and resumed.</param>
    /// <param name="goesOn">Whether the run is not over: what was seen of its generator is told at its end.</param>
    public static RunHealth Of(
        IReadOnlyList<QuestionResult> rows, GeneratorRecord? generator, IReadOnlyCollection<RunInterruption>? interruptions = null,
        bool goesOn = false)
    {
        ArgumentNullException.ThrowIfNull(rows);
        List<Effect> effects = [.. Effects(rows, generator).Where(effect => effect.Seconds > LeastEffectSeconds)];
        return Verdict(
            rows, generator,
            [.. effects.Where(effect => effect.IsInvalid).Select(Late), .. Saturation(generator)],
            [
                .. effects.Where(effect => !effect.IsInvalid && effect.Share > DoubtfulEffectShare).Select(Late),
                .. generator is null && goesOn ? [] : Doubts(generator), .. (interruptions ?? []).Select(Doubt),
            ]);
    }

    /// <summary>
    /// The verdict of a merged run: that of its worst shard, named, and what lateness did to the responses of all of them together.
    /// </summary>
    /// <param name="rows">Rows of the run.</param>
    /// <param name="generator">The worst that was seen of the generators; <see langword="null"/> when nobody watched.</param>
    /// <param name="shards">Its shards, with their own verdicts.</param>
    public static RunHealth OfShards(
        IReadOnlyList<QuestionResult> rows, GeneratorRecord? generator, IReadOnlyCollection<RunShard> shards)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(shards);
        List<Effect> effects = [.. Effects(rows, null).Where(effect => effect.Seconds > LeastEffectSeconds)];
        return Verdict(
            rows, generator,
            [.. effects.Where(effect => effect.IsInvalid).Select(Late), .. ShardDoubts.Invalid(shards)],
            [
                .. effects.Where(effect => !effect.IsInvalid && effect.Share > DoubtfulEffectShare).Select(Late),
                .. ShardDoubts.Of(shards),
            ]);
    }

    private static RunHealth Verdict(
        IReadOnlyList<QuestionResult> rows, GeneratorRecord? generator, Finding[] invalid, Finding[] doubts)
    {
        LatencyFigures lag = LatencyFiguresCalculator.Of(Measure.Lag, rows);
        return new RunHealth
        {
            Verdict = invalid.Length > 0 ? HealthVerdict.Invalid : doubts.Length > 0 ? HealthVerdict.Doubtful : HealthVerdict.Valid,
            ReasonList = [.. Texts([.. invalid, .. doubts])],
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
    private static Finding Doubt(RunInterruption interruption) =>
        new($"the run was interrupted {interruption}", "for figures of the planned load, run the test again without a break");

    private static Finding Late(Effect effect) => new(effect.Reason, UseAnotherMachine);

    /// <summary>Each reason, with what to do where that was not yet said.</summary>
    private static IEnumerable<string> Texts(Finding[] findings) => findings.Select(
        (finding, i) => finding.Advice is null || findings.Take(i).Any(before => before.Advice == finding.Advice)
            ? finding.Text
            : $"{finding.Text} - {finding.Advice}");

    /// <summary>
    /// What lateness did to the responses. That of questions is known for each row. That of polls is known for the run only: its median is
    /// part of the median response, while its P99 can be no more than an upper bound of what it did to P95, and so makes no run invalid.
    /// </summary>
    private static IEnumerable<Effect> Effects(IReadOnlyList<QuestionResult> rows, GeneratorRecord? generator)
    {
        QuestionResult[] timed = [.. rows.Where(row => row is { Success: true, ResponseSeconds: not null, LagSeconds: not null })];
        if (timed.Length == 0)
            yield break;
        double[] responses = SortedTimes.Of(timed, row => row.ResponseSeconds);
        double[] punctual = SortedTimes.Of(timed, row => row.ResponseSeconds - row.LagSeconds);
        double median = Percentile.Of(responses, 50);
        double tail = Percentile.Of(responses, 95);
        yield return new Effect("questions were sent late by", "P50", median - Percentile.Of(punctual, 50), median);
        yield return new Effect("questions were sent late by", "P95", tail - Percentile.Of(punctual, 95), tail);
        // A stream is read as it comes: only what was polled for can be seen late.
        if (Array.TrueForAll(timed, row => row is { Mode: QuestionMode.Agent, Polls: 0 }))
            yield break;
        yield return new Effect("polls were late by", "P50", generator?.P50TimerDelaySeconds ?? 0, median);
        yield return new Effect("polls were late by up to", "P95", generator?.P99TimerDelaySeconds ?? 0, tail, IsBound: true);
    }

    private static IEnumerable<Finding> Saturation(GeneratorRecord? generator)
    {
        if (generator?.ProcessorShare > SaturatedShare)
            yield return new(Text($"the processors were saturated ({generator.ProcessorShare:0 %})"), UseAnotherMachine);
    }

    private static IEnumerable<Finding> Doubts(GeneratorRecord? generator)
    {
        if (generator is null)
        {
            yield return new("the load generator was not monitored", "run the test again to its end");
            yield break;
        }

        if (generator.ProcessorShare is > BusyShare and <= SaturatedShare)
            yield return new(Text($"the processors were busy ({generator.ProcessorShare:0 %})"), UseAnotherMachine);
        if (generator.GcPauseSeconds > GcShare * generator.WatchedSeconds)
        {
            yield return new(
                Text($"garbage collection paused the process for {generator.GcPauseSeconds:0.00} s of {generator.WatchedSeconds:0} s"),
                "use fewer workers, or a machine with more memory");
        }


        if (generator.P99PoolDelaySeconds > PoolDelayLimitSeconds)
            yield return new(Text($"work waited up to {generator.P99PoolDelaySeconds * 1000:0} ms (P99) for a thread"), UseAnotherMachine);
        if (generator.WorstStallSeconds > StallLimitSeconds)
        {
            yield return new(
                Text($"the process was suspended for {generator.WorstStallSeconds:0.0} s"),
                "keep the machine from sleeping, and run the test again");
        }


        if (generator is { MaximumHandleCount: int open, HandleLimit: int limit } && open > HandleShare * limit)
            yield return new(Text($"{open} of {limit} files and sockets were open"), "raise the limit (ulimit -n), or use fewer workers");
        if (generator.ClockStepSeconds > ClockStepLimitSeconds)
        {
            yield return new(
                Text($"the system clock was changed by {generator.ClockStepSeconds:0.0} s during the run"),
                "synchronize the clock, and run the test again");
        }

    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private sealed record Effect(string Cause, string Percentile, double Seconds, double Of, bool IsBound = false)
    {
        public double Share => Seconds / Of;

        public bool IsInvalid => !IsBound && Share > InvalidEffectShare;

        public string Reason => Text($"{Cause} {Share:0.0 %} of the {Percentile} response time ({Seconds * 1000:0} ms of {Of:0.00} s)");
    }
}
