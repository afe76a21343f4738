namespace GenieLoad.Engine.Simulation.Script;

/// <summary>The SQL warehouse: cold until the first query has waited for it; whoever comes meanwhile waits for the same start.</summary>
/// <param name="startTicks">Ticks that a start takes; 0 when it is warm.</param>
internal sealed class Warehouse(long startTicks)
{
    private readonly object _gate = new();
    private long? _readyAt;

    /// <summary>The instant at which a query that needs it from <paramref name="neededAt"/> on finds it running.</summary>
    public long ReadyAt(long neededAt)
    {
        if (startTicks == 0)
            return neededAt;
        lock (_gate)
        {
            _readyAt ??= neededAt + startTicks;
            return Math.Max(neededAt, _readyAt.Value);
        }
    }
}
