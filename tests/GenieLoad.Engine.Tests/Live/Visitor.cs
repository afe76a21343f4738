using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace GenieLoad.Engine.Tests.Live;

/// <summary>A browser without a screen, or whoever pretends to be one: what it sends is what it is told to.</summary>
internal sealed class Visitor(Uri address) : IDisposable
{
    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false })
    {
        Timeout = TimeSpan.FromMinutes(1),
    };

    public int Port => address.Port;

    public Uri Page => new($"http://127.0.0.1:{address.Port}/");

    public string? Cookie { get; set; }

    /// <summary>Opens the address with the token, and keeps the cookie.</summary>
    public async Task EnterAsync()
    {
        using HttpResponseMessage reply = await GetAsync(address.PathAndQuery);
        Assert.Equal((HttpStatusCode.SeeOther, "/"), (reply.StatusCode, reply.Headers.Location!.ToString()));
        Cookie = Assert.Single(reply.Headers.GetValues("Set-Cookie")).Split(';')[0];
    }

    public Task<HttpResponseMessage> GetAsync(string path, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Get, path, headers);

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, params (string Name, string Value)[] headers)
    {
        using HttpRequestMessage request = new(method, new Uri(Page, path));
        if (Cookie is not null)
            request.Headers.Add("Cookie", Cookie);
        foreach ((string name, string value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    public async Task<string> ReadPageAsync()
    {
        using HttpResponseMessage reply = await GetAsync("/");
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        return await reply.Content.ReadAsStringAsync();
    }

    /// <summary>Connects to the events.</summary>
    public async Task<EventReader> ListenAsync(int since = 0, params (string Name, string Value)[] headers)
    {
        HttpResponseMessage reply = await GetAsync($"/events?since={since}", headers);
        Assert.Equal(
            (HttpStatusCode.OK, "text/event-stream"), (reply.StatusCode, reply.Content.Headers.ContentType!.MediaType));
        return new EventReader(reply, await reply.Content.ReadAsStreamAsync());
    }

    /// <summary>Sends bytes as they are, and reads all that comes back.</summary>
    public async Task<string> RawAsync(string text)
    {
        using TcpClient client = new();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, Port);
            NetworkStream stream = client.GetStream();
            using StreamReader reader = new(stream, Encoding.UTF8);
            await stream.WriteAsync(Encoding.Latin1.GetBytes(text));
            return await reader.ReadToEndAsync().WaitAsync(TimeSpan.FromMinutes(1));
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            // It was closed before all was sent, or read; on a busy machine before the connection was seen to be open.
            return "";
        }
    }

    public void Dispose() => _client.Dispose();
}

/// <summary>The events of a dashboard as they come.</summary>
internal sealed class EventReader(HttpResponseMessage reply, Stream stream) : IDisposable
{
    private readonly StreamReader _lines = new(stream, Encoding.UTF8);

    /// <summary>The next event; <see langword="null"/> when the stream ends.</summary>
    public async Task<(string Id, string Name, string Data)?> NextAsync()
    {
        string id = "";
        string name = "";
        string data = "";
        while (await _lines.ReadLineAsync().WaitAsync(TimeSpan.FromMinutes(1)) is { } line)
        {
            if (line.StartsWith("id: ", StringComparison.Ordinal))
                id = line[4..];
            else if (line.StartsWith("event: ", StringComparison.Ordinal))
                name = line[7..];
            else if (line.StartsWith("data: ", StringComparison.Ordinal))
                data = line[6..];
            else if (line.Length == 0 && name.Length > 0)
                return (id, name, data);
        }
        return null;
    }

    /// <summary>The next update, which must be one.</summary>
    public async Task<JsonNode> UpdateAsync()
    {
        (string Id, string Name, string Data)? next = await NextAsync();
        Assert.Equal("update", next?.Name);
        JsonNode change = JsonNode.Parse(next!.Value.Data)!;
        change["id"] = next.Value.Id;
        return change;
    }

    public void Dispose()
    {
        _lines.Dispose();
        reply.Dispose();
    }
}
