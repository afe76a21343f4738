using System.Globalization;
using System.Text;
using GenieLoad.Engine.Mlflow;
using GenieLoad.Engine.Reports;
using GenieLoad.Engine.Statistics;
using GenieLoad.Engine.Tests.Runs;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Mlflow;

/// <summary>Everything that is promised to be logged of a run of <c>high_load</c>, name by name, against what lies in each store.</summary>
/// <param name="highLoad">The run.</param>
public sealed class MlflowParityTests(HighLoadRun highLoad) : IClassFixture<HighLoadRun>
{
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    public static TheoryData<string> Targets => MlflowTarget.All;

    private LoadRun Run => highLoad.Run;

    [Theory]
    [MemberData(nameof(Targets))]
    public async Task A_run_of_high_load_logs_everything_that_is_promised(string name)
    {
        using MlflowTarget target = MlflowTarget.Open(name);

        MlflowExport export = await target.ExportAsync(Run);

        Assert.True(export.Verified);
        IReadOnlyList<SeenRun> seen = await target.SeeAsync();
        SeenRun parent = Assert.Single(seen, run => run.IsParent);
        Assert.Equal((export.ParentRunId, 36), (parent.Id, seen.Count));
        CheckParams(parent);
        CheckMetrics(parent);
        CheckSeries(parent);
        CheckFiles(parent);
        CheckTags(parent);
        Assert.Equal(("load_test_high_load", "FINISHED"), (parent.Name, parent.Status));
        Assert.Equal((Milliseconds(Run.StartedAt), Milliseconds(Run.CompletedAt!.Value)), (parent.StartTime, parent.EndTime));
        foreach (QuestionResult row in Run.Results)
            CheckChild(row, Assert.Single(seen, run => run.Name == $"question_{row.Index}"), parent);
    }

    [Fact]
    public void The_run_has_something_of_everything()
    {
        Assert.Equal((35, 10, 30, 42), (Run.QuestionCount, Run.Plan.WorkerCount, Run.Plan.DurationSeconds, Run.Seed));
        Assert.InRange(Run.FailedCount, 1, 34);
        Assert.True(Run.ThrottleSeconds > 0);
        Assert.True(Run.FaultRetryCount > 0);
        Assert.Contains(Run.Results, row => row.ErrorText is not null);
        Assert.Contains(Run.Results, row => row is { RowCount: not null, StatementId: not null, ExecutingQuerySeconds: > 0 });
    }

    [Fact]
    public void The_mode_is_a_param_where_not_all_questions_are_in_chat_mode()
    {
        Assert.DoesNotContain("mode", ParamsOf(Run.Plan).Keys);
        Assert.Equal("Agent", ParamsOf(SampleRun.InModes(Run.Plan, QuestionMode.Agent))["mode"]);

        Dictionary<string, string> ParamsOf(Plan plan) =>
            ParentRecord.Make(Run with { Plan = plan }, "export", "now", "user").Params.ToDictionary();
    }

    private void CheckParams(SeenRun parent)
    {
        Dictionary<string, string?> promised = new()
        {
            ["num_questions"] = "35",
            ["max_workers"] = "10",
            ["target_duration"] = "30",
            ["test_name"] = Run.Name,
            ["start_time"] = Run.StartedAt.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ss.fffZ", Culture),
            ["arrival"] = Run.Plan.Arrival,
            ["seed"] = "42",
            ["plan_hash"] = Run.Plan.Hash!,
            ["space_id"] = Run.SpaceId,
            ["workspace_host"] = "adb-1.2.azuredatabricks.net",
            ["genieload_version"] = Run.GenieLoadVersion,
        };
        foreach ((string key, string? value) in promised)
            Assert.Equal(KeyValuePair.Create(key, value), KeyValuePair.Create(key, parent.Params.GetValueOrDefault(key)));
    }

    private void CheckMetrics(SeenRun parent)
    {
        Dictionary<string, double?> promised = new()
        {
            ["num_questions"] = 35,
            ["total_duration_seconds"] = Run.TotalDurationSeconds,
            ["successful_questions"] = Run.SuccessfulCount,
            ["failed_questions"] = Run.FailedCount,
            ["success_rate"] = 100.0 * Run.SuccessfulCount / 35,
            ["avg_question_duration"] = Run.Results.Where(row => row.Success).Average(row => row.DurationSeconds),
            ["throughput_qps"] = Run.ThroughputPerSecond,
            ["retries"] = Run.Results.Sum(row => row.Retries),
            ["throttle_seconds"] = Run.ThrottleSeconds,
        };
        foreach (PercentileFigure figure in Run.Percentiles)
        {
            string measure = figure.Measure == "ResponseWithFailures" ? "response_with_failures" : figure.Measure.ToLowerInvariant();
            bool said = figure.IsSupported && figure.Seconds is double seconds && double.IsFinite(seconds);
            promised[string.Create(Culture, $"p{figure.Percentile}_{measure}_seconds")] = said ? figure.Seconds : null;
        }
        foreach (string outcome in Outcome.All)
            promised[$"outcome_{Snake(outcome)}"] = Run.Results.Count(row => row.Outcome == outcome);
        foreach ((string phase, Func<QuestionResult, double?> of) in Phases)
        {
            // A phase that no poll saw is estimated as 0, and nothing is said of one that polls missed in more than one of five answers.
            QuestionResult[] entered = [.. Run.Results.Where(row => row.Success && MayHaveEntered(phase, row))];
            double[] values = Percentile.Sort(entered.Select(row => of(row) ?? (IsStatus(phase) ? 0 : null)));
            bool isSaid = !IsStatus(phase) || entered.Count(row => of(row) is not null) >= 0.8 * entered.Length;
            promised[$"median_{phase}_seconds"] = values.Length == 0 || !isSaid ? null : Percentile.Of(values, 50);
        }
        foreach ((string key, double? value) in promised)
            Same(key, value, parent.Metric(key));
        Assert.NotNull(promised["p50_response_seconds"]);
        Assert.NotNull(promised["median_asking_ai_seconds"]);
        Assert.All(parent.Metrics.SelectMany(points => points), point => Assert.True(double.IsFinite(point.Value)));
    }

    private void CheckSeries(SeenRun parent)
    {
        int last = (int)Math.Ceiling(Run.Results.Max(row => row.CompletedOffsetSeconds)!.Value);
        SeenPoint[] completed = [.. parent.Metrics["series_completed"].OrderBy(point => point.Step)];
        Assert.Equal(Enumerable.Range(1, last), completed.Select(point => (int)point.Step));
        Assert.All(completed, point => Assert.Equal(parent.StartTime + (1000 * point.Step), point.Timestamp));
        Assert.Equal(Run.SuccessfulCount, completed.Sum(point => point.Value));
        Assert.Equal(last, parent.Metrics["series_in_flight"].Count());
        foreach (SeenPoint point in completed.Where(point => point.Value > 0))
        {
            double[] answers = Percentile.Sort(Run.Results
                .Where(row => row.Success && Math.Floor(row.CompletedOffsetSeconds!.Value) + 1 == point.Step)
                    .Select(row => row.ResponseSeconds));
            foreach (int percent in (int[])[50, 95])
            {
                SeenPoint there = Assert.Single(parent.Metrics[$"series_p{percent}_response_seconds"], other => other.Step == point.Step);
                Same($"p{percent} at {point.Step}", Percentile.Of(answers, percent), there.Value);
            }
        }
    }

    private void CheckFiles(SeenRun parent)
    {
        Assert.Equal(
            ["plan.json", "report.html", "responses.jsonl", "results.csv", "summary.json"],
            parent.Files.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(File.ReadAllBytes(Path.Combine(Run.RunPath!, "responses.jsonl")), parent.Files["responses.jsonl"]);
        using MemoryStream report = new();
        HtmlReport.Write(Run, report);
        Assert.Equal(report.ToArray(), parent.Files["report.html"]);
        Assert.Equal(36, Encoding.UTF8.GetString(parent.Files["results.csv"]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
    }

    private static void CheckTags(SeenRun parent)
    {
        Assert.Equal(
            (Environment.UserName, "GenieLoad", "LOCAL", "Completed", "high_load"),
            (parent.Tags["mlflow.user"], parent.Tags["mlflow.source.name"], parent.Tags["mlflow.source.type"], parent.Tags["status"],
                parent.Tags["scenario"]));
        Assert.Contains("Success Rate: ", parent.Tags["mlflow.note.content"], StringComparison.Ordinal);
    }

    private void CheckChild(QuestionResult row, SeenRun child, SeenRun parent)
    {
        Dictionary<string, string?> texts = new()
        {
            ["question"] = row.Question,
            ["timestamp"] = row.StartedAt!.Value.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", Culture),
            ["conversation_id"] = row.ConversationId,
            ["message_id"] = row.MessageId,
            ["statement_id"] = row.StatementId,
            ["error"] = row.ErrorText,
        };
        foreach ((string key, string? value) in texts)
            Assert.Equal(KeyValuePair.Create(key, value), KeyValuePair.Create(key, child.Params.GetValueOrDefault(key)));
        Dictionary<string, double?> numbers = new()
        {
            ["duration_seconds"] = row.DurationSeconds,
            ["success"] = row.Success ? 1 : 0,
            ["row_count"] = row.RowCount,
            ["response_seconds"] = row.ResponseSeconds,
            ["service_seconds"] = row.ServiceSeconds,
            ["throttle_seconds"] = row.ThrottleSeconds,
            ["retries"] = row.Retries,
        };
        foreach ((string phase, Func<QuestionResult, double?> of) in Phases)
            numbers[$"{phase}_seconds"] = of(row);
        foreach ((string key, double? value) in numbers)
            Same($"{key} of question {row.Index}", value, child.Metric(key));
        Assert.Equal((row.Outcome, Run.Name, parent.Id), (child.Tags["status"], child.Tags["test_name"], child.Tags["mlflow.parentRunId"]));
        Assert.Equal((Milliseconds(row.StartedAt!.Value), Milliseconds(row.CompletedAt!.Value)), (child.StartTime, child.EndTime));
        Assert.Equal(row.Success ? "FINISHED" : "FAILED", child.Status);
        string response = File.ReadLines(Path.Combine(Run.RunPath!, "responses.jsonl"))
            .Single(line => line.StartsWith($"{{\"index\":{row.Index},", StringComparison.Ordinal));
        Assert.Equal(response, Encoding.UTF8.GetString(Assert.Single(child.Files, file => file.Key == "response.json").Value));
    }

    private static IEnumerable<(string Phase, Func<QuestionResult, double?> Of)> Phases =>
    [
        ("submit", row => row.SubmitSeconds),
        ("submitted", row => row.SubmittedSeconds),
        ("fetching_metadata", row => row.FetchingMetadataSeconds),
        ("filtering_context", row => row.FilteringContextSeconds),
        ("asking_ai", row => row.AskingAiSeconds),
        ("pending_warehouse", row => row.PendingWarehouseSeconds),
        ("executing_query", row => row.ExecutingQuerySeconds),
        ("detection", row => row.DetectionSeconds),
        ("fetch", row => row.FetchSeconds),
    ];

    private static bool IsStatus(string phase) =>
        phase is "fetching_metadata" or "filtering_context" or "asking_ai" or "pending_warehouse" or "executing_query";

    private static bool MayHaveEntered(string phase, QuestionResult row) =>
        phase is not ("pending_warehouse" or "executing_query") || row.StatementId is not null || row.Sql is not null;

    /// <summary>A database may lose the last digit.</summary>
    private static void Same(string what, double? expected, double? actual) => Assert.True(
        expected is null == actual is null && Math.Abs((expected ?? 0) - (actual ?? 0)) <= 1e-9 * Math.Abs(expected ?? 0),
        string.Create(Culture,
            $"{what} is {actual?.ToString(Culture) ?? "missing"} instead of {expected?.ToString(Culture) ?? "nothing"}"));

    private static string Snake(string pascal) =>
        string.Concat(pascal.Select((c, i) => char.IsUpper(c) ? $"{(i > 0 ? "_" : "")}{char.ToLowerInvariant(c)}" : c.ToString()));

    private static long Milliseconds(DateTime instant) => new DateTimeOffset(instant).ToUnixTimeMilliseconds();
}
