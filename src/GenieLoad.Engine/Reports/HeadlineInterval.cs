using GenieLoad.Model;

namespace GenieLoad.Engine.Reports;

/// <summary>
/// The 95 % interval that a report shows of a headline figure: that of the threshold on it, which is wider where answers hang together,
/// else the run's own. Of one figure no report shows two.
/// </summary>
internal static class HeadlineInterval
{
    /// <summary>That of the success rate, in percent.</summary>
    public static (double? Lower, double? Upper) OfSuccess(LoadRun run, IEnumerable<ThresholdResult> thresholds) =>
        Of("SuccessRate", thresholds) is { } result ? (result.Lower, result.Upper) : (run.SuccessRateLower, run.SuccessRateUpper);

    /// <summary>A percentile with its interval.</summary>
    public static PercentileFigure Of(PercentileFigure figure, IEnumerable<ThresholdResult> thresholds) =>
        Of(FormattableString.Invariant($"P{figure.Percentile}{figure.Measure}Seconds"), thresholds) is { } result
            ? figure with { LowerSeconds = result.Lower, UpperSeconds = result.Upper }
            : figure;

    private static ThresholdResult? Of(string figure, IEnumerable<ThresholdResult> thresholds) => thresholds.FirstOrDefault(
        result => result.Figure == figure && result is { Slice: null, Lower: not null, Upper: not null });
}
