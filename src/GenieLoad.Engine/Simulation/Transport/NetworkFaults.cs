using System.Net.Sockets;

namespace GenieLoad.Engine.Simulation.Transport;

/// <summary>Exceptions of the kinds that <see cref="SocketsHttpHandler"/> throws for the same trouble on a real network.</summary>
internal static class NetworkFaults
{
    public static IOException Reset()
    {
        var socket = new SocketException((int)SocketError.ConnectionReset);
        return new IOException($"Unable to read data from the transport connection: {socket.Message}.", socket);
    }

    public static HttpRequestException Refused()
    {
        var socket = new SocketException((int)SocketError.ConnectionRefused);
        return new HttpRequestException(HttpRequestError.ConnectionError, socket.Message, socket);
    }
}
