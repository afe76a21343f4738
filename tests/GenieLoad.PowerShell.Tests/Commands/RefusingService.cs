using System.Net;
using System.Net.Sockets;
using System.Text;

namespace GenieLoad.PowerShell.Tests.Commands;

/// <summary>A workspace on this machine that answers every call in the same way.</summary>
public sealed class RefusingService : IDisposable
{
    private readonly HttpListener _listener = new();

    /// <summary>Starts it.</summary>
    /// <param name="status">HTTP status of its answers.</param>
    /// <param name="body">Body of its answers.</param>
    public RefusingService(int status, string body)
    {
        Uri = $"http://127.0.0.1:{FreePort()}";
        _listener.Prefixes.Add(Uri + "/");
        _listener.Start();
        _ = AnswerAsync(status, Encoding.UTF8.GetBytes(body));
    }

    public string Uri { get; }

    /// <summary>A port at which nobody listens.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public void Dispose() => _listener.Close();

    private async Task AnswerAsync(int status, byte[] body)
    {
        try
        {
            while (true)
            {
                HttpListenerContext context = await _listener.GetContextAsync();
                context.Response.StatusCode = status;
                await context.Response.OutputStream.WriteAsync(body);
                context.Response.Close();
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            // Closed.
        }
    }
}
