using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Web;

namespace GenieLoad.Engine.Tests.Mlflow;

/// <summary>
/// A tracking server in memory that behaves as a real one does, wrong turns included: 200 to a status it does not know, to a value it cuts,
/// to a body in chunks (which it takes for empty), and an HTML page for a path it does not have.
/// </summary>
internal sealed partial class FakeMlflowServer : HttpMessageHandler
{
    private readonly object _gate = new();
    private int _nextId;

    public List<string> Calls { get; } = [];

    public Dictionary<string, JsonObject> Experiments { get; } = [];

    public Dictionary<string, JsonObject> Runs { get; } = [];

    /// <summary>Files by "run id/name" or by full address for anything that is not this server.</summary>
    public Dictionary<string, byte[]> Files { get; } = [];

    public string ArtifactRoot { get; set; } = "mlflow-artifacts:/";

    public int ParamLimit { get; set; } = 6000;

    public string PutReply { get; set; } = "{}";

    public string Prefix { get; set; } = "";

    public bool WorkspacesEnabled { get; set; }

    /// <summary>Answers instead of the server, before it does anything.</summary>
    public Func<HttpRequestMessage, string, HttpResponseMessage?>? Before { get; set; }

    /// <summary>Answers instead of the server, after it has done what was asked.</summary>
    public Func<HttpRequestMessage, string, HttpResponseMessage?>? After { get; set; }

    public IEnumerable<JsonObject> Children => Runs.Values.Where(run => Tag(run, "mlflow.parentRunId") is not null);

    public JsonObject Parent => Assert.Single(Runs.Values, run => Tag(run, "genieload.load_run") is not null);

    public static string? Tag(JsonObject run, string key) => Value(run, "tags", key);

    public static string? Param(JsonObject run, string key) => Value(run, "params", key);

    public static double? Metric(JsonObject run, string key) =>
        (double?)run["data"]!["metrics"]!.AsArray().LastOrDefault(metric => (string?)metric!["key"] == key)?["value"];

    public static string Status(JsonObject run) => (string)run["info"]!["status"]!;

    public static string Id(JsonObject run) => (string)run["info"]!["run_id"]!;

    public int Count(string path) => Calls.Count(call => call.EndsWith(path, StringComparison.Ordinal));

    public static HttpResponseMessage Error(HttpStatusCode status, string code, string message) =>
        Json(new JsonObject { ["error_code"] = code, ["message"] = message }, status);

    public static HttpResponseMessage Text(HttpStatusCode status, string text, string type = "text/plain") =>
        new(status) { Content = new StringContent(text, Encoding.UTF8, type) };

    public static HttpResponseMessage Json(JsonNode body, HttpStatusCode status = HttpStatusCode.OK) =>
        Text(status, body.ToJsonString(), "application/json");

    public void AddExperiment(string id, string name, string stage = "active") => Experiments[id] = new JsonObject
    {
        ["experiment_id"] = id, ["name"] = name, ["lifecycle_stage"] = stage,
    };

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        bool chunked = request.Content is not null && request.Content.Headers.ContentLength is null;
        byte[] body = request.Content is null || chunked ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        string path = request.RequestUri!.AbsolutePath;
        lock (_gate)
        {
            Calls.Add($"{request.Method} {path}");
            if (Before?.Invoke(request, path) is HttpResponseMessage early)
                return early;
            HttpResponseMessage reply = Route(request, path, body);
            return After?.Invoke(request, path) ?? reply;
        }
    }

    private HttpResponseMessage Route(HttpRequestMessage request, string path, byte[] body)
    {
        if (Cloud(request, path, body) is HttpResponseMessage cloud)
            return cloud;
        if (!path.StartsWith(Prefix + "/api/", StringComparison.Ordinal) && path != Prefix + "/v1/traces" && path != Prefix + "/version")
            return Text(HttpStatusCode.NotFound, "<!doctype html><title>404 Not Found</title>", "text/html");
        string api = path[Prefix.Length..];
        if (request.Headers.Contains("X-MLFLOW-WORKSPACE") && !WorkspacesEnabled)
            return Error(HttpStatusCode.InternalServerError, "FEATURE_DISABLED", "Workspaces are not enabled.");
        const string Proxy = "/api/2.0/mlflow-artifacts/artifacts/";
        if (api.StartsWith(Proxy, StringComparison.Ordinal) && request.Method == HttpMethod.Put)
        {
            string[] parts = api[Proxy.Length..].Split('/');
            Files[$"{parts[^3]}/{Uri.UnescapeDataString(parts[^1])}"] = body;
            return Text(HttpStatusCode.OK, PutReply, "application/json");
        }
        if (api.StartsWith(Proxy, StringComparison.Ordinal))
        {
            string[] parts = api[Proxy.Length..].Split('/');
            // A real server stumbles over a file that is not there.
            return Files.TryGetValue($"{parts[^3]}/{Uri.UnescapeDataString(parts[^1])}", out byte[]? content)
                ? new HttpResponseMessage { Content = new ByteArrayContent(content) }
                : Error(HttpStatusCode.InternalServerError, "INTERNAL_ERROR",
                    "The following failures occurred while downloading one or more artifacts");
        }
        System.Collections.Specialized.NameValueCollection query = HttpUtility.ParseQueryString(request.RequestUri!.Query);
        JsonObject json = body.Length == 0 ? [] : JsonNode.Parse(body)!.AsObject();
        return TraceRoute(request, api, json) ?? api switch
        {
            "/api/3.0/mlflow/server-info" =>
                Json(new JsonObject { ["store_type"] = "SqlStore", ["workspaces_enabled"] = WorkspacesEnabled }),
            "/api/2.0/mlflow/experiments/get-by-name" => Experiment(e => (string?)e["name"] == query["experiment_name"]),
            "/api/2.0/mlflow/experiments/get" => Experiment(e => (string?)e["experiment_id"] == query["experiment_id"]),
            "/api/2.0/mlflow/experiments/create" => CreateExperiment((string?)json["name"]),
            "/api/2.0/mlflow/experiments/delete" => SetStage((string)json["experiment_id"]!, "deleted"),
            "/api/2.0/mlflow/experiments/restore" => SetStage((string)json["experiment_id"]!, "active"),
            "/api/2.0/mlflow/runs/create" => CreateRun(json),
            "/api/2.0/mlflow/runs/log-batch" => LogBatch(json),
            "/api/2.0/mlflow/runs/update" => Update(json),
            "/api/2.0/mlflow/runs/get" => Json(new JsonObject { ["run"] = Show(Runs[query["run_id"]!]) }),
            "/api/2.0/mlflow/runs/search" => Search(json),
            "/api/2.0/mlflow/metrics/get-history" => History(query["run_id"]!, query["metric_key"]!, query["max_results"]),
            "/api/2.0/mlflow/artifacts/list" => List(query["run_id"]!),
            _ => Text(HttpStatusCode.NotFound, "<!doctype html><title>404 Not Found</title>", "text/html"),
        };
    }

    private HttpResponseMessage Experiment(Func<JsonObject, bool> wanted) =>
        Experiments.Values.FirstOrDefault(wanted) is JsonObject found
            ? Json(new JsonObject { ["experiment"] = found.DeepClone() })
            : Error(HttpStatusCode.NotFound, "RESOURCE_DOES_NOT_EXIST", "Could not find experiment");

    private HttpResponseMessage CreateExperiment(string? name)
    {
        if (name is null)
            return Error(HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE", "Missing value for required parameter 'name'.");
        if (Experiments.Values.Any(e => (string?)e["name"] == name))
            return Error(HttpStatusCode.BadRequest, "RESOURCE_ALREADY_EXISTS", $"Experiment '{name}' already exists.");
        string id = (++_nextId).ToString(System.Globalization.CultureInfo.InvariantCulture);
        AddExperiment(id, name);
        return Json(new JsonObject { ["experiment_id"] = id });
    }

    private HttpResponseMessage SetStage(string id, string stage)
    {
        Experiments[id]["lifecycle_stage"] = stage;
        return Json(new JsonObject());
    }

    private HttpResponseMessage CreateRun(JsonObject json)
    {
        // An id that is a number is refused; a body in chunks is an empty one.
        if (json["experiment_id"]?.GetValueKind() != System.Text.Json.JsonValueKind.String)
            return Error(HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE", "Invalid value for parameter 'experiment_id'.");
        string id = (++_nextId).ToString("x32", System.Globalization.CultureInfo.InvariantCulture);
        string experiment = (string)json["experiment_id"]!;
        Runs[id] = new JsonObject
        {
            ["info"] = new JsonObject
            {
                ["run_id"] = id, ["run_uuid"] = id, ["run_name"] = (string?)json["run_name"], ["experiment_id"] = experiment,
                ["status"] = "RUNNING", ["start_time"] = (long?)json["start_time"] ?? 0, ["lifecycle_stage"] = "active",
                ["artifact_uri"] = $"{ArtifactRoot}{(ArtifactRoot.EndsWith('/') ? "" : "/")}{experiment}/{id}/artifacts",
            },
            ["data"] = new JsonObject { ["metrics"] = new JsonArray(), ["params"] = new JsonArray(), ["tags"] = json["tags"]?.DeepClone()
                ?? new JsonArray() },
        };
        return Json(new JsonObject { ["run"] = Show(Runs[id]) });
    }

    private HttpResponseMessage LogBatch(JsonObject json)
    {
        JsonObject data = Runs[(string)json["run_id"]!]["data"]!.AsObject();
        JsonArray metrics = json["metrics"]?.AsArray() ?? [], parameters = json["params"]?.AsArray() ?? [],
        tags = json["tags"]?.AsArray() ?? [];
        if (metrics.Count > 1000 || parameters.Count > 100 || tags.Count > 100 || metrics.Count + parameters.Count + tags.Count > 1000)
            return Error(HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE", "A batch logging request can contain at most ...");
        foreach (JsonNode? param in parameters)
        {
            string value = (string)param!["value"]!;
            value = value.Length > ParamLimit ? value[..ParamLimit] : value;
            JsonNode? old = Find(data["params"]!, (string)param["key"]!);
            if (old is not null && (string?)old["value"] != value)
                return Error(HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE",
                    $"Changing param values is not allowed. Param '{param["key"]}'");
            if (old is null)
                data["params"]!.AsArray().Add(new JsonObject { ["key"] = (string)param["key"]!, ["value"] = value });
        }
        foreach (JsonNode? metric in metrics)
        {
            if (!data["metrics"]!.AsArray().Any(there => JsonNode.DeepEquals(there, metric)))
                data["metrics"]!.AsArray().Add(metric!.DeepClone());
        }
        foreach (JsonNode? tag in tags)
        {
            if (Find(data["tags"]!, (string)tag!["key"]!) is JsonNode there)
                there["value"] = (string?)tag["value"];
            else
                data["tags"]!.AsArray().Add(tag.DeepClone());
        }
        return Json(new JsonObject());
    }

    private HttpResponseMessage Update(JsonObject json)
    {
        JsonNode info = Runs[(string)json["run_id"]!]["info"]!;
        // A status that it does not know leaves everything as it was, with 200.
        if ((string?)json["status"] is "RUNNING" or "FINISHED" or "FAILED" or "KILLED")
        {
            info["status"] = (string?)json["status"];
            info["end_time"] = (long?)json["end_time"];
        }
        return Json(new JsonObject { ["run_info"] = info.DeepClone() });
    }

    private HttpResponseMessage Search(JsonObject json)
    {
        HashSet<string?> experiments = [.. json["experiment_ids"]!.AsArray().Select(id => (string?)id)];
        IEnumerable<JsonObject> found = Runs.Values.Where(run => experiments.Contains((string?)run["info"]!["experiment_id"]));
        if ((string?)json["filter"] is string text)
        {
            System.Text.RegularExpressions.Match filter = TagFilter().Match(text);
            Assert.True(filter.Success, $"The filter {text} is not one of a tag.");
            found = found.Where(run => Tag(run, filter.Groups[1].Value) == filter.Groups[2].Value);
        }
        JsonObject[] all = [.. found];
        int from = (string?)json["page_token"] is string token ? int.Parse(token, System.Globalization.CultureInfo.InvariantCulture) : 0;
        // Small pages, so that every search of a test turns them.
        JsonObject[] page = [.. all.Skip(from).Take(4)];
        var reply = new JsonObject();
        if (page.Length > 0)
            reply["runs"] = new JsonArray([.. page.Select(Show)]);
        if (from + page.Length < all.Length)
            reply["next_page_token"] = (from + page.Length).ToString(System.Globalization.CultureInfo.InvariantCulture);
        return Json(reply);
    }

    private HttpResponseMessage History(string runId, string key, string? maxResults)
    {
        IEnumerable<JsonNode?> points = maxResults is null
            ? []
            : Runs[runId]["data"]!["metrics"]!.AsArray().Where(m => (string?)m!["key"] == key);
        return Json(new JsonObject { ["metrics"] = new JsonArray([.. points.Select(point => point!.DeepClone())]) });
    }

    private HttpResponseMessage List(string runId)
    {
        JsonArray files = [];
        foreach ((string name, byte[] content) in Files.Where(file => file.Key.StartsWith(runId + "/", StringComparison.Ordinal)))
        {
            var file = new JsonObject { ["path"] = name[(runId.Length + 1)..], ["is_dir"] = false };
            if (content.Length > 0)
                file["file_size"] = content.Length;
            files.Add(file);
        }
        // An empty list is left out of the reply.
        return Json(files.Count == 0 ? new JsonObject { ["root_uri"] = "x" } : new JsonObject { ["root_uri"] = "x", ["files"] = files });
    }

    /// <summary>A run as replies show it: the last point of each metric, and nothing that is empty.</summary>
    private static JsonNode Show(JsonObject run)
    {
        JsonObject copy = run.DeepClone().AsObject();
        JsonObject data = copy["data"]!.AsObject();
        IEnumerable<JsonNode> latest =
            [.. data["metrics"]!.AsArray().GroupBy(m => (string)m!["key"]!).Select(m => m.MaxBy(p => (long)p!["step"]!)!.DeepClone())];
        data["metrics"] = new JsonArray([.. latest]);
        foreach (string empty in data.Where(list => list.Value!.AsArray().Count == 0).Select(list => list.Key).ToArray())
            data.Remove(empty);
        return copy;
    }

    private static JsonNode? Find(JsonNode list, string key) => list.AsArray().FirstOrDefault(item => (string?)item!["key"] == key);

    private static string? Value(JsonObject run, string list, string key) => (string?)Find(run["data"]![list]!, key)?["value"];

    [System.Text.RegularExpressions.GeneratedRegex("^tags\\.`([^`]+)` = '([^']*)'$")]
    private static partial System.Text.RegularExpressions.Regex TagFilter();
}
