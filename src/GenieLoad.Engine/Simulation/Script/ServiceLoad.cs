namespace GenieLoad.Engine.Simulation.Script;

/// <summary>How much longer questions take because of others in flight. Safe for several threads.</summary>
/// <param name="slots">Questions in flight up to which they take no longer; <see langword="null"/> for any number.</param>
internal sealed class ServiceLoad(int? slots)
{
    private readonly object _gate = new();
    private readonly PriorityQueue<bool, long> _ends = new();

    /// <summary>Takes a question, whose script is written with what its times are multiplied by.</summary>
    /// <param name="now">Instant of its acceptance.</param>
    /// <param name="write">Writes the script.</param>
    public MessageScript Carry(long now, Func<double, MessageScript> write)
    {
        if (slots is null)
            return write(1);
        lock (_gate)
        {
            while (_ends.TryPeek(out _, out long end) && end <= now)
                _ends.Dequeue();
            MessageScript script = write(Math.Max(1, (_ends.Count + 1.0) / slots.Value));
            _ends.Enqueue(true, script.CompletedAt);
            return script;
        }
    }
}
