using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace GenieLoad.Benchmarks.Stub;

/// <summary>
/// An MLflow tracking server on loopback, in memory and without checks: it keeps runs and files and gives them back. A process of its own,
/// obeying its standard input: <c>calls</c> is answered, the end of the input ends it.
/// </summary>
internal sealed class TrackingServer
{
    private const string Artifacts = "/api/2.0/mlflow-artifacts/artifacts/";

    private readonly ConcurrentDictionary<string, JsonObject> _runs = new();
    private readonly ConcurrentDictionary<string, byte[]> _files = new();
    private readonly ConcurrentDictionary<string, int> _calls = new();
    private int _nextId;

    /// <summary>Serves until the input ends. The first line written is the port.</summary>
    public static int Serve(TextReader commands, TextWriter answers)
    {
        Console.CancelKeyPress += (_, key) => key.Cancel = true;
        var server = new TrackingServer();
        using HttpListener listener = new();
        int port = FreePort();
        listener.Prefixes.Add($"http://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}/");
        listener.Start();
        _ = server.AcceptAsync(listener);
        answers.WriteLine(port.ToString(CultureInfo.InvariantCulture));
        while (commands.ReadLine() is not null)
        {
            answers.WriteLine(new JsonObject(
                server._calls.Select(call => KeyValuePair.Create(call.Key, (JsonNode?)call.Value))).ToJsonString());
            server._calls.Clear();
        }
        return 0;
    }

    private async Task AcceptAsync(HttpListener listener)
    {
        while (true)
        {
            HttpListenerContext context = await listener.GetContextAsync();
            _ = AnswerAsync(context);
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        using MemoryStream body = new();
        await context.Request.InputStream.CopyToAsync(body);
        (int status, byte[] answer) = Answer(context.Request, body.ToArray());
        context.Response.StatusCode = status;
        context.Response.ContentLength64 = answer.Length;
        await context.Response.OutputStream.WriteAsync(answer);
        context.Response.Close();
    }

    private (int Status, byte[] Answer) Answer(HttpListenerRequest request, byte[] body)
    {
        string path = request.Url!.AbsolutePath;
        if (path.StartsWith(Artifacts, StringComparison.Ordinal))
            return File(request.HttpMethod, path, body);
        string call = path["/api/2.0/mlflow/".Length..];
        _calls.AddOrUpdate(call, 1, (_, count) => count + 1);
        JsonObject json = body.Length == 0 ? [] : JsonNode.Parse(body)!.AsObject();
        return call switch
        {
            "experiments/get-by-name" =>
                Json(new JsonObject { ["experiment"] = new JsonObject { ["experiment_id"] = "1", ["name"] = "bench" } }),
            "runs/create" => Json(Create(json)),
            "runs/log-batch" => Json(Log(json)),
            "runs/update" => Json(Update(json)),
            "runs/search" => Json(Search(json)),
            "runs/get" => Json(new JsonObject { ["run"] = Show(_runs[request.QueryString["run_id"]!]) }),
            "metrics/get-history" => Json(History(_runs[request.QueryString["run_id"]!], request.QueryString["metric_key"]!)),
            "artifacts/list" => Json(List(request.QueryString["run_id"]!)),
            _ => (404, []),
        };
    }

    private (int Status, byte[] Answer) File(string method, string path, byte[] body)
    {
        _calls.AddOrUpdate($"{method} file", 1, (_, count) => count + 1);
        if (method != "PUT")
            return _files.TryGetValue(path, out byte[]? content) ? (200, content) : (404, []);
        _files[path] = body;
        return Json([]);
    }

    private JsonObject Create(JsonObject json)
    {
        string id = Interlocked.Increment(ref _nextId).ToString("x32", CultureInfo.InvariantCulture);
        _runs[id] = new JsonObject
        {
            ["info"] = new JsonObject
            {
                ["run_id"] = id, ["run_name"] = (string?)json["run_name"], ["experiment_id"] = "1", ["status"] = "RUNNING",
                ["start_time"] = (long)json["start_time"]!, ["artifact_uri"] = $"mlflow-artifacts:/1/{id}/artifacts",
            },
            ["data"] = new JsonObject { ["metrics"] = new JsonArray(), ["params"] = new JsonArray(), ["tags"] = json["tags"]!.DeepClone() },
        };
        return new JsonObject { ["run"] = Show(_runs[id]) };
    }

    private JsonObject Log(JsonObject json)
    {
        JsonObject run = _runs[(string)json["run_id"]!];
        lock (run)
        {
            foreach (string kind in (string[])["metrics", "params", "tags"])
            {
                foreach (JsonNode? item in json[kind]?.AsArray() ?? [])
                    run["data"]![kind]!.AsArray().Add(item!.DeepClone());
            }
        }
        return [];
    }

    private JsonObject Update(JsonObject json)
    {
        JsonObject run = _runs[(string)json["run_id"]!];
        lock (run)
        {
            run["info"]!["status"] = (string)json["status"]!;
            run["info"]!["end_time"] = (long)json["end_time"]!;
        }
        return [];
    }

    /// <summary>The filter is that of one tag. The whole is one page.</summary>
    private JsonObject Search(JsonObject json)
    {
        string[] filter = ((string)json["filter"]!).Split('`', '\'');
        IEnumerable<JsonObject> found = _runs.Values.Where(run => Value(run, filter[1]) == filter[3]);
        return new JsonObject { ["runs"] = new JsonArray([.. found.Select(Show)]) };
    }

    private static JsonObject History(JsonObject run, string key) =>
        new() { ["metrics"] = new JsonArray(
            [.. run["data"]!["metrics"]!.AsArray().Where(m => (string)m!["key"]! == key).Select(m => m!.DeepClone())]) };

    private JsonObject List(string runId)
    {
        string folder = $"{Artifacts}1/{runId}/artifacts/";
        return new JsonObject
        {
            ["files"] = new JsonArray([.. _files.Where(file => file.Key.StartsWith(folder, StringComparison.Ordinal)).Select(file =>
                new JsonObject { ["path"] = file.Key[folder.Length..], ["file_size"] = file.Value.Length })]),
        };
    }

    /// <summary>A run with the last point of each metric and the last value of each tag.</summary>
    private static JsonObject Show(JsonObject run)
    {
        lock (run)
        {
            JsonObject copy = run.DeepClone().AsObject();
            foreach (string kind in (string[])["metrics", "tags"])
            {
                copy["data"]![kind] = new JsonArray([.. copy["data"]![kind]!.AsArray()
                    .GroupBy(item => (string)item!["key"]!)
                        .Select(items => items.OrderBy(item => (long?)item!["step"] ?? 0).Last()!.DeepClone())]);
            }
            return copy;
        }
    }

    private static string? Value(JsonObject run, string tag)
    {
        lock (run)
            return (string?)run["data"]!["tags"]!.AsArray().FirstOrDefault(item => (string)item!["key"]! == tag)?["value"];
    }

    private static (int Status, byte[] Answer) Json(JsonObject answer) => (200, Encoding.UTF8.GetBytes(answer.ToJsonString()));

    private static int FreePort()
    {
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
