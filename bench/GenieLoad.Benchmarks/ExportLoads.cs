using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using GenieLoad.Engine.Figures;
using GenieLoad.Engine.Genie.Wire;
using GenieLoad.Engine.Logging;
using GenieLoad.Engine.Mlflow;
using GenieLoad.Model;

namespace GenieLoad.Benchmarks;

/// <summary>Ways to bring a run of many questions somewhere, each with the seconds that it took.</summary>
internal static class ExportLoads
{
    /// <summary>Nested runs at a time, the exporter's default.</summary>
    public static int Writers { get; } = new MlflowExportOptions().ThrottleLimit;

    /// <summary>A run on disk with a response of two thousand characters for each question.</summary>
    public static LoadRun Run(int count, string folder)
    {
        Directory.CreateDirectory(folder);
        string filler = new('x', 2000);
        File.WriteAllLines(
            Path.Combine(folder, "responses.jsonl"),
            Enumerable.Range(1, count).Select(index =>
                string.Create(CultureInfo.InvariantCulture, $"{{\"index\":{index},\"message\":{{\"content\":\"{filler}\"}}}}")));
        var message = new GenieMessage
        {
            Status = MessageStatus.Completed,
        };
        var header = new RunHeader
        {
            RunId = $"bench-{Guid.NewGuid():N}", Name = "benchmark", ScenarioName = "benchmark",
            WorkspaceUrl = "https://bench.example", SpaceId = "01ef",
            StartedAt = new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc), GenieLoadVersion = "0.1.0",
        };
        return RunSummarizer.Summarize(
            header, Plans.Even(count, count / 10.0, 10), Enumerable.Range(1, count).Select(index => SampleRow.Of(index, message)),
            new RunStatus(RunState.Completed, header.StartedAt.AddSeconds(count), count), folder);
    }

    /// <summary>The exporter.</summary>
    public static async Task<double> ExportAsync(LoadRun run, string target, CancellationToken stop)
    {
        long began = Stopwatch.GetTimestamp();
        using var exporter = new MlflowExporter(
            new MlflowExportOptions { TrackingUri = target, ExperimentName = "bench", Force = true }, TimeProvider.System, EngineLog.None);
        MlflowExport export = await exporter.ExportAsync(await exporter.PrepareAsync(run, stop), null, stop);
        return export.Verified && export.QuestionRunCount == run.QuestionCount
            ? Stopwatch.GetElapsedTime(began).TotalSeconds
            : throw new InvalidOperationException("The export is not whole.");
    }

    /// <summary>The four requests of a nested run from bodies made beforehand.</summary>
    /// <param name="server">The tracking server.</param>
    /// <param name="count">Nested runs.</param>
    /// <param name="readBack">Whether then everything is read back, as the exporter does: one search, and every file.</param>
    /// <param name="stop">Ends it.</param>
    public static async Task BareRequestsAsync(Uri server, int count, bool readBack, CancellationToken stop)
    {
        using HttpClient http = new();
        ConcurrentBag<Uri> files = [];
        await BySeveralAsync(count, async () => files.Add(await BareRunAsync(http, server, stop)));
        if (!readBack)
            return;
        using HttpResponseMessage found = await http.PostAsync(new Uri(server, "/api/2.0/mlflow/runs/search"), Body(Search), stop);
        await found.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync(stop);
        await BySeveralAsync(count, async () =>
        {
            using HttpResponseMessage got = await http.GetAsync(files.TryTake(out Uri? file) ? file : server, stop);
            await got.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync(stop);
        });
    }

    /// <summary>The same files as in another folder, from memory, in a plain loop.</summary>
    public static double BareFiles(IReadOnlyList<(string Name, byte[] Content)> files, string target)
    {
        long began = Stopwatch.GetTimestamp();
        foreach ((string name, byte[] content) in files)
        {
            string path = Path.Combine(target, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, content);
        }
        return Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private const int TagCount = 9;
    private const string TagValue = "01f0c8a94c411e2d8f3a5b6c7d8e9f01";

    private static string Search { get; } = JsonSerializer.Serialize(new
    {
        experiment_ids = (string[])["1"], filter = $"tags.`tag_1` = '{TagValue}'", max_results = 1000, run_view_type = "ACTIVE_ONLY",
    });

    private static string Create { get; } = JsonSerializer.Serialize(new
    {
        experiment_id = "1", run_name = "question_1", start_time = 1L,
        tags = Enumerable.Range(1, TagCount).Select(i => new { key = $"tag_{i}", value = TagValue }),
    });

    private static string Log { get; } = JsonSerializer.Serialize(new
    {
        run_id = "RUN",
        @params = Enumerable.Range(1, 6)
            .Select(i => new { key = $"param_{i}", value = "How many orders were placed last month, by region?" }),
        metrics = Enumerable.Range(1, 22)
            .Select(i => new { key = $"metric_{i}_seconds", value = 12.3456789, timestamp = 1767323045000L, step = 0 }),
    });

    private static string Response { get; } = new('x', 2040);

    private static StringContent Body(string json) => new(json, Encoding.UTF8, "application/json");

    private static async Task<Uri> BareRunAsync(HttpClient http, Uri server, CancellationToken stop)
    {
        using HttpResponseMessage made = await http.PostAsync(new Uri(server, "/api/2.0/mlflow/runs/create"), Body(Create), stop);
        string id = (string)JsonNode.Parse(await made.Content.ReadAsByteArrayAsync(stop))!["run"]!["info"]!["run_id"]!;
        string values = Log.Replace("RUN", id, StringComparison.Ordinal);
        using HttpResponseMessage logged = await http.PostAsync(new Uri(server, "/api/2.0/mlflow/runs/log-batch"), Body(values), stop);
        Uri file = new(server, $"/api/2.0/mlflow-artifacts/artifacts/1/{id}/artifacts/response.json");
        using HttpResponseMessage put = await http.PutAsync(file, Body(Response), stop);
        string end = $"{{\"run_id\":\"{id}\",\"status\":\"FINISHED\",\"end_time\":1}}";
        using HttpResponseMessage ended = await http.PostAsync(new Uri(server, "/api/2.0/mlflow/runs/update"), Body(end), stop);
        ended.EnsureSuccessStatusCode();
        return file;
    }

    private static Task BySeveralAsync(int count, Func<Task> work)
    {
        int next = 0;
        return Task.WhenAll(Enumerable.Range(0, Writers).Select(async _ =>
        {
            while (Interlocked.Increment(ref next) <= count)
                await work();
        }));
    }
}
