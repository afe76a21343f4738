using GenieLoad.Engine.Simulation.Records;
using GenieLoad.Engine.Simulation.Script;

namespace GenieLoad.Engine.Simulation.Workspace;

/// <summary>The stream of an agent turn, frame by frame, each when it is due. For one reader.</summary>
/// <param name="workspace">Says when nothing is sent.</param>
/// <param name="clock">Its time.</param>
/// <param name="wire">Writes the frames.</param>
/// <param name="message">The turn.</param>
/// <param name="fault">What goes wrong.</param>
/// <param name="keepAliveTicks">Silence after which it says that it lives; 0 for never.</param>
internal sealed class ResponseStream(
    SimulatedWorkspace workspace, SimulatorClock clock, AgentWire wire, SimulatedMessageState message, StreamFault fault,
    long keepAliveTicks)
{
    private static readonly byte[] KeepAlive = ": keep-alive\n\n"u8.ToArray();

    private readonly Queue<StreamFrame> _frames = new();
    private long? _sentAt;
    private int _events;
    private int _sequence;

    /// <summary>Waits for the next frame; after one that ends the stream there is none.</summary>
    public async ValueTask<StreamFrame> NextAsync(CancellationToken cancellationToken)
    {
        _sentAt ??= clock.Now;
        while (true)
        {
            if (workspace.HoldTime() is var hold && hold > TimeSpan.Zero)
            {
                await Task.Delay(hold, clock.TimeProvider, cancellationToken).ConfigureAwait(false);
                continue;
            }

            if (_frames.TryDequeue(out StreamFrame frame))
                return frame;
            // Of a turn that has just been ended early, the end: it may come sooner than what this has told.
            IReadOnlyList<ScriptedEvent> events = message.Script.Agent!.Events;
            ScriptedEvent next = events[Math.Min(_events, events.Count - 1)];
            long now = clock.Now;
            long keepAliveAt = keepAliveTicks > 0 ? _sentAt.Value + keepAliveTicks : long.MaxValue;
            if (next.DueAt <= now)
                Prepare(next);
            else if (keepAliveAt <= now)
                return new StreamFrame(StreamFrameKind.Bytes, KeepAlive);
            else
                await WaitUntilAsync(Math.Min(next.DueAt, keepAliveAt), now, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>A transport has sent all bytes of a frame.</summary>
    public void Sent(StreamFrame frame)
    {
        long now = clock.Now;
        _sentAt = now;
        if (frame.Tells is { } told)
            message.Told(told, now);
    }

    private void Prepare(ScriptedEvent next)
    {
        int number = _events++;
        bool isDamaged = number == fault.Damaged;
        foreach (string type in wire.EventsOf(message, next))
        {
            byte[] bytes = wire.Frame(message, next, type, _sequence++, isDamaged);
            _frames.Enqueue(new StreamFrame(StreamFrameKind.Bytes, bytes, isDamaged ? null : next));
            isDamaged = false;
        }

        if (number == fault.EndsAfter && fault.Resets)
            _frames.Enqueue(new StreamFrame(StreamFrameKind.Reset));
        else if (number == fault.EndsAfter || next.Kind == SimulatedAgentEventKind.Terminal)
            _frames.Enqueue(new StreamFrame(StreamFrameKind.End));
    }

    private async Task WaitUntilAsync(long instant, long now, CancellationToken cancellationToken)
    {
        // In whole milliseconds, rounded up: Task.Delay waits not at all for less.
        TimeSpan left = clock.Between(now, instant);
        TimeSpan wait = left < SimulatorClock.LongestWait
            ? TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds))
            : SimulatorClock.LongestWait;
        Task delay = Task.Delay(wait, clock.TimeProvider, cancellationToken);
        await (await Task.WhenAny(delay, message.Agent!.EndedEarly).ConfigureAwait(false)).ConfigureAwait(false);
    }
}
