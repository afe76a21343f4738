using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace GenieLoad.Engine.Tests.Genie.Agent;

/// <summary>A server on a socket that streams what a test says, and tells the items of a conversation where it is asked for them.</summary>
internal sealed class EventServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Func<Connection, Task> _stream;
    private readonly string _items;

    /// <summary>Begins to listen.</summary>
    /// <param name="stream">Answers a question.</param>
    /// <param name="items">Answer to those who ask for the items.</param>
    public EventServer(Func<Connection, Task> stream, string items = "{}")
    {
        (_stream, _items) = (stream, items);
        _listener.Start();
        _ = AcceptAsync();
    }

    public Uri Address => new($"http://{_listener.LocalEndpoint}/");

    /// <summary>Questions that came.</summary>
    public int Questions { get; private set; }

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = ServeAsync(await _listener.AcceptTcpClientAsync());
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            var connection = new Connection(client);
            try
            {
                while (await connection.RequestAsync() is string request)
                {
                    if (!request.StartsWith("POST", StringComparison.Ordinal))
                    {
                        await connection.SendAsync(
                            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                            + $"Content-Length: {Encoding.UTF8.GetByteCount(_items)}\r\n\r\n{_items}");
                        continue;
                    }
                    Questions++;
                    await _stream(connection);
                }
            }
            catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException)
            {
                // The client went away, or the test has closed it.
            }
        }
    }

    /// <summary>A connection of a client.</summary>
    internal sealed class Connection(TcpClient client)
    {
        private readonly NetworkStream _stream = client.GetStream();

        /// <summary>The next request's first line, when its body has been read; <see langword="null"/> at the end.</summary>
        public async Task<string?> RequestAsync()
        {
            StringBuilder head = new();
            byte[] one = new byte[1];
            while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
            {
                if (await _stream.ReadAsync(one) == 0)
                    return null;
                head.Append((char)one[0]);
            }
            string[] lines = head.ToString().Split("\r\n");
            const string Length = "Content-Length: ";
            if (Array.Find(lines, line => line.StartsWith(Length, StringComparison.OrdinalIgnoreCase)) is string length)
                await _stream.ReadExactlyAsync(new byte[int.Parse(length[Length.Length..], CultureInfo.InvariantCulture)]);
            return lines[0];
        }

        /// <summary>Begins a stream of chunks.</summary>
        public Task BeginAsync(string header = "") =>
            SendAsync($"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n{header}\r\n");

        public Task ChunkAsync(string text) => ChunkAsync(Encoding.UTF8.GetBytes(text));

        public async Task ChunkAsync(byte[] bytes)
        {
            await SendAsync($"{bytes.Length:x}\r\n");
            await _stream.WriteAsync(bytes);
            await SendAsync("\r\n");
        }

        public Task SendAsync(string text) => _stream.WriteAsync(Encoding.UTF8.GetBytes(text)).AsTask();

        /// <summary>Closes the connection: by a reset, or as one that is done with it.</summary>
        public void Close(bool reset)
        {
            client.LingerState = new LingerOption(reset, 0);
            client.Close();
        }

        /// <summary>Waits until the client has closed it.</summary>
        public async Task ClosedAsync()
        {
            try
            {
                while (await _stream.ReadAsync(new byte[1024]) > 0)
                {
                    // Nothing more is expected, and the end is.
                }
            }
            catch (IOException)
            {
                // Reset.
            }
        }
    }
}
