namespace GenieLoad.Engine.Genie.Wire;

/// <summary>A SQL warehouse.</summary>
public sealed class SqlWarehouse
{
    /// <summary>STARTING, RUNNING, STOPPING, STOPPED, DELETING or DELETED.</summary>
    public string? State { get; init; }

    /// <summary>Size of each cluster, such as <c>2X-Small</c>.</summary>
    public string? ClusterSize { get; init; }

    /// <summary>Type, such as CLASSIC or PRO.</summary>
    public string? WarehouseType { get; init; }

    /// <summary>Whether it is serverless.</summary>
    public bool? EnableServerlessCompute { get; init; }

    /// <summary>Clusters now.</summary>
    public int? NumClusters { get; init; }

    /// <summary>Clusters at least.</summary>
    public int? MinNumClusters { get; init; }

    /// <summary>Clusters at most.</summary>
    public int? MaxNumClusters { get; init; }

    /// <summary>Minutes without a statement after which it stops; 0 for never.</summary>
    public int? AutoStopMins { get; init; }
}
