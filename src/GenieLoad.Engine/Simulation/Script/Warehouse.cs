namespace GenieLoad.Engine.Simulation.Script;

/// <summary>When the warehouse can take a statement.</summary>
/// <param name="ReadyAt">It runs.</param>
/// <param name="StartsAt">It is the statement's turn.</param>
internal readonly record struct WarehouseTurn(long ReadyAt, long StartsAt);

/// <summary>
/// The SQL warehouse: cold until the first query has waited for it, whoever comes meanwhile waits for the same start; and where its
/// clusters take so many statements at once, statements wait for their turns.
/// </summary>
internal sealed class Warehouse(SimulatorOptions options, SimulatorClock clock)
{
    private readonly object _gate = new();
    private readonly long _startTicks = clock.ScaledTicks(options.ColdWarehouseSeconds ?? 0);
    private readonly long _clusterStartTicks = clock.ScaledTicks(options.ClusterStartSeconds);
    private readonly List<WarehouseCluster> _clusters =
        options.WarehouseSlots is int slots ? [new WarehouseCluster(long.MinValue, slots, idleTicks: null)] : [];
    private long? _readyAt;

    /// <summary>Gives a statement its turn.</summary>
    /// <param name="known">Instant from which the warehouse is needed.</param>
    /// <param name="startsAt">Instant at which the statement comes to it.</param>
    /// <param name="ticks">Ticks for which it takes the place.</param>
    /// <param name="acceptedAt">Instant before which no further statement can begin.</param>
    public WarehouseTurn Take(long known, long startsAt, long ticks, long acceptedAt)
    {
        lock (_gate)
        {
            long readyAt = _startTicks == 0 ? startsAt : Math.Max(startsAt, _readyAt ??= known + _startTicks);
            return new WarehouseTurn(readyAt, _clusters.Count == 0 ? readyAt : TurnFrom(readyAt, ticks, acceptedAt));
        }
    }

    /// <summary>State and number of clusters at an instant.</summary>
    public (string State, int Clusters) At(long now)
    {
        lock (_gate)
        {
            bool isCold = _startTicks > 0 && !(_readyAt <= now);
            if (isCold)
                return (_readyAt is long ready && now >= ready - _startTicks ? "STARTING" : "STOPPED", 0);
            return ("RUNNING", Math.Max(1, _clusters.Count(cluster => cluster.IsUpAt(now))));
        }
    }

    private long TurnFrom(long readyAt, long ticks, long acceptedAt)
    {
        _clusters.RemoveAll(cluster => cluster.GoneFrom < acceptedAt);
        (WarehouseCluster cluster, long from) = _clusters
            .Select(cluster => (Cluster: cluster, From: cluster.FirstTurn(readyAt, ticks) ?? long.MaxValue))
            .MinBy(turn => turn.From);
        long furtherFrom = readyAt + _clusterStartTicks;
        if (from > furtherFrom && _clusters.Count(other => other.GoneFrom >= readyAt) < options.WarehouseMaxClusters)
        {
            cluster = new WarehouseCluster(furtherFrom, options.WarehouseSlots!.Value, clock.ScaledTicks(options.ClusterIdleSeconds));
            _clusters.Add(cluster);
            from = furtherFrom;
        }
        cluster.Forget(acceptedAt);
        cluster.Give(from, ticks);
        return from;
    }
}
