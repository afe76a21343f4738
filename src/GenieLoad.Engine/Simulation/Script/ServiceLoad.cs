namespace GenieLoad.Engine.Simulation.Script;

/// <summary>What questions meet that come while others are in flight. Safe for several threads.</summary>
/// <param name="slots">Questions in flight up to which they take no longer; <see langword="null"/> for any number.</param>
/// <param name="driftsAbove">Questions in flight above which answers drift; <see langword="null"/> for any number.</param>
internal sealed class ServiceLoad(int? slots, int? driftsAbove = null)
{
    private readonly object _gate = new();
    private readonly PriorityQueue<bool, long> _ends = new();

    /// <summary>
    /// Takes a question, whose script is written with what its times are multiplied by, and with whether its answer may drift.
    /// </summary>
    /// <param name="now">Instant of its acceptance.</param>
    /// <param name="write">Writes the script.</param>
    public MessageScript Carry(long now, Func<double, bool, MessageScript> write)
    {
        if (slots is null && driftsAbove is null)
            return write(1, true);
        lock (_gate)
        {
            while (_ends.TryPeek(out _, out long end) && end <= now)
                _ends.Dequeue();
            int inFlight = _ends.Count + 1;
            MessageScript script = write(slots is null ? 1 : Math.Max(1, (double)inFlight / slots.Value), !(inFlight <= driftsAbove));
            _ends.Enqueue(true, script.CompletedAt);
            return script;
        }
    }

    /// <summary>Lets a question go before the end that its script had.</summary>
    /// <param name="end">That end.</param>
    public void Leave(long end)
    {
        lock (_gate)
        {
            (bool, long)[] all = [.. _ends.UnorderedItems];
            int index = Array.FindIndex(all, one => one.Item2 == end);
            if (index < 0)
                return;
            _ends.Clear();
            _ends.EnqueueRange([.. all[..index], .. all[(index + 1)..]]);
        }
    }
}
