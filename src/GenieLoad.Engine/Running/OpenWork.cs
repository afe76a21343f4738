namespace GenieLoad.Engine.Running;

/// <summary>
/// What still keeps a run from its end: the release of its plan, users who think, questions under way, the wait for the pacer. Each is
/// added before what it comes from is removed, so that nothing is left only when the run is over. Safe for several threads.
/// </summary>
/// <param name="endsElsewhere">
/// Whether whoever waits for the end goes on on another thread than the one that removed the last: the end of a run writes to the disk.
/// </param>
internal sealed class OpenWork(bool endsElsewhere)
{
    private readonly TaskCompletionSource _none =
        new(endsElsewhere ? TaskCreationOptions.RunContinuationsAsynchronously : TaskCreationOptions.None);

    private int _count;

    /// <summary>Done when nothing is left.</summary>
    public Task None => _none.Task;

    /// <summary>Something begins.</summary>
    public void Add() => Interlocked.Increment(ref _count);

    /// <summary>Something begins, unless nothing was left: then the run is over.</summary>
    public bool TryAdd()
    {
        int count = Volatile.Read(ref _count);
        while (count > 0)
        {
            int seen = Interlocked.CompareExchange(ref _count, count + 1, count);
            if (seen == count)
                return true;
            count = seen;
        }
        return false;
    }

    /// <summary>Something has ended. To be called last: with the last of all, the run goes on to its end from within.</summary>
    public void Remove()
    {
        if (Interlocked.Decrement(ref _count) == 0)
            _none.TrySetResult();
    }
}
