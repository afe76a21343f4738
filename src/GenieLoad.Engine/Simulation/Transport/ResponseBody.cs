using GenieLoad.Engine.Files;
using GenieLoad.Engine.Simulation.Workspace;

namespace GenieLoad.Engine.Simulation.Transport;

/// <summary>The stream of an agent turn as a reader of the network sees it.</summary>
internal sealed class ResponseBody(SimulatedWorkspace workspace, SimulatedReply reply, CancellationToken stopped) : ForwardStream
{
    private StreamFrame _frame;
    private int _read;
    private bool _isOver;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.Length == 0 || _isOver)
            return 0;
        if (_read == _frame.Bytes.Length)
        {
            _frame = await reply.Stream!.NextAsync(cancellationToken).ConfigureAwait(false);
            _read = 0;
            if (stopped.IsCancellationRequested || _frame.Kind == StreamFrameKind.Reset)
            {
                End(whole: false);
                throw NetworkFaults.Reset();
            }

            if (_frame.Kind == StreamFrameKind.End)
            {
                End(whole: true);
                return 0;
            }
        }

        int length = Math.Min(buffer.Length, _frame.Bytes.Length - _read);
        _frame.Bytes.Span.Slice(_read, length).CopyTo(buffer.Span);
        _read += length;
        if (_read == _frame.Bytes.Length)
            reply.Stream!.Sent(_frame);
        return length;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_isOver)
            End(whole: false);
        base.Dispose(disposing);
    }

    private void End(bool whole)
    {
        _isOver = true;
        workspace.Delivered(reply, whole);
    }
}
