using System.Buffers;
using System.Net.Sockets;
using System.Text;
using GenieLoad.Engine.Simulation.Workspace;

namespace GenieLoad.Engine.Simulation.Transport;

/// <summary>One connection to a <see cref="LoopbackServer"/>: reads requests and sends answers, well or badly, as they say.</summary>
internal sealed class LoopbackConnection : IDisposable
{
    // Some systems throw away what has arrived when a reset follows at once; this lets the peer see the half that was sent.
    private static readonly TimeSpan PauseBeforeReset = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan DrainLimit = TimeSpan.FromSeconds(1);

    private readonly Socket _socket;
    private readonly NetworkStream _stream;
    private readonly HttpRequestReader _reader;
    private readonly SimulatedWorkspace _workspace;
    private readonly SimulatorClock _clock;

    public LoopbackConnection(Socket socket, SimulatedWorkspace workspace, SimulatorClock clock)
    {
        _socket = socket;
        _workspace = workspace;
        _clock = clock;
        _stream = new NetworkStream(socket, ownsSocket: true);
        _reader = new HttpRequestReader(_stream);
    }

    /// <summary>Serves until either side ends the connection.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        try
        {
            while (await ReadAsync(stop).ConfigureAwait(false) is { } incoming
                && await AnswerAsync(incoming, stop).ConfigureAwait(false))
            {
            }
        }
        catch (Exception exception) when (
            exception is IOException or SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The peer went away or the simulator stops; either way there is nobody left to tell.
        }
        finally
        {
            _reader.Dispose();
            Dispose();
        }
    }

    public void Dispose() => _stream.Dispose();

    private async ValueTask<IncomingRequest?> ReadAsync(CancellationToken stop)
    {
        try
        {
            return await _reader.ReadAsync(stop).ConfigureAwait(false);
        }
        catch (HttpRequestRefusal refusal)
        {
            SimulatedReply reply = SimulatedReply.Text(refusal.Status, refusal.Message);
            await SendAsync(reply, reply.Body, keepAlive: false, stop).ConfigureAwait(false);
            await DrainAsync(stop).ConfigureAwait(false);
            return null;
        }
    }

    /// <summary>Answers one request; whether the connection goes on.</summary>
    private async ValueTask<bool> AnswerAsync(IncomingRequest incoming, CancellationToken stop)
    {
        long arrivedAt = _clock.Now;
        await HoldAsync(stop).ConfigureAwait(false);
        SimulatedReply reply = Handle(incoming.Request, arrivedAt);
        if (reply.Delivery.Delay > TimeSpan.Zero)
            await WaitAsync(reply.Delivery.Delay, stop).ConfigureAwait(false);
        await HoldAsync(stop).ConfigureAwait(false);
        bool whole = await DeliverAsync(reply, incoming.KeepAlive, stop).ConfigureAwait(false);
        _workspace.Delivered(reply, whole);
        if (!whole)
            Reset();
        return whole && incoming.KeepAlive;
    }

    private SimulatedReply Handle(SimulatedRequest request, long arrivedAt)
    {
        try
        {
            return _workspace.Handle(request, arrivedAt);
        }
        catch (Exception exception)
        {
            // A mistake in the simulator itself: said loudly, instead of a connection that ends for no visible reason.
            return SimulatedReply.Text(500, "The simulator failed: " + exception);
        }
    }

    /// <summary>Sends an answer as its delivery says; whether all of it was sent.</summary>
    private async ValueTask<bool> DeliverAsync(SimulatedReply reply, bool keepAlive, CancellationToken stop)
    {
        if (reply.Stream is { } stream && reply.Delivery.Kind != DeliveryKind.ResetBeforeHead)
        {
            await SendAsync(reply, default, keepAlive, stop).ConfigureAwait(false);
            return await SendEventsAsync(stream, stop).ConfigureAwait(false);
        }

        switch (reply.Delivery.Kind)
        {
            case DeliveryKind.ResetBeforeHead:
                return false;
            case DeliveryKind.ResetInBody:
                await SendAsync(reply, reply.Body[..Delivery.BytesBeforeReset(reply.Body.Length)], keepAlive, stop).ConfigureAwait(false);
                await WaitAsync(PauseBeforeReset, stop).ConfigureAwait(false);
                return false;
            case DeliveryKind.Slow:
                await SendAsync(reply, default, keepAlive, stop).ConfigureAwait(false);
                for (int sent = 0; sent < reply.Body.Length;)
                {
                    await WaitAsync(reply.Delivery.SlicePause, stop).ConfigureAwait(false);
                    int length = reply.Delivery.SliceLength(reply.Body.Length, sent);
                    await _stream.WriteAsync(reply.Body.Slice(sent, length), stop).ConfigureAwait(false);
                    sent += length;
                }

                return true;
            default:
                await SendAsync(reply, reply.Body, keepAlive, stop).ConfigureAwait(false);
                return true;
        }
    }

    /// <summary>Sends a stream, event by event; whether to its end.</summary>
    private async ValueTask<bool> SendEventsAsync(ResponseStream stream, CancellationToken stop)
    {
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(stop);
        Task watch = WatchAsync(gone);
        try
        {
            StreamFrame frame;
            while ((frame = await stream.NextAsync(gone.Token).ConfigureAwait(false)).Kind == StreamFrameKind.Bytes)
            {
                await _stream.WriteAsync(Chunk(frame.Bytes), gone.Token).ConfigureAwait(false);
                stream.Sent(frame);
            }

            if (frame.Kind == StreamFrameKind.End)
                await _stream.WriteAsync("0\r\n\r\n"u8.ToArray(), stop).ConfigureAwait(false);
            else
                await WaitAsync(PauseBeforeReset, stop).ConfigureAwait(false);
            return frame.Kind == StreamFrameKind.End;
        }
        catch (Exception exception) when (
            exception is IOException or SocketException or ObjectDisposedException or OperationCanceledException)
        {
            return false;
        }
        finally
        {
            await gone.CancelAsync().ConfigureAwait(false);
            await watch.ConfigureAwait(false);
        }
    }

    /// <summary>Tells when the peer leaves: it says nothing while it reads a stream.</summary>
    private async Task WatchAsync(CancellationTokenSource gone)
    {
        try
        {
            if (await _socket.ReceiveAsync(new byte[1], SocketFlags.Peek, gone.Token).ConfigureAwait(false) > 0)
                return;
        }
        catch (OperationCanceledException)
        {
            return;
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // Gone as well.
        }

        await gone.CancelAsync().ConfigureAwait(false);
    }

    private static byte[] Chunk(ReadOnlyMemory<byte> bytes) =>
        [.. Encoding.ASCII.GetBytes(FormattableString.Invariant($"{bytes.Length:x}\r\n")), .. bytes.Span, .. "\r\n"u8];

    /// <summary>Sends the head, which tells the whole length, and as much of the body as is given.</summary>
    private async ValueTask SendAsync(SimulatedReply reply, ReadOnlyMemory<byte> body, bool keepAlive, CancellationToken stop)
    {
        byte[] head = HttpReplyHead.Write(reply, _clock.Utc(_clock.Now), keepAlive);
        byte[] packet = ArrayPool<byte>.Shared.Rent(head.Length + body.Length);
        head.CopyTo(packet, 0);
        body.Span.CopyTo(packet.AsSpan(head.Length));
        await _stream.WriteAsync(packet.AsMemory(0, head.Length + body.Length), stop).ConfigureAwait(false);
        ArrayPool<byte>.Shared.Return(packet);
    }

    private async ValueTask HoldAsync(CancellationToken stop)
    {
        while (_workspace.HoldTime() is var hold && hold > TimeSpan.Zero)
            await WaitAsync(hold, stop).ConfigureAwait(false);
    }

    private Task WaitAsync(TimeSpan duration, CancellationToken stop) => Task.Delay(duration, _clock.TimeProvider, stop);

    private void Reset()
    {
        // Closing with a linger time of zero sends RST instead of FIN.
        _socket.LingerState = new LingerOption(true, 0);
        _socket.Close();
    }

    // Closing while the peer is still sending would reset the connection and could take the answer with it.
    private async ValueTask DrainAsync(CancellationToken stop)
    {
        _socket.Shutdown(SocketShutdown.Send);
        using var limit = new CancellationTokenSource(DrainLimit, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stop);
        byte[] rest = ArrayPool<byte>.Shared.Rent(16 * 1024);
        try
        {
            while (await _stream.ReadAsync(rest, either.Token).ConfigureAwait(false) > 0)
            {
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rest);
        }
    }
}
