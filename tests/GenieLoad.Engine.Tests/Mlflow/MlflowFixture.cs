using System.Text.Json;
using GenieLoad.Engine.Figures;
using GenieLoad.Engine.Logging;
using GenieLoad.Engine.Mlflow;
using GenieLoad.Engine.Tests.Runs;
using GenieLoad.Model;
using Microsoft.Extensions.Time.Testing;

namespace GenieLoad.Engine.Tests.Mlflow;

/// <summary>A run, a fake server and a clock; exports the one to the other.</summary>
internal sealed class MlflowFixture : ILogSink
{
    public const string Workspace = "https://adb-1.2.azuredatabricks.net";

    public MlflowFixture()
    {
        Server = new FakeMlflowServer();
        Environment["MLFLOW_TRACKING_URI"] = "http://mlflow.example:5000";
        // Not that of whoever runs the tests.
        SetHome("/no/such/home");
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 24, 8, 0, 0, TimeSpan.Zero));

    public FakeMlflowServer Server { get; }

    public Dictionary<string, string> Environment { get; } = [];

    public List<string> Warnings { get; } = [];

    /// <summary>Six questions: four answered, one failed, one never asked; with responses where a folder is given.</summary>
    public static LoadRun Run(TemporaryFolder? folder = null, string runId = "20261123-192455-high_load-3f9a",
        Func<QuestionResult[], QuestionResult[]>? change = null,
        string scenario = "high_load")
    {
        QuestionResult[] rows =
        [
            .. Enumerable.Range(1, 4).Select(index => SampleRun.Success(index, 4 + index)),
            SampleRun.Failure(5, Outcome.Failed, "SQL_EXECUTION_EXCEPTION", "[TABLE_OR_VIEW_NOT_FOUND] main.sales.net"),
        ];
        if (folder is not null)
        {
            File.WriteAllLines(folder.File("responses.jsonl"),
                rows.Take(4).Select(row => $"{{\"index\":{row.Index},\"message\":{{\"content\":\"Größe {row.Index}\"}}}}"));
            File.AppendAllText(folder.File("responses.jsonl"), "{\"index\":5,\"mess");
        }
        return RunSummarizer.Summarize(
            SampleRun.Header(runId) with { ScenarioName = scenario }, SampleRun.Plan(6), change?.Invoke(rows) ?? rows,
            new RunStatus(RunState.Completed, SampleRun.StartedAt.AddSeconds(45.23), 45.23),
            folder?.Path);
    }

    /// <summary>Files that an export of such a run sends: five of the parent, and a response of each of four questions.</summary>
    public const int ArtifactCount = 9;

    /// <summary>A question that no param holds.</summary>
    public static string LongQuestion { get; } = new('ä', 5000);

    /// <summary>The same rows, the first with <see cref="LongQuestion"/>.</summary>
    public static QuestionResult[] WithLongQuestion(QuestionResult[] rows) =>
    [
        JsonSerializer.Deserialize<QuestionResult>(
            JsonSerializer.Serialize(rows[0]).Replace("\"Question 1?\"", $"\"{LongQuestion}\"", StringComparison.Ordinal))!,
        .. rows.Skip(1),
    ];

    public void SetHome(string folder) => Environment["HOME"] = Environment["USERPROFILE"] = folder;

    public void UseDatabricks()
    {
        Environment["MLFLOW_TRACKING_URI"] = "databricks";
        Environment["DATABRICKS_HOST"] = Workspace;
        Environment["DATABRICKS_TOKEN"] = "dapi1";
        Server.ArtifactRoot = "dbfs:/databricks/mlflow-tracking/";
    }

    public Task<MlflowExport> ExportAsync(LoadRun run, MlflowExportOptions? options = null, CancellationToken stop = default) =>
        Time.Drive(() => ExportNowAsync(run, options, null, stop));

    public async Task<MlflowExport> ExportNowAsync(
        LoadRun run, MlflowExportOptions? options, Action<MlflowProgress>? report, CancellationToken stop)
    {
        using var exporter = new MlflowExporter(
            options ?? new MlflowExportOptions(), Time, new EngineLog(Time, this),
            name => Environment.GetValueOrDefault(name), () => Server);
        MlflowExportPlan plan = await exporter.PrepareAsync(run, stop);
        return await exporter.ExportAsync(plan, report, stop);
    }

    public bool IsEnabled(LogSeverity severity) => severity == LogSeverity.Warning;

    public void Write(LogEvent logEvent) => Warnings.Add(logEvent.Text);
}
