using System.Net;
using System.Net.Sockets;
using System.Text;
using GenieLoad.Engine.Genie;

namespace GenieLoad.Engine.Tests.Genie;

/// <summary>Over real sockets: who follows a redirect takes the token along.</summary>
public sealed class RedirectTests : IDisposable
{
    private readonly TcpListener _workspace = Listen();
    private readonly TcpListener _elsewhere = Listen();

    public void Dispose()
    {
        _workspace.Dispose();
        _elsewhere.Dispose();
    }

    [Fact]
    public async Task The_network_s_own_handler_follows_none()
    {
        Task answered = AnswerWithRedirectAsync();
        using var http = new HttpClient(GenieApiClient.CreateHandler(Address(_workspace), new GenieClientOptions()));
        using var request = new HttpRequestMessage(HttpMethod.Get, Address(_workspace));
        request.Headers.Authorization = new("Bearer", "a-token-for-the-workspace");

        using HttpResponseMessage response = await http.SendAsync(request);

        await answered;
        Assert.Equal(HttpStatusCode.TemporaryRedirect, response.StatusCode);
        Assert.False(_elsewhere.Pending());
    }

    private async Task AnswerWithRedirectAsync()
    {
        using TcpClient client = await _workspace.AcceptTcpClientAsync();
        NetworkStream stream = client.GetStream();
        byte[] head = new byte[4096];
        int length = 0;
        while (!Encoding.ASCII.GetString(head, 0, length).Contains("\r\n\r\n", StringComparison.Ordinal))
            length += await stream.ReadAsync(head.AsMemory(length));
        string reply = "HTTP/1.1 307 Temporary Redirect\r\nContent-Length: 0\r\nConnection: close\r\n"
            + $"Location: {Address(_elsewhere)}\r\n\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(reply));
    }

    private static TcpListener Listen()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return listener;
    }

    private static Uri Address(TcpListener listener) => new($"http://{listener.LocalEndpoint}/");
}
