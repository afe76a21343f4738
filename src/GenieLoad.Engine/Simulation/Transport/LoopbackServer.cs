using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using GenieLoad.Engine.Simulation.Workspace;

namespace GenieLoad.Engine.Simulation.Transport;

/// <summary>
/// Serves a simulated workspace over HTTP/1.1 on 127.0.0.1. Made of sockets and nothing more, so that it needs no rights, no package, and
/// can misbehave as a real network does: resets, half bodies, bodies in drops.
/// </summary>
internal sealed class LoopbackServer : IDisposable
{
    private static readonly TimeSpan PauseAfterFailedAccept = TimeSpan.FromMilliseconds(10);

    private readonly SimulatedWorkspace _workspace;
    private readonly SimulatorClock _clock;
    private readonly Socket _listener;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<LoopbackConnection, bool> _connections = new();

    /// <summary>Begins to listen on a free port.</summary>
    /// <exception cref="SocketException">The system gives no port.</exception>
    public LoopbackServer(SimulatedWorkspace workspace, SimulatorClock clock)
    {
        _workspace = workspace;
        _clock = clock;
        _listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            _listener.Listen(4096);
        }
        catch
        {
            _listener.Dispose();
            throw;
        }

        Port = ((IPEndPoint)_listener.LocalEndPoint!).Port;
        _ = AcceptAsync();
    }

    /// <summary>Port it listens on.</summary>
    public int Port { get; }

    /// <summary>Stops listening and closes every connection at once.</summary>
    public void Dispose()
    {
        if (_stop.IsCancellationRequested)
            return;
        _stop.Cancel();
        _listener.Dispose();
        foreach (LoopbackConnection connection in _connections.Keys)
            connection.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                Socket socket = await _listener.AcceptAsync(_stop.Token).ConfigureAwait(false);
                socket.NoDelay = true;
                _ = ServeAsync(new LoopbackConnection(socket, _workspace, _clock));
            }
            catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            catch (SocketException)
            {
                // A peer that left before it was accepted, or no handle free: go on, without spinning.
                await Task.Delay(PauseAfterFailedAccept, TimeProvider.System).ConfigureAwait(false);
            }
        }
    }

    private async Task ServeAsync(LoopbackConnection connection)
    {
        _connections[connection] = true;
        try
        {
            // Accepted while stopping: Dispose may have walked the list before this entry.
            if (!_stop.IsCancellationRequested)
                await connection.RunAsync(_stop.Token).ConfigureAwait(false);
        }
        finally
        {
            _connections.TryRemove(connection, out _);
            connection.Dispose();
        }
    }
}
