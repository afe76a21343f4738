using System.Globalization;
using GenieLoad.Engine.Figures;
using GenieLoad.Model;

namespace GenieLoad.Engine.Verdicts;

/// <summary>
/// Holds a run against thresholds. The verdict is on the interval and not on the figure: pass when all of it meets the threshold, fail when
/// all of it misses, else undecided.
/// </summary>
public static class ThresholdJudge
{
    /// <summary>Confidence of the intervals.</summary>
    public const double Confidence = 0.95;

    // Fewer failures move no percentile that a run shows.
    private const double NotableFailureShare = 0.01;

    /// <summary>Judges a run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="thresholds">The thresholds.</param>
    /// <returns>A result for each, in their order.</returns>
    public static IReadOnlyList<ThresholdResult> Judge(LoadRun run, IEnumerable<Threshold> thresholds)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(thresholds);
        FigureScope whole = new(MeasuredRows.Of(run), run);
        return [.. thresholds.Select(threshold => Judge(run, threshold, Part(whole, threshold)))];
    }

    /// <summary>Throws what makes a script fail: an invalid run, one that a rule stopped, a threshold missed, one undecided, in this order.</summary>
    /// <param name="run">The run.</param>
    /// <param name="results">What <see cref="Judge(LoadRun, IEnumerable{Threshold})"/> gave.</param>
    /// <exception cref="GenieLoadException">
    /// <c>RunInvalid</c>, <c>RunStoppedByRule</c>, <c>ThresholdMissed</c>, <c>ThresholdUndecided</c>.
    /// </exception>
    public static void Demand(LoadRun run, IReadOnlyList<ThresholdResult> results)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(results);
        if (run.Health?.Verdict == HealthVerdict.Invalid)
            throw VerdictsErrors.RunInvalid(run);
        if (StopCause.IsRule(run.StopCause))
            throw VerdictsErrors.RunStoppedByRule(run);
        if (results.Where(result => result.Verdict == Verdict.Fail).ToArray() is { Length: > 0 } missed)
            throw VerdictsErrors.ThresholdMissed(missed);
        if (results.Where(result => result.Verdict == Verdict.Undecided).ToArray() is { Length: > 0 } undecided)
            throw VerdictsErrors.ThresholdUndecided(undecided);
    }

    /// <summary>The verdict on a reading.</summary>
    internal static string VerdictOn(Threshold threshold, Reading reading)
    {
        if (reading.Value is not { } value || reading.Unseen is not null)
            return Verdict.Undecided;

        // No interval ever clears the end of the scale: all of the questions is all of these questions.
        if (threshold is { Figure: QuestionShare, Operator: ">=", Limit: >= 100 } or { Figure: QuestionShare, Operator: "<=", Limit: <= 0 })
            return threshold.Allows(value) ? Verdict.Pass : Verdict.Fail;
        (double? near, double? far) = threshold.IsUpperLimit ? (reading.Lower, reading.Upper) : (reading.Upper, reading.Lower);
        return far is { } worst && threshold.Allows(worst) ? Verdict.Pass
            : near is { } best && !threshold.Allows(best) ? Verdict.Fail
            : Verdict.Undecided;
    }

    /// <summary>The rows that a threshold speaks of.</summary>
    internal static FigureScope Part(FigureScope whole, Threshold threshold) => threshold.Slice is { } slice
        ? new FigureScope([.. whole.Rows.Where(slice.Holds)])
        : whole;

    private static ThresholdResult Judge(LoadRun run, Threshold threshold, FigureScope scope)
    {
        Reading reading = threshold.Figure.ReadSeen(scope, Confidence);
        string verdict = VerdictOn(threshold, reading);
        bool stuck = reading.Unseen is not null || reading.Dependence?.IsTooStrong == true || IsCarriedByFew(threshold, reading);
        double? needed = verdict == Verdict.Undecided && !stuck
            ? threshold.Figure.CountToDecide(scope, threshold.Limit, Confidence) * (reading.Dependence?.Inflation ?? 1)
            : null;
        int? more = needed is { } count and < int.MaxValue ? Math.Max(1, (int)Math.Ceiling(count) - reading.Count) : null;
        double seconds = run.TotalDurationSeconds - run.WarmUpSeconds;
        double? rate = seconds > 0 && reading.Count > 0 ? reading.Count / seconds : null;
        return new ThresholdResult
        {
            Verdict = verdict,
            Threshold = threshold.Text,
            Figure = threshold.Figure.Name,
            Slice = threshold.Slice?.ToString(),
            Operator = threshold.Operator,
            Limit = threshold.Limit,
            Value = reading.Value,
            Lower = reading.Lower,
            Upper = reading.Upper,
            Unit = threshold.Figure.Unit,
            Count = reading.Count,
            AdditionalCount = more,
            AdditionalSeconds = more / rate,
            Reason = Reason(threshold, reading, scope, verdict, more, more / rate) + LeftOut(run, threshold, scope)
                + Survivors(threshold, scope, verdict),
            RunId = run.RunId,
        };
    }

    private static string Reason(Threshold threshold, Reading reading, FigureScope scope, string verdict, int? more, double? seconds)
    {
        string unit = threshold.Figure.Unit.Length == 1 ? " " + threshold.Figure.Unit : threshold.Figure.Unit;
        if (reading.Value is not { } value)
        {
            string part = threshold.Slice is { } slice && reading.Count == 0 ? $" in {slice}" : "";
            return reading.Count == 0 && scope.Successes.Count is > 0 and int answers && threshold.Figure is TimePercentile
                ? FormattableString.Invariant($"none of {answers} answers{part} has this time")
                : $"no answers{part}";
        }
        string text = (reading.IsAtLeast ? "over " : "") + Number(value) + (double.IsInfinity(value) ? "" : unit);
        if (threshold.Figure is not RunFact)
        {
            text += reading switch
            {
                { Lower: { } lower, Upper: { } upper } => $", 95 % interval {Number(lower)}-{Number(upper)}",
                { Lower: { } lower } => $", at least {Number(lower)}",
                { Upper: { } upper } => $", at most {Number(upper)}",
                _ => "",
            };
            text += FormattableString.Invariant($" from {reading.Count}");
        }

        if (verdict != Verdict.Undecided)
            return text;
        if (reading.Unseen is { } unseen)
            return $"{text}; {unseen}";
        if (reading.Dependence is { IsTooStrong: true } dependence)
        {
            return text + FormattableString.Invariant(
                $"; answers waited for each other, so {reading.Count} count as about {dependence.EffectiveCount:0}")
                + ": repeat the run, or lower the load";
        }

        if (IsCarriedByFew(threshold, reading))
        {
            return text + (threshold.Figure.Unit == "%"
                ? "; the share depends on a few answers, and there may be more like them"
                : "; the mean depends on a few answers, and there may be more like them: use the median or P90 instead");
        }

        if (reading.RareCount is { } rare)
            text += rare == 0 ? ", of which none have any" : FormattableString.Invariant($", of which only {rare} {(rare == 1 ? "has" : "have")} any");
        return text + (more is { } count
            ? FormattableString.Invariant($"; about {count} more would decide it") + (seconds is { } time ? $", {Time(time)} at this rate" : "")
            : "; too close to the limit to say how many more would decide it");
    }

    /// <summary>Whether the threshold would be decided if no few answers carried the figure.</summary>
    private static bool IsCarriedByFew(Threshold threshold, Reading reading) =>
        reading.UpperOfScatter is { } upper && VerdictOn(threshold, reading) == Verdict.Undecided
        && VerdictOn(threshold, reading with { Upper = upper }) != Verdict.Undecided;

    /// <summary>What a share is not of.</summary>
    private static string LeftOut(LoadRun run, Threshold threshold, FigureScope scope) =>
        threshold.Figure is QuestionShare { Among: not null } ? NotComparable(scope) :
        threshold.Figure is QuestionShare { OfAll: false } && AskedQuestions.LeftOut(scope.Rows, run.State) is { Count: > 0 } parts
            ? $"; {string.Join(", ", parts)}"
            : "";

    private static string NotComparable(FigureScope scope) =>
        scope.Rows.Count(row => row.Expectation == Expectation.NotComparable) is > 0 and int count
            ? FormattableString.Invariant($"; {count} {(count == 1 ? "answer" : "answers")} could not be compared")
            : "";

    /// <summary>Whoever failed may have been the slowest: a figure of the others passes more easily for it, and says so.</summary>
    private static string Survivors(Threshold threshold, FigureScope scope, string verdict)
    {
        int failed = scope.Ended.Count - scope.Successes.Count;
        if (verdict != Verdict.Pass || !threshold.Figure.IsOfSurvivors || failed <= NotableFailureShare * scope.Ended.Count)
            return "";
        string other = threshold.Figure is TimePercentile { Percent: double percent }
            && threshold.Figure.Name.EndsWith("ResponseSeconds", StringComparison.Ordinal)
            ? PercentileWithFailures.NameOf(percent)
            : "FailureRate";
        return FormattableString.Invariant($"; {failed} of {scope.Ended.Count} failed and are not in this figure; {other} counts them");
    }

    /// <summary>A number of a figure; <c>never</c> for a time that is not reached.</summary>
    internal static string Number(double value) =>
        double.IsPositiveInfinity(value) ? "never" : value.ToString("0.##", CultureInfo.InvariantCulture);

    private static string Time(double seconds) => seconds switch
    {
        < 120 => FormattableString.Invariant($"{Math.Ceiling(seconds)} s"),
        < 7200 => FormattableString.Invariant($"{Math.Ceiling(seconds / 60)} min"),
        _ => FormattableString.Invariant($"{Math.Ceiling(seconds / 3600)} h"),
    };
}
