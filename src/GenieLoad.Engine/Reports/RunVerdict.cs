using GenieLoad.Engine.Verdicts;
using GenieLoad.Model;

namespace GenieLoad.Engine.Reports;

/// <summary>
/// What a report says first: the gravest of a run's health, its end and its thresholds; of one that is not over, that it runs.
/// </summary>
/// <param name="Kind">How it is to be shown.</param>
/// <param name="Word">The verdict in one or two words.</param>
/// <param name="Reason">Why, in one sentence.</param>
/// <param name="Thresholds">What became of each threshold.</param>
internal sealed record RunVerdict(VerdictKind Kind, string Word, string Reason, IReadOnlyList<ThresholdResult> Thresholds)
{
    /// <summary>Judges a run.</summary>
    /// <exception cref="GenieLoadException">An error of <see cref="ThresholdText"/>.</exception>
    public static RunVerdict Of(LoadRun run, ReportOptions options)
    {
        IReadOnlyList<Threshold> thresholds =
            options.Thresholds.Count > 0 ? ThresholdText.ParseAll(options.Thresholds) : ThresholdText.ParseAll([run.Thresholds]);
        IReadOnlyList<ThresholdResult> results = ThresholdJudge.Judge(run, thresholds);
        int missed = results.Count(result => result.Verdict == Verdict.Fail);
        int undecided = results.Count(result => result.Verdict == Verdict.Undecided);
        // What is missed now may be met in the end, and the other way round: a run is judged once it is over.
        if (run.State == RunState.Running)
        {
            string slow = run.Health is { Verdict: HealthVerdict.Invalid } late
                ? $" So far the load generator is too slow: {late.Reasons}."
                : "";
            return new(VerdictKind.None, run.State, SoFar(missed, results.Count) + slow, results);
        }

        if (run.Health is { Verdict: HealthVerdict.Invalid } health)
        {
            return new(
                VerdictKind.Invalid, "Invalid",
                $"The load generator was too slow for these figures to be trusted: {health.Reasons}.", results);
        }

        if (missed > 0)
            return new(VerdictKind.Fail, "Failed", $"{Counted(missed, results.Count)} missed.", results);
        if (run.State != RunState.Completed)
            return new(VerdictKind.Undecided, run.State, run.StateReason ?? "Not all of its questions were asked.", results);
        if (undecided > 0)
            return new(VerdictKind.Undecided, "Undecided",
                $"{Counted(undecided, results.Count)} undecided: too few answers, or too close to the limit.", results);
        return results.Count > 0
            ? new(VerdictKind.Pass, "Passed", results.Count == 1
                ? "The threshold is met."
                : $"All {results.Count} thresholds are met.", results)
            : new(VerdictKind.None, "No thresholds", "No thresholds were set.", results);
    }

    private static string SoFar(int missed, int all) => all == 0 ? "These are its figures so far."
        : missed == 0 ? "So far no threshold is missed."
        : $"So far {char.ToLowerInvariant(Counted(missed, all)[0])}{Counted(missed, all)[1..]} missed.";

    private static string Counted(int count, int all) => all == 1
        ? "The threshold is"
        : FormattableString.Invariant($"{count} of {all} thresholds {(count == 1 ? "is" : "are")}");
}
