using GenieLoad.Engine.Files;
using GenieLoad.Engine.Simulation.Workspace;

namespace GenieLoad.Engine.Simulation.Transport;

/// <summary>The body of an answer that comes in drops or is cut off, as a reader of the network sees it.</summary>
internal sealed class DeliveryStream(SimulatedWorkspace workspace, SimulatorClock clock, SimulatedReply reply) : ForwardStream
{
    private int _read;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.Length == 0 || _read == reply.Body.Length)
            return 0;
        int length;
        if (reply.Delivery.Kind == DeliveryKind.Slow)
        {
            await Task.Delay(reply.Delivery.SlicePause, clock.TimeProvider, cancellationToken).ConfigureAwait(false);
            length = Math.Min(buffer.Length, reply.Delivery.SliceLength(reply.Body.Length, _read));
        }
        else
        {
            length = Math.Min(buffer.Length, Delivery.BytesBeforeReset(reply.Body.Length) - _read);
            if (length <= 0)
            {
                workspace.Delivered(reply, whole: false);
                throw NetworkFaults.Reset();
            }
        }

        reply.Body.Span.Slice(_read, length).CopyTo(buffer.Span);
        _read += length;
        if (_read == reply.Body.Length)
            workspace.Delivered(reply, whole: true);
        return length;
    }
}
