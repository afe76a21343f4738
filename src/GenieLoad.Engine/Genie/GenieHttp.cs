using System.Net;
using System.Runtime.InteropServices;
using GenieLoad.Engine.Genie.Credentials;
using GenieLoad.Engine.Logging;

namespace GenieLoad.Engine.Genie;

/// <summary>Builds the HTTP layer: one pooled handler, nothing in it that retries, follows or waits behind the engine's back.</summary>
internal static class GenieHttp
{
    // A machine has 16,384 (Windows) to 28,232 (Linux) ports for connections to one address, unless set otherwise, and often as few open files.
    // Beyond this many calls at once, calls wait for a connection that is free.
    internal const int MostConnections = 10_000;

    /// <summary>The handler for a workspace.</summary>
    public static SocketsHttpHandler CreateHandler(Uri workspace, GenieClientOptions options)
    {
        ProxySecrets.Learn(Environment.GetEnvironmentVariable);
        return HandlerFor(workspace, options);
    }

    private static SocketsHttpHandler HandlerFor(Uri workspace, GenieClientOptions options) => new()
    {
        // A redirect would carry the token to wherever it points.
        AllowAutoRedirect = false,
        // The two that every gateway has. (A broken Brotli body is told by an exception that any fault of our own could throw too.)
        AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Deflate,
        ConnectTimeout = TimeSpan.FromSeconds(options.ConnectTimeoutSeconds),
        MaxConnectionsPerServer = HandleLimit.Connections(workspace, options.ClientCount, HandleLimit.Soft, HandleLimit.Used),
        // Below the idle time-outs of common gateways: a question must not be sent into a connection that is just being closed.
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(50),
        PooledConnectionLifetime = TimeSpan.FromMinutes(15),
        UseCookies = false,
        // A proxy set for the machine must not see traffic that stays on it, or that only the next host answers.
        UseProxy = !WorkspaceAddress.IsLoopback(workspace) && !ManagedIdentityCredential.IsLinkLocal(workspace),
    };

    /// <summary>The client over a handler.</summary>
    public static HttpClient CreateClient(HttpMessageHandler handler, Uri workspace, ICredential credential)
    {
        var client = new HttpClient(handler, disposeHandler: true)
        {
            BaseAddress = workspace,
            // Every attempt has its own limit, on the engine's clock.
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = AnswerBody.Longest,
        };
        client.DefaultRequestHeaders.Accept.ParseAdd("application/json");
        client.DefaultRequestHeaders.UserAgent.ParseAdd(UserAgent(credential));
        return client;
    }

    private static string UserAgent(ICredential credential)
    {
        string version = typeof(GenieHttp).Assembly.GetName().Version!.ToString(3);
        string os = OperatingSystem.IsWindows() ? "windows" : OperatingSystem.IsMacOS() ? "macos" : "linux";
        return $"GenieLoad/{version} dotnet/{Environment.Version.ToString(2)} os/{os} arch/{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()} auth/{credential.Kind}";
    }
}
