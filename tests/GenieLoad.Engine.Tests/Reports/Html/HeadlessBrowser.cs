using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace GenieLoad.Engine.Tests.Reports.Html;

/// <summary>Chromium without a window, spoken to by the DevTools protocol.</summary>
public sealed class HeadlessBrowser : IAsyncLifetime
{
    private const string Listening = "DevTools listening on ";

    private readonly DirectoryInfo _profile = Directory.CreateTempSubdirectory("genieload-browser");
    private readonly ClientWebSocket _socket = new();
    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonNode>> _calls = new();
    private readonly CancellationTokenSource _end = new();
    private Process _process = null!;
    private string _session = "";
    private int _lastId;

    /// <summary>The program, where the path has one.</summary>
    public static string? Program { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .SelectMany(folder => new[] { "chromium", "chromium-browser" }.Select(name => Path.Combine(folder, name)))
        .FirstOrDefault(File.Exists);

    /// <summary>What the page under test did: requests, messages of the console, dialogs.</summary>
    public ConcurrentQueue<string> Events { get; } = new();

    public async Task InitializeAsync()
    {
        ProcessStartInfo start = new(Program!) { RedirectStandardError = true };
        foreach (string argument in (string[])
        [
            "--headless", "--disable-gpu", "--no-first-run", "--disable-extensions", "--disable-background-networking",
            "--remote-debugging-port=0",
            $"--user-data-dir={_profile.FullName}",
            .. Environment.UserName == "root" ? ["--no-sandbox"] : Array.Empty<string>(), "about:blank",
        ])
        {
            start.ArgumentList.Add(argument);
        }

        TaskCompletionSource<string> address = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _process = new Process { StartInfo = start };
        _process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is null)
                address.TrySetException(new InvalidOperationException("Chromium ended before it listened."));
            else if (line.Data.StartsWith(Listening, StringComparison.Ordinal))
                address.TrySetResult(line.Data[Listening.Length..]);
        };
        _process.Start();
        _process.BeginErrorReadLine();
        await _socket.ConnectAsync(new Uri(await address.Task.WaitAsync(TimeSpan.FromMinutes(1))), _end.Token);
        _ = ListenAsync();
        JsonNode target = await CallAsync("Target.createTarget", new JsonObject { ["url"] = "about:blank" });
        JsonNode attached = await CallAsync(
            "Target.attachToTarget", new JsonObject { ["targetId"] = (string)target["targetId"]!, ["flatten"] = true });
        _session = (string)attached["sessionId"]!;
        foreach (string domain in (string[])["Page", "Runtime", "Log", "Network"])
            await CallAsync($"{domain}.enable");
    }

    public async Task DisposeAsync()
    {
        await _end.CancelAsync();
        _socket.Dispose();
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _end.Dispose();
        _profile.Delete(recursive: true);
    }

    /// <summary>Opens a file or an address as a screen of some width shows it, or as paper does.</summary>
    public async Task OpenAsync(string path, int width, bool isDark = false, bool isPaper = false)
    {
        await CallAsync("Emulation.setDeviceMetricsOverride", new JsonObject
        {
            ["width"] = width, ["height"] = 900, ["deviceScaleFactor"] = 1, ["mobile"] = width < 600,
        });
        await CallAsync("Emulation.setEmulatedMedia", new JsonObject
        {
            ["media"] = isPaper ? "print" : "screen",
            ["features"] = new JsonArray(new JsonObject { ["name"] = "prefers-color-scheme", ["value"] = isDark ? "dark" : "light" }),
        });
        await CallAsync("Page.navigate", new JsonObject { ["url"] = new Uri(path).AbsoluteUri });
        await EvaluateAsync("new Promise(done => document.readyState === 'complete' ? done(1) : addEventListener('load', () => done(1)))");
    }

    /// <summary>The value of an expression in the page; the page's own policy does not bind us.</summary>
    public async Task<JsonNode?> EvaluateAsync(string expression)
    {
        JsonNode answer = await CallAsync("Runtime.evaluate", new JsonObject
        {
            ["expression"] = expression, ["awaitPromise"] = true, ["returnByValue"] = true,
        });
        Assert.Null(answer["exceptionDetails"]);
        return answer["result"]!["value"];
    }

    /// <summary>Asks the browser for something by the protocol.</summary>
    public async Task<JsonNode> CallAsync(string method, JsonObject? parameters = null)
    {
        int id = Interlocked.Increment(ref _lastId);
        TaskCompletionSource<JsonNode> answer = _calls[id] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        JsonObject call = new() { ["id"] = id, ["method"] = method, ["params"] = parameters ?? [] };
        if (_session.Length > 0)
            call["sessionId"] = _session;
        await _socket.SendAsync(Encoding.UTF8.GetBytes(call.ToJsonString()), WebSocketMessageType.Text, endOfMessage: true, _end.Token);
        return await answer.Task.WaitAsync(TimeSpan.FromMinutes(1));
    }

    private async Task ListenAsync()
    {
        byte[] buffer = new byte[64 * 1024];
        using MemoryStream message = new();
        try
        {
            while (true)
            {
                ValueWebSocketReceiveResult part = await _socket.ReceiveAsync(buffer.AsMemory(), _end.Token);
                message.Write(buffer, 0, part.Count);
                if (!part.EndOfMessage)
                    continue;
                Take(JsonNode.Parse(message.ToArray())!);
                message.SetLength(0);
            }
        }
        catch (Exception error) when (error is OperationCanceledException or WebSocketException or ObjectDisposedException or JsonException)
        {
            foreach (TaskCompletionSource<JsonNode> call in _calls.Values)
                call.TrySetException(error);
        }
    }

    private void Take(JsonNode message)
    {
        if (message["id"] is { } id && _calls.TryRemove((int)id, out TaskCompletionSource<JsonNode>? call))
        {
            if (message["error"] is { } error)
                call.SetException(new InvalidOperationException(error.ToJsonString()));
            else
                call.SetResult(message["result"]!);
            return;
        }

        string? what = (string?)message["method"] switch
        {
            "Network.loadingFailed" when (bool?)message["params"]!["canceled"] != true => $"failed {message["params"]!["errorText"]}",
            "Network.requestWillBeSent" => $"request {message["params"]!["request"]!["url"]}",
            "Log.entryAdded" => $"log {message["params"]!["entry"]!["text"]}",
            "Runtime.consoleAPICalled" => $"console {message["params"]!["type"]}",
            "Runtime.exceptionThrown" => "exception",
            "Page.javascriptDialogOpening" => "dialog",
            _ => null,
        };
        if (what is not null)
            Events.Enqueue(what);
    }
}
