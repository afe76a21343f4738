using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using GenieLoad.Engine.Figures;
using GenieLoad.Engine.Planning;
using GenieLoad.Engine.Reports;
using GenieLoad.Engine.Runs;
using GenieLoad.Model;

namespace GenieLoad.Engine.Mlflow;

/// <summary>What the parent run of a load test holds.</summary>
internal static class ParentRecord
{
    public const string InFlightSeries = "series_in_flight";
    public const string CompletedSeries = "series_completed";
    public const string P50Series = "series_p50_response_seconds";
    public const string P95Series = "series_p95_response_seconds";

    /// <summary>Makes the record.</summary>
    /// <param name="run">The run, its texts removed where they are not wanted.</param>
    /// <param name="export">Identity of the export.</param>
    /// <param name="exportedAt">Begin of the export, as a tag.</param>
    /// <param name="user">Whom the user interface shows.</param>
    /// <returns>The record without its <see cref="Files"/>.</returns>
    public static RunRecord Make(LoadRun run, string export, string exportedAt, string user)
    {
        long start = RecordValues.Milliseconds(run.StartedAt);
        long end = Math.Max(start,
            RecordValues.Milliseconds(run.CompletedAt ?? run.StartedAt.ToUniversalTime().AddSeconds(run.TotalDurationSeconds)));
        return new RunRecord
        {
            Key = export,
            Name = $"load_test_{run.ScenarioName}",
            StartTime = start,
            EndTime = end,
            Status = MlflowRunStatus.Of(run),
            Tags = Tags(run, export, exportedAt, user),
            Params = RecordValues.Present(Params(run)),
            Metrics = [.. RecordValues.Metrics(Metrics(run), end), .. Series(run, start)],
            Artifacts = [],
        };
    }

    /// <summary>Makes the files, which takes longer than the record.</summary>
    /// <param name="run">The run, its texts removed where they are not wanted.</param>
    /// <param name="responses">The responses; <see langword="null"/> to leave them out.</param>
    public static IEnumerable<Artifact> Files(LoadRun run, ResponseFile? responses)
    {
        using MemoryStream csv = new();
        RowCsv<QuestionResult>.Write(run.Results, csv);
        yield return Artifact.Of("results.csv", csv.ToArray());
        yield return Artifact.Of("summary.json", Summary(run));
        yield return Artifact.Of("plan.json", JsonSerializer.SerializeToUtf8Bytes(run.Plan, RunJson.Pretty.Plan));
        if (responses is not null)
            yield return responses.Whole("responses.jsonl");
        using MemoryStream report = new();
        HtmlReport.Write(run, report);
        yield return Artifact.Of("report.html", report.ToArray());
    }

    private static Dictionary<string, string> Tags(LoadRun run, string export, string exportedAt, string user) =>
        new(RecordTags.Common(run, export, export, user))
        {
            [RecordTags.LoadRun] = run.RunId,
            [RecordTags.ExportedAt] = exportedAt,
            [RecordTags.State] = RecordTags.Complete,
            ["status"] = run.State,
            ["mlflow.note.content"] = MlflowLimits.Cut($"```text\n{SummaryText.Write(run)}\n```", MlflowLimits.MaximumTagBytes),
        };

    private static IEnumerable<(string, string?)> Params(LoadRun run) =>
    [
        ("num_questions", run.QuestionCount.ToString(CultureInfo.InvariantCulture)),
        ("warm_up_questions", run.WarmUpCount == 0 ? null : run.WarmUpCount.ToString(CultureInfo.InvariantCulture)),
        ("max_workers", run.Plan.WorkerCount.ToString(CultureInfo.InvariantCulture)),
        ("target_duration", run.Plan.DurationSeconds is double seconds ? RecordValues.Number(seconds) : "immediate"),
        ("test_name", run.Name),
        ("start_time", RecordValues.Instant(run.StartedAt)),
        ("arrival", run.Plan.Arrival),
        ("mode", QuestionModes.NameUnlessChat(run.Plan)),
        ("plan_hash", run.Plan.Hash),
        ("seed", run.Seed.ToString(CultureInfo.InvariantCulture)),
        ("space_id", run.SpaceId),
        ("workspace_host", Uri.TryCreate(run.WorkspaceUrl, UriKind.Absolute, out Uri? uri) ? uri.Authority : run.WorkspaceUrl),
        ("connections", run.Connections.Count > 1 ? string.Join("; ", run.Connections) : null),
        ("run_id", run.RunId),
        ("genieload_version", run.GenieLoadVersion),
    ];

    private static IEnumerable<(string, double?)> Metrics(LoadRun run) =>
    [
        ("num_questions", run.QuestionCount),
        ("total_duration_seconds", run.TotalDurationSeconds),
        ("successful_questions", run.SuccessfulCount),
        ("failed_questions", run.FailedCount),
        ("success_rate", run.SuccessRate),
        ("avg_question_duration", run.AverageQuestionDurationSeconds),
        ("throughput_qps", run.ThroughputPerSecond),
        .. Percentiles(run),
        .. run.Latency.Where(part => part.Kind != MeasureKind.Whole).Select(part => ($"median_{RecordValues.Snake(part.Measure)}_seconds",
            part.SeenPercent < PhaseSight.LeastPercent ? null : part.P50Seconds)),
        .. Outcome.All.Select(outcome =>
            ($"outcome_{RecordValues.Snake(outcome)}", (double?)MeasuredRows.Of(run).Count(row => row.Outcome == outcome))),
        ("retries", MeasuredRows.Of(run).Sum(row => row.Retries)),
        ("throttle_retries", run.ThrottleRetryCount),
        ("fault_retries", run.FaultRetryCount),
        ("throttle_seconds", run.ThrottleSeconds),
        ("fault_seconds", run.FaultSeconds),
        ("maximum_lag_seconds", run.MaximumLagSeconds),
    ];

    /// <summary>Those with enough answers: a metric has no room to say that it stands on a few only.</summary>
    private static IEnumerable<(string, double?)> Percentiles(LoadRun run) =>
        run.Percentiles.Where(figure => figure.IsSupported).Select(figure =>
            (string.Create(CultureInfo.InvariantCulture, $"p{figure.Percentile}_{RecordValues.Snake(figure.Measure)}_seconds"),
                figure.Seconds));

    private static IEnumerable<MetricPoint> Series(LoadRun run, long start)
    {
        IReadOnlyList<QuestionResult> rows = MeasuredRows.Of(run);
        int length = SeriesInterval.Seconds(RunSeries.EndSeconds(rows));
        foreach (IntervalFigures figures in RunSeries.Of(rows, length))
        {
            (string Key, double? Value)[] values =
            [
                (InFlightSeries, figures.InFlight), (CompletedSeries, figures.Completed),
                (P50Series, figures.P50ResponseSeconds), (P95Series, figures.P95ResponseSeconds),
            ];
            // What is known of an interval is known at its end.
            int step = (int)figures.OffsetSeconds + length;
            foreach (MetricPoint metric in RecordValues.Metrics(values, start + (1000L * step)))
                yield return metric with { Step = step };
        }
    }

    /// <summary>The run without what has a file of its own, and without a path of this machine.</summary>
    private static byte[] Summary(LoadRun run)
    {
        JsonObject summary = JsonSerializer.SerializeToNode(run, RunJson.Pretty.LoadRun)!.AsObject();
        foreach (string field in (string[])["results", "plan", "runPath"])
            summary.Remove(field);
        return Encoding.UTF8.GetBytes(summary.ToJsonString(RunJson.Pretty.Options));
    }
}
