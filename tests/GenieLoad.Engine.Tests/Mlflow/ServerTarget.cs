using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace GenieLoad.Engine.Tests.Mlflow;

/// <summary>A tracking server, asked by calls of this class alone.</summary>
/// <param name="address">Its address.</param>
/// <param name="network">The test server itself, or the network.</param>
internal sealed class ServerTarget(Uri address, HttpMessageHandler network) : MlflowTarget
{
    private readonly HttpClient _http = Client(network);

    public override string Uri => address.ToString().TrimEnd('/');

    public override async Task<IReadOnlyList<SeenRun>> SeeAsync()
    {
        string experiment = await ExperimentIdAsync();
        List<SeenRun> seen = [];
        string? page = null;
        do
        {
            JsonNode reply = await PostAsync("runs/search", new JsonObject
            {
                ["experiment_ids"] = new JsonArray(experiment), ["max_results"] = 1000, ["page_token"] = page,
            });
            foreach (JsonNode? run in reply["runs"]?.AsArray() ?? [])
                seen.Add(await SeeAsync(run!));
            page = (string?)reply["next_page_token"];
        }
        while (!string.IsNullOrEmpty(page));
        return seen;
    }

    public override async Task<IReadOnlyList<SeenTrace>> SeeTracesAsync()
    {
        Dictionary<string, HashSet<string>> runs = [];
        foreach (SeenRun run in await SeeAsync())
        {
            foreach (JsonNode trace in await TracesAsync($"attributes.run_id = '{run.Id}'"))
                (runs.TryGetValue((string)trace["trace_id"]!, out HashSet<string>? linked)
                    ? linked
                    : runs[(string)trace["trace_id"]!] = []).Add(run.Name);
        }
        List<SeenTrace> seen = [];
        foreach (JsonNode trace in await TracesAsync(null))
        {
            string id = (string)trace["trace_id"]!;
            JsonNode whole = JsonNode.Parse(await _http.GetStringAsync($"{Uri}/api/3.0/mlflow/traces/get?trace_id={id}"))!;
            seen.Add(new SeenTrace(
                id, (string?)trace["tags"]!["mlflow.traceName"], (string?)trace["state"], (string?)trace["request_preview"],
                (string?)trace["trace_metadata"]?["mlflow.trace.session"],
                [.. runs.GetValueOrDefault(id, []).Order(StringComparer.Ordinal)],
                [.. whole["trace"]!["spans"]!.AsArray().Select(span => (string)span!["name"]!)]));
        }
        return seen;
    }

    public override async Task DeleteExperimentAsync() =>
        await PostAsync("experiments/delete", new JsonObject { ["experiment_id"] = await ExperimentIdAsync() });

    public override void Dispose()
    {
        _http.Dispose();
        base.Dispose();
    }

    protected override Func<HttpMessageHandler>? Handler() => network is FakeMlflowServer ? () => network : null;

    protected override string? Variable(string name) =>
        network is FakeMlflowServer || name == "MLFLOW_EXPERIMENT_ID" ? null : Environment.GetEnvironmentVariable(name);

    private async Task<IReadOnlyList<JsonNode>> TracesAsync(string? filter)
    {
        List<JsonNode> found = [];
        string? page = null;
        do
        {
            JsonNode reply = await PostAsync("traces/search", new JsonObject
            {
                ["locations"] = new JsonArray(new JsonObject
                {
                    ["type"] = "MLFLOW_EXPERIMENT",
                    ["mlflow_experiment"] = new JsonObject { ["experiment_id"] = await ExperimentIdAsync() },
                }),
                ["filter"] = filter, ["max_results"] = 100, ["page_token"] = page,
            }, version: "3.0");
            found.AddRange((reply["traces"]?.AsArray() ?? []).Select(trace => trace!));
            page = (string?)reply["next_page_token"];
        }
        while (!string.IsNullOrEmpty(page));
        return found;
    }

    private async Task<SeenRun> SeeAsync(JsonNode run)
    {
        JsonNode info = run["info"]!;
        JsonNode? data = run["data"];
        string id = (string)info["run_id"]!;
        Dictionary<string, string> tags = Texts(data?["tags"]);
        IEnumerable<JsonNode?> metrics = data?["metrics"]?.AsArray() ?? [];
        // A parent is where the series are.
        if (!tags.ContainsKey("mlflow.parentRunId"))
            metrics = await HistoriesAsync(id, [.. metrics.Select(metric => (string)metric!["key"]!)]);
        return new SeenRun(
            id, (string)info["run_name"]!, (string)info["status"]!, (long)info["start_time"]!, (long?)info["end_time"] ?? 0,
            Texts(data?["params"]), tags,
            metrics.ToLookup(
                point => (string)point!["key"]!,
                point => new SeenPoint((double)point!["value"]!, (long)point["timestamp"]!, (long?)point["step"] ?? 0)),
            await FilesAsync(id, (string)info["artifact_uri"]!));
    }

    private async Task<IReadOnlyList<JsonNode?>> HistoriesAsync(string runId, IReadOnlyList<string> keys)
    {
        List<JsonNode?> points = [];
        foreach (string key in keys)
            points.AddRange((await GetAsync($"metrics/get-history?run_id={runId}&metric_key={key}&max_results=1000"))["metrics"]?.AsArray()
                ?? []);
        return points;
    }

    private async Task<Dictionary<string, byte[]>> FilesAsync(string runId, string artifactUri)
    {
        string root = artifactUri["mlflow-artifacts:".Length..].TrimStart('/');
        Dictionary<string, byte[]> files = [];
        foreach (JsonNode? file in (await GetAsync($"artifacts/list?run_id={runId}"))["files"]?.AsArray() ?? [])
        {
            string name = (string)file!["path"]!;
            files[name] = await _http.GetByteArrayAsync($"{Uri}/api/2.0/mlflow-artifacts/artifacts/{root}/{name}");
        }
        return files;
    }

    private async Task<string> ExperimentIdAsync() =>
        (string)(await GetAsync(
            $"experiments/get-by-name?experiment_name={System.Uri.EscapeDataString(Experiment)}"))["experiment"]!["experiment_id"]!;

    private async Task<JsonNode> GetAsync(string pathAndQuery) =>
        JsonNode.Parse(await _http.GetStringAsync($"{Uri}/api/2.0/mlflow/{pathAndQuery}"))!;

    private async Task<JsonNode> PostAsync(string path, JsonObject body, string version = "2.0")
    {
        using StringContent content = new(body.ToJsonString(), Encoding.UTF8, "application/json");
        using HttpResponseMessage reply = await _http.PostAsync($"{Uri}/api/{version}/mlflow/{path}", content);
        Assert.True(reply.IsSuccessStatusCode, await reply.Content.ReadAsStringAsync());
        return JsonNode.Parse(await reply.Content.ReadAsStringAsync())!;
    }

    private static Dictionary<string, string> Texts(JsonNode? list) =>
        (list?.AsArray() ?? []).ToDictionary(item => (string)item!["key"]!, item => (string?)item!["value"] ?? "");

    /// <summary>Shows the server what the exporter shows it, by the same variables.</summary>
    private static HttpClient Client(HttpMessageHandler network)
    {
        var http = new HttpClient(network, disposeHandler: network is not FakeMlflowServer);
        if (network is FakeMlflowServer)
            return http;
        if (Environment.GetEnvironmentVariable("MLFLOW_TRACKING_USERNAME") is { Length: > 0 } user)
        {
            string pair = $"{user}:{Environment.GetEnvironmentVariable("MLFLOW_TRACKING_PASSWORD")}";
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
                "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(pair)));
        }
        if (Environment.GetEnvironmentVariable("MLFLOW_WORKSPACE") is { Length: > 0 } workspace)
            http.DefaultRequestHeaders.Add("X-MLFLOW-WORKSPACE", workspace);
        return http;
    }
}
