using System.Buffers;
using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace GenieLoad.Benchmarks.Stub;

/// <summary>
/// An MLflow tracking server on loopback, in memory and without checks: it keeps runs and files and gives them back. A process of its own,
/// obeying its standard input: <c>calls</c> is answered and makes it forget everything, the end of the input ends it.
/// </summary>
internal sealed class TrackingServer
{
    private const string Artifacts = "/api/2.0/mlflow-artifacts/artifacts/";

    private static readonly (int Status, byte[] Answer) Done = (200, "{}"u8.ToArray());

    private readonly ConcurrentDictionary<string, TrackedRun> _runs = new();
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
            answers.WriteLine(JsonSerializer.Serialize(server._calls));
            server._calls.Clear();
            server._runs.Clear();
            server._files.Clear();
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
        JsonElement json = body.Length == 0 ? default : JsonDocument.Parse(body).RootElement;
        switch (call)
        {
            case "experiments/get-by-name":
                return (200, """{"experiment":{"experiment_id":"1","name":"bench"}}"""u8.ToArray());
            case "runs/create":
                string id = Interlocked.Increment(ref _nextId).ToString("x32", CultureInfo.InvariantCulture);
                return Json("run", (_runs[id] = new TrackedRun(id, json)).WriteTo);
            case "runs/log-batch":
                Run(json).Log(json);
                return Done;
            case "runs/update":
                Run(json).Update(json);
                return Done;
            case "runs/search":
                return Json("runs", answer => Search(json, answer));
            case "runs/get":
                return Json("run", _runs[request.QueryString["run_id"]!].WriteTo);
            case "metrics/get-history":
                return Json(answer => _runs[request.QueryString["run_id"]!].WriteHistoryTo(answer, request.QueryString["metric_key"]!));
            case "artifacts/list":
                return Json("files", answer => List(request.QueryString["run_id"]!, answer));
            default:
                return (404, []);
        }
    }

    private (int Status, byte[] Answer) File(string method, string path, byte[] body)
    {
        _calls.AddOrUpdate($"{method} file", 1, (_, count) => count + 1);
        if (method != "PUT")
            return _files.TryGetValue(path, out byte[]? content) ? (200, content) : (404, []);
        _files[path] = body;
        return Done;
    }

    private TrackedRun Run(JsonElement json) => _runs[json.GetProperty("run_id").GetString()!];

    /// <summary>The filter is that of one tag. The whole is one page.</summary>
    private void Search(JsonElement json, Utf8JsonWriter answer)
    {
        string[] filter = json.GetProperty("filter").GetString()!.Split('`', '\'');
        answer.WriteStartArray();
        foreach (TrackedRun run in _runs.Values.Where(run => run.HasTag(filter[1], filter[3])))
            run.WriteTo(answer);
        answer.WriteEndArray();
    }

    private void List(string runId, Utf8JsonWriter answer)
    {
        string folder = $"{Artifacts}1/{runId}/artifacts/";
        answer.WriteStartArray();
        foreach ((string path, byte[] content) in _files.Where(file => file.Key.StartsWith(folder, StringComparison.Ordinal)))
        {
            answer.WriteStartObject();
            answer.WriteString("path", path[folder.Length..]);
            answer.WriteNumber("file_size", content.Length);
            answer.WriteEndObject();
        }
        answer.WriteEndArray();
    }

    private static (int Status, byte[] Answer) Json(string name, Action<Utf8JsonWriter> value) => Json(answer =>
    {
        answer.WritePropertyName(name);
        value(answer);
    });

    private static (int Status, byte[] Answer) Json(Action<Utf8JsonWriter> fields)
    {
        var text = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartObject();
            fields(json);
            json.WriteEndObject();
        }
        return (200, text.WrittenSpan.ToArray());
    }

    private static int FreePort()
    {
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
