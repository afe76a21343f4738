using System.Net;
using GenieLoad.Engine.Addresses;
using GenieLoad.Engine.Logging;

namespace GenieLoad.Engine.Http;

/// <summary>Makes the handlers below the exchange: nothing in them retries, follows or waits behind the engine's back.</summary>
internal static class HttpHandlers
{
    // A machine has 16,384 (Windows) to 28,232 (Linux) ports for connections to one address, unless set otherwise, and often as few open
    // files. Beyond this many calls at once, calls wait for a connection that is free.
    internal const int MostConnections = 10_000;

    private const double ConnectSeconds = 15;

    /// <summary>Our name and version, as services see it.</summary>
    public static string ProductName { get; } = $"GenieLoad/{typeof(HttpHandlers).Assembly.GetName().Version!.ToString(3)}";

    /// <summary>A handler for a service, with connections of its own.</summary>
    /// <param name="service">Its address.</param>
    /// <param name="connectSeconds">Most seconds to open a connection.</param>
    /// <param name="clients">Clients that are used at the same time and share the process's file handles.</param>
    public static SocketsHttpHandler Create(Uri service, double connectSeconds = ConnectSeconds, int clients = 1)
    {
        ProxySecrets.Learn(Environment.GetEnvironmentVariable);
        return new SocketsHttpHandler
        {
            // A redirect would carry the token to wherever it points.
            AllowAutoRedirect = false,
            // The two that every gateway has. (A broken Brotli body is told by an exception that any fault of our own could throw too.)
            AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Deflate,
            // A connection of HTTP/2 carries about a hundred streams.
            EnableMultipleHttp2Connections = true,
            ConnectTimeout = TimeSpan.FromSeconds(connectSeconds),
            MaxConnectionsPerServer = HandleLimit.Connections(service, clients, HandleLimit.Soft, HandleLimit.Used),
            // Below the idle time-outs of common gateways: a call must not be sent into a connection that is just being closed.
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(50),
            PooledConnectionLifetime = TimeSpan.FromMinutes(15),
            UseCookies = false,
            // A proxy set for the machine must not see traffic that stays on it, or that only the next host answers.
            UseProxy = !WorkspaceAddress.IsLoopback(service) && !WorkspaceAddress.IsLinkLocal(service),
        };
    }

    /// <summary>The header that says who asks.</summary>
    /// <param name="product">Our name and version, and what else the service is to know.</param>
    public static KeyValuePair<string, string> UserAgent(string product) => new("User-Agent", product);
}
