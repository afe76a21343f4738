using GenieLoad.Engine.Figures;
using GenieLoad.Model;

namespace GenieLoad.Engine.Telemetry.Metrics;

/// <summary>
/// A run as a Prometheus text file, such as the textfile collector of node_exporter reads: what was sent live, and the headline figures.
/// </summary>
public static class RunPrometheus
{
    // What a run has only once it is over.
    private static readonly MetricDefinition Duration = Gauge("genieload.run.duration", "s", "Time from the start of the run to its end.");

    private static readonly MetricDefinition Ended = Gauge(
        "genieload.run.end.timestamp", "s", "When the run ended, in seconds since 1970 (UTC).");

    private static readonly MetricDefinition Valid = Gauge(
        "genieload.run.valid", "{run}", "Whether GenieLoad itself was fit for these figures: 1 valid, 0.5 doubtful, 0 invalid.");

    private static readonly MetricDefinition Success = Gauge(
        "genieload.run.success", "1", "Share of the questions asked that were answered.");

    private static readonly MetricDefinition SuccessLower = Gauge(
        "genieload.run.success.lower", "1", "Lower end of the 95 % interval of the share answered.");

    private static readonly MetricDefinition SuccessUpper = Gauge(
        "genieload.run.success.upper", "1", "Upper end of the 95 % interval of the share answered.");

    private static readonly MetricDefinition Response = Gauge(
        "genieload.run.response", "s", "Percentile of the response times of the questions answered.");

    private static readonly MetricDefinition ResponseLower = Gauge(
        "genieload.run.response.lower", "s", "Lower end of the 95 % interval of the percentile.");

    private static readonly MetricDefinition ResponseUpper = Gauge(
        "genieload.run.response.upper", "s", "Upper end of the 95 % interval of the percentile.");

    /// <summary>The metrics of finished runs, beside <see cref="RunMetrics.Live"/>.</summary>
    internal static IReadOnlyList<MetricDefinition> Finished { get; } =
        [Duration, Ended, Valid, Success, SuccessLower, SuccessUpper, Response, ResponseLower, ResponseUpper];

    /// <summary>Writes the file.</summary>
    /// <param name="run">The run.</param>
    /// <param name="stream">Where to.</param>
    public static void Write(LoadRun run, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(run);
        IReadOnlyList<KeyValuePair<string, object>> tags = RunTags.Of(run.RunId, run.ScenarioName);
        MetricTally tally = new(tags);
        foreach (QuestionResult row in run.Results)
            tally.Add(row);
        PrometheusText.Write(
            [.. tally.Read(), new MetricValues(RunMetrics.Planned, [new MetricValue(tags, DueOf(run))]), .. FiguresOf(run, tags)], stream);
    }

    /// <summary>How many questions were due when the run ended.</summary>
    internal static int DueOf(LoadRun run) =>
        new DueCounter(run.Plan).Read(run.TotalDurationSeconds, run.Results.Count(row => !UnfinishedQuestion.IsUnasked(row)));

    private static IEnumerable<MetricValues> FiguresOf(LoadRun run, IReadOnlyList<KeyValuePair<string, object>> tags)
    {
        (MetricDefinition Metric, double? Number)[] single =
        [
            (Duration, run.TotalDurationSeconds),
            (Ended, run.CompletedAt is DateTime at ? (at.ToUniversalTime() - DateTime.UnixEpoch).TotalSeconds : null),
            (Valid, run.Health?.Verdict switch
            {
                HealthVerdict.Valid => 1,
                HealthVerdict.Doubtful => 0.5,
                HealthVerdict.Invalid => 0,
                _ => (double?)null,
            }),
            (Success, run.SuccessRate / 100),
            (SuccessLower, run.SuccessRateLower / 100),
            (SuccessUpper, run.SuccessRateUpper / 100),
        ];
        foreach ((MetricDefinition metric, double? number) in single)
            yield return new MetricValues(metric, number is double known ? [new MetricValue(tags, known)] : []);
        PercentileFigure[] response = [.. run.Percentiles.Where(figure => figure.Measure == "Response")];
        yield return Of(Response, figure => figure.Seconds);
        yield return Of(ResponseLower, figure => figure.LowerSeconds);
        yield return Of(ResponseUpper, figure => figure.UpperSeconds);

        MetricValues Of(MetricDefinition metric, Func<PercentileFigure, double?> number) => new(metric,
        [
            .. from figure in response
            where number(figure) is not null
            let percentile = FormattableString.Invariant($"{figure.Percentile:0.###}")
            select new MetricValue([.. tags, KeyValuePair.Create("genieload.percentile", (object)percentile)], number(figure)!.Value),
        ]);
    }

    private static MetricDefinition Gauge(string name, string unit, string help) => new(name, unit, MetricKind.Gauge, help);
}
