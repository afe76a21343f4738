using GenieLoad.Model;

namespace GenieLoad.Engine.Costs;

/// <summary>What of a SQL warehouse decides what it consumes; <see langword="null"/> for what is not known.</summary>
/// <param name="Size">Size of each cluster, such as <c>2X-Small</c>.</param>
/// <param name="MinimumClusters">Clusters that it has at least while it runs.</param>
/// <param name="MaximumClusters">Clusters that it may have at most.</param>
/// <param name="AutoStopMinutes">Minutes without a statement after which it stops; 0 for never.</param>
public sealed record WarehouseSpec(string? Size, int? MinimumClusters, int? MaximumClusters, int? AutoStopMinutes)
{
    private const double SecondsPerHour = 3600;

    /// <summary>Nothing is known.</summary>
    public static WarehouseSpec Unknown { get; } = new(null, null, null, null);

    /// <summary>DBU per hour and cluster; <see langword="null"/> where the size is not known, or nothing is published for it.</summary>
    public int? DbuPerHour => WarehouseSizes.DbuPerHour(Size);

    /// <summary>The warehouse of a connection when that was made.</summary>
    /// <param name="connection">The connection.</param>
    public static WarehouseSpec Of(Connection connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        return new WarehouseSpec(
            connection.WarehouseSize, connection.WarehouseMinimumClusters, connection.WarehouseMaximumClusters,
            connection.WarehouseAutoStopMinutes);
    }

    /// <summary>The warehouse of a run at its start.</summary>
    /// <param name="connection">As the run keeps it.</param>
    public static WarehouseSpec Of(RunConnection connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        return new WarehouseSpec(
            connection.WarehouseSize, connection.WarehouseMinimumClusters, connection.WarehouseMaximumClusters,
            connection.WarehouseAutoStopMinutes);
    }

    /// <summary>What it consumes at least, in DBU: the fewest clusters, for as long as it certainly runs.</summary>
    /// <param name="seconds">Seconds for which it certainly runs.</param>
    public double? LowerDbu(double seconds) => DbuPerHour * Math.Max(1, MinimumClusters ?? 1) * seconds / SecondsPerHour;

    /// <summary>What it consumes at most, in DBU: the most clusters, for as long as it may be kept awake.</summary>
    /// <param name="seconds">Seconds for which it may run; <see langword="null"/> where nobody knows.</param>
    public double? UpperDbu(double? seconds) => DbuPerHour * MaximumClusters * seconds / SecondsPerHour;

    /// <summary>Why there is no upper bound, in words; <see langword="null"/> where there is one.</summary>
    public string? WhyUnbounded() =>
        Size is null ? "the credential could not see the warehouse"
        : DbuPerHour is null ? $"no DBU are published for warehouses of size '{Size}'"
        : MaximumClusters is null ? "it is not known how many clusters the warehouse may have"
        : AutoStopMinutes is null ? "it is not known when the warehouse stops"
        : AutoStopMinutes <= 0 ? "the warehouse never stops by itself"
        : null;
}
