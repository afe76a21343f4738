namespace GenieLoad.Engine.Running;

/// <summary>What waits in a <see cref="TimerQueue"/>.</summary>
internal abstract class TimerEntry
{
    /// <summary>Timestamp at which it is due; not to be changed while it waits.</summary>
    public long DueAt { get; set; }

    /// <summary>Its place in the queue; -1 outside.</summary>
    internal int Place { get; set; } = -1;

    /// <summary>Ticks from one time that it is due to the next; 0 where it is due once only.</summary>
    internal virtual long Period => 0;

    /// <summary>Set when somebody waits for the end of the call that is running.</summary>
    internal virtual TaskCompletionSource? Ended => null;

    /// <summary>It has left the queue for good, or until its next time. Under the lock of the queue.</summary>
    internal virtual void Taken()
    {
    }

    /// <summary>It is due.</summary>
    internal abstract void Fire();
}

/// <summary>
/// Entries by the instant at which they are due: a binary heap whose entries know their place, so that one that is called off (nearly every
/// time limit of a call) leaves at once. Not safe for several threads.
/// </summary>
internal sealed class TimerQueue
{
    private readonly List<TimerEntry> _heap = [];

    /// <summary>The one that is due first; <see langword="null"/> when there is none.</summary>
    public TimerEntry? First => _heap.Count == 0 ? null : _heap[0];

    /// <summary>All, in no order.</summary>
    public IEnumerable<TimerEntry> Entries => _heap;

    /// <summary>Number of entries.</summary>
    public int Count => _heap.Count;

    /// <summary>Adds an entry that is not in it.</summary>
    public void Add(TimerEntry entry)
    {
        _heap.Add(entry);
        Rise(entry, _heap.Count - 1);
    }

    /// <summary>Takes an entry out, if it is in.</summary>
    public void Remove(TimerEntry entry)
    {
        int place = entry.Place;
        if (place < 0)
            return;
        entry.Place = -1;
        TimerEntry last = _heap[^1];
        _heap.RemoveAt(_heap.Count - 1);
        if (last == entry)
            return;
        // The last one fills the gap: it belongs further up or further down from there.
        if (place > 0 && last.DueAt < _heap[(place - 1) / 2].DueAt)
            Rise(last, place);
        else
            Sink(last, place);
    }

    private void Rise(TimerEntry entry, int place)
    {
        while (place > 0 && _heap[(place - 1) / 2] is TimerEntry parent && entry.DueAt < parent.DueAt)
        {
            Put(parent, place);
            place = (place - 1) / 2;
        }
        Put(entry, place);
    }

    private void Sink(TimerEntry entry, int place)
    {
        while ((2 * place) + 1 is int child && child < _heap.Count)
        {
            if (child + 1 < _heap.Count && _heap[child + 1].DueAt < _heap[child].DueAt)
                child++;
            if (entry.DueAt <= _heap[child].DueAt)
                break;
            Put(_heap[child], place);
            place = child;
        }
        Put(entry, place);
    }

    private void Put(TimerEntry entry, int place)
    {
        _heap[place] = entry;
        entry.Place = place;
    }
}
