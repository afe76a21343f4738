using System.IO.Compression;
using System.Text;
using GenieLoad.Engine.Credentials;
using GenieLoad.Engine.Genie;
using GenieLoad.Engine.Http;
using GenieLoad.Engine.Http.Retries;

namespace GenieLoad.Engine.Tests.Fuzzing;

/// <summary>Whole HTTP messages, head and body, as they come over a connection.</summary>
internal static class WireBytes
{
    /// <summary>Answers to a question.</summary>
    public static byte[][] Samples(FuzzSamples samples)
    {
        byte[] body = samples.Replies("start")[0];
        byte[] error = samples.Replies("error")[0];
        return
        [
            Message("200 OK", "Content-Type: application/json\r\nDate: Mon, 23 Nov 2026 12:00:00 GMT\r\nx-request-id: r-1", body),
            Message("200 OK", "Content-Encoding: gzip", Zip(body, to => new GZipStream(to, CompressionLevel.Fastest))),
            Message("200 OK", "Content-Encoding: deflate", Zip(body, to => new ZLibStream(to, CompressionLevel.Fastest))),
            Message("200 OK", "Content-Encoding: br", Zip(body, to => new BrotliStream(to, CompressionLevel.Fastest))),
            [.. "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"u8, .. Chunk(body[..100]), .. Chunk(body[100..]), .. "0\r\n\r\n"u8],
            Message("429 Too Many Requests", "Retry-After: 30", error),
            Message("503 Service Unavailable", "Retry-After: Mon, 23 Nov 2026 12:00:30 GMT\r\nDate: Mon, 23 Nov 2026 12:00:00 GMT", error),
            Message("302 Found", "Location: https://other.example/login?x=1", []),
            [.. "HTTP/1.1 100 Continue\r\n\r\n"u8, .. Message("200 OK", "Set-Cookie: a=b", body)],
        ];
    }

    /// <summary>An answer in gzip.</summary>
    public static byte[] Zipped() => Samples(FuzzSamples.Shared)[1];

    /// <summary>Requests to the simulator.</summary>
    public static byte[][] Requests() =>
    [
        .. FuzzTarget.Texts(
            "GET /api/2.0/genie/spaces?page_token=x HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer abc\r\n\r\n",
            "POST /api/2.0/genie/spaces/s/start-conversation HTTP/1.1\r\nHost: localhost\r\nContent-Length: "
                + "18\r\n\r\n{\"content\":\"What\"}",
            "POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nExpect: "
                + "100-continue\r\n\r\n5\r\n{\"a\":\r\n2;x=y\r\n1}\r\n0\r\nT: v\r\n\r\nGET / HTTP/1.0\r\n\r\n"),
    ];

    /// <summary>Asks a question over a connection that answers with these bytes and closes.</summary>
    public static bool Read(byte[] bytes)
    {
        var workspace = new Uri("http://127.0.0.1:9/");
        var options = new GenieClientOptions { Retry = new RetryOptions { MaximumRetries = 0 }, AttemptTimeoutSeconds = 20 };
        SocketsHttpHandler handler = GenieApiClient.CreateHandler(workspace, options);
        handler.ConnectCallback = (_, _) => ValueTask.FromResult<Stream>(new ScriptedStream(bytes));
        using var client = new GenieApiClient(workspace, TokenCredential.Create("secret", "test"), options, handler: handler);
        var answer = client.StartConversationAsync(
            "space", "How many?", new CallPolicy(new(1)), CancellationToken.None).GetAwaiter().GetResult();
        return answer.Value is not null;
    }

    private static byte[] Message(string status, string headers, byte[] body) =>
        [.. Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\n{headers}\r\nContent-Length: {body.Length}\r\n\r\n"), .. body];

    private static byte[] Chunk(byte[] part) => [.. Encoding.ASCII.GetBytes($"{part.Length:x}\r\n"), .. part, .. "\r\n"u8];

    private static byte[] Zip(byte[] body, Func<Stream, Stream> compress)
    {
        var zipped = new MemoryStream();
        using (Stream stream = compress(zipped))
            stream.Write(body);
        return zipped.ToArray();
    }
}
