using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace GenieLoad.Engine.Live;

/// <summary>
/// Serves the page of a run over HTTP/1.1 on 127.0.0.1: one page and its events. Made of sockets, so that it needs neither rights nor a
/// package on any system, and listens nowhere else.
/// </summary>
internal sealed class DashboardServer : IDisposable
{
    // What the system holds for a browser that does not read; more than this, and it is waited for.
    private const int SendBufferSize = 64 * 1024;

    private static readonly TimeSpan PauseAfterFailedAccept = TimeSpan.FromMilliseconds(10);

    private readonly LiveReport _report;
    private readonly LiveLimits _limits;
    private readonly TimeProvider _time;
    private readonly Socket _listener;
    private readonly CancellationTokenSource _stop = new();
    private readonly object _gate = new();
    private readonly Dictionary<Socket, bool> _connections = [];
    private TaskCompletionSource _left = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _streams;
    private long? _pageAt;

    /// <summary>Begins to listen.</summary>
    /// <param name="report">What is served.</param>
    /// <param name="port">Port; 0 for a free one.</param>
    /// <param name="limits">What it puts up with.</param>
    /// <param name="time">Clock.</param>
    /// <exception cref="Model.GenieLoadException"><c>DashboardPortInUse</c>.</exception>
    public DashboardServer(LiveReport report, int port, LiveLimits limits, TimeProvider time)
    {
        _report = report;
        _limits = limits;
        _time = time;
        _listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            // On Windows another program could otherwise listen on the same port.
            if (OperatingSystem.IsWindows())
                _listener.ExclusiveAddressUse = true;
            _listener.Bind(new IPEndPoint(IPAddress.Loopback, port));
            _listener.Listen(limits.Connections);
        }
        catch (SocketException exception)
        {
            _listener.Dispose();
            throw LiveErrors.DashboardPortInUse(port, exception);
        }

        Port = ((IPEndPoint)_listener.LocalEndPoint!).Port;
        Gate = new DashboardGate(Port);
        _ = AcceptAsync();
        _ = RedrawAsync();
    }

    /// <summary>Port it listens on.</summary>
    public int Port { get; }

    /// <summary>Who may look.</summary>
    public DashboardGate Gate { get; }

    /// <summary>Waits until the pages that are open have what was drawn last, though not for long.</summary>
    public async Task FarewellAsync()
    {
        long from = _time.GetTimestamp();
        while (_limits.Farewell - _time.GetElapsedTime(from) is { Ticks: > 0 } rest)
        {
            Task left;
            lock (_gate)
            {
                // A page that has just been opened is about to ask for its events.
                bool isAwaited = _pageAt is { } at && _time.GetElapsedTime(at) < _limits.Farewell;
                if (_streams == 0 && !isAwaited)
                    return;
                left = _left.Task;
            }
            try
            {
                await left.WaitAsync(rest, _time).ConfigureAwait(false);
            }
            catch (TimeoutException)
            {
                return;
            }
        }
    }

    /// <summary>Stops listening and closes every connection at once.</summary>
    public void Dispose()
    {
        if (_stop.IsCancellationRequested)
            return;
        _stop.Cancel();
        _listener.Dispose();
        Socket[] open;
        lock (_gate)
            open = [.. _connections.Keys];
        foreach (Socket connection in open)
            connection.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                Socket socket = await _listener.AcceptAsync(_stop.Token).ConfigureAwait(false);
                socket.SendBufferSize = SendBufferSize;
                bool isTaken;
                lock (_gate)
                    isTaken = _connections.Count < _limits.Connections && _connections.TryAdd(socket, true);
                if (isTaken)
                    _ = ServeAsync(socket);
                else
                    socket.Dispose();
            }
            catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            catch (SocketException)
            {
                // A browser that left before it was accepted, or no handle free: go on, without spinning.
                await Task.Delay(PauseAfterFailedAccept, TimeProvider.System).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Draws the page while somebody looks at it.</summary>
    private async Task RedrawAsync()
    {
        try
        {
            while (true)
            {
                await Task.Delay(_limits.Interval, _time, _stop.Token).ConfigureAwait(false);
                bool isWatched;
                lock (_gate)
                    isWatched = _streams > 0;
                if (isWatched)
                    await _report.CurrentAsync().ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
        {
            // The dashboard is closed.
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        try
        {
            // Nobody waits for it: what it throws, such as a reset, ends this connection and nothing else.
            using NetworkStream stream = new(socket, ownsSocket: false);
            await AnswerAsync(stream).ConfigureAwait(false);
            socket.Shutdown(SocketShutdown.Send);
        }
        catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException
            or TimeoutException or ObjectDisposedException)
        {
            // The browser has left, or was too slow, or the dashboard is closed.
        }
        finally
        {
            lock (_gate)
                _connections.Remove(socket);
            socket.Dispose();
        }
    }

    private async Task AnswerAsync(NetworkStream stream)
    {
        RequestHead? head = await RequestHead.ReadAsync(stream, _stop.Token).WaitAsync(_limits.Patience, _time).ConfigureAwait(false);
        if (head is null)
        {
            await WriteAsync(stream, DashboardReply.Malformed()).ConfigureAwait(false);
            return;
        }

        Admittance admittance = Gate.Judge(head);
        switch (admittance)
        {
            case Admittance.Admitted when head.Path == "/events":
                await StreamAsync(stream, SinceOf(head)).ConfigureAwait(false);
                break;
            case Admittance.Admitted:
                await WriteAsync(stream, DashboardReply.Page(await _report.CurrentAsync().ConfigureAwait(false))).ConfigureAwait(false);
                lock (_gate)
                    _pageAt = _time.GetTimestamp();
                break;
            case Admittance.Enter or Admittance.Return:
                await WriteAsync(stream, DashboardReply.Redirect(admittance == Admittance.Enter ? Gate.Cookie : null))
                    .ConfigureAwait(false);
                break;
            default:
                await WriteAsync(stream, DashboardReply.Refusal(admittance)).ConfigureAwait(false);
                break;
        }
    }

    private async Task StreamAsync(NetworkStream stream, int version)
    {
        bool isTaken;
        lock (_gate)
        {
            isTaken = _streams < _limits.Streams;
            _streams += isTaken ? 1 : 0;
            _pageAt = null;
        }

        if (!isTaken)
        {
            await WriteAsync(stream, DashboardReply.Full()).ConfigureAwait(false);
            return;
        }

        try
        {
            await WriteAsync(stream, DashboardReply.Events()).ConfigureAwait(false);
            await StreamPagesAsync(stream, version).ConfigureAwait(false);
        }
        finally
        {
            TaskCompletionSource left;
            lock (_gate)
            {
                _streams--;
                left = _left;
                _left = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
            left.SetResult();
        }
    }

    private async Task StreamPagesAsync(NetworkStream stream, int version)
    {
        // Of another dashboard on this port: all of it is new.
        LivePage current = await _report.CurrentAsync().ConfigureAwait(false);
        int seen = version > current.Version ? 0 : version;
        while (true)
        {
            (LivePage Page, bool IsFinal)? next = await _report.NextAsync(seen, _limits.Silence, _stop.Token).ConfigureAwait(false);
            if (next is not var (page, isFinal))
            {
                await WriteAsync(stream, ": still here\n\n"u8.ToArray()).ConfigureAwait(false);
                continue;
            }

            if (page.Version > seen)
                await WriteAsync(stream, page.EventSince(seen)).ConfigureAwait(false);
            seen = page.Version;
            if (!isFinal)
                continue;
            // Where the test goes on elsewhere, the page has lost the dashboard, not the test.
            if (page.IsOver)
                await WriteAsync(stream, "event: end\ndata: \n\n"u8.ToArray()).ConfigureAwait(false);
            return;
        }
    }

    private static int SinceOf(RequestHead head) => int.TryParse(
        head.Header("Last-Event-ID") ?? head.Parameter("since"), NumberStyles.None, CultureInfo.InvariantCulture, out int version)
        ? version : 0;

    // Whoever does not read is not waited for.
    private Task WriteAsync(NetworkStream stream, byte[] bytes) =>
        stream.WriteAsync(bytes, _stop.Token).AsTask().WaitAsync(_limits.Patience, _time);
}
