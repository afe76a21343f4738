namespace GenieLoad.Engine.Simulation.Script;

/// <summary>
/// A cluster of the warehouse: so many statements at once. Statements are given their turns in the order in which their questions are
/// accepted, so one that comes to the warehouse later may have its turn already; gaps between turns are filled.
/// </summary>
/// <param name="upFrom">Instant from which it runs.</param>
/// <param name="slots">Statements at once.</param>
/// <param name="idleTicks">Ticks without a statement after which it goes; <see langword="null"/> where it stays.</param>
internal sealed class WarehouseCluster(long upFrom, int slots, long? idleTicks)
{
    private readonly List<(long From, long To)>[] _turns = [.. Enumerable.Range(0, slots).Select(_ => new List<(long, long)>())];
    private readonly long _upFrom = upFrom;
    private long _lastEnd = upFrom;

    /// <summary>Instant at which it goes; never, for one that stays.</summary>
    public long GoneFrom => idleTicks is long idle ? _lastEnd + idle : long.MaxValue;

    public bool IsUpAt(long now) => _upFrom <= now && now < GoneFrom;

    /// <summary>The first instant at which it can take a statement for so long; <see langword="null"/> where it has gone by then.</summary>
    public long? FirstTurn(long readyAt, long ticks)
    {
        long first = _turns.Min(turns => FirstGap(turns, Math.Max(readyAt, _upFrom), ticks));
        return first <= GoneFrom ? first : null;
    }

    /// <summary>Gives a turn that <see cref="FirstTurn"/> has found.</summary>
    public void Give(long from, long ticks)
    {
        List<(long From, long To)> turns = Array.Find(_turns, turns => FirstGap(turns, from, ticks) == from)!;
        int place = turns.FindIndex(turn => turn.From >= from);
        turns.Insert(place < 0 ? turns.Count : place, (from, from + ticks));
        _lastEnd = Math.Max(_lastEnd, from + ticks);
    }

    /// <summary>Forgets turns that are over.</summary>
    public void Forget(long before)
    {
        foreach (List<(long From, long To)> turns in _turns)
            turns.RemoveAll(turn => turn.To < before);
    }

    private static long FirstGap(List<(long From, long To)> turns, long from, long ticks)
    {
        foreach ((long begin, long end) in turns)
        {
            if (from + ticks <= begin)
                break;
            from = Math.Max(from, end);
        }
        return from;
    }
}
