namespace GenieLoad.Engine.Costs;

/// <summary>
/// Bounds of what some statements made their warehouse consume. At least: it ran while one of them did. At most: they alone kept it awake,
/// each until the auto stop after its end, with as many clusters as it may have.
/// </summary>
public sealed class WarehouseUse
{
    private const long MillisecondsPerMinute = 60_000;
    private readonly WarehouseSpec _warehouse;

    /// <param name="warehouse">The warehouse.</param>
    /// <param name="onWarehouse">From when to when a running warehouse had each statement, in milliseconds.</param>
    /// <param name="whole">From when to when each statement was there at all, the start of the warehouse included.</param>
    public WarehouseUse(
        WarehouseSpec warehouse, IReadOnlyCollection<(long From, long To)> onWarehouse, IReadOnlyCollection<(long From, long To)> whole)
    {
        _warehouse = warehouse;
        StatementSeconds = CoveredTime.Milliseconds(onWarehouse) / 1000.0;
        AwakeSeconds = warehouse.AutoStopMinutes is > 0 and int minutes
            ? CoveredTime.Milliseconds(whole, minutes * MillisecondsPerMinute) / 1000.0
            : null;
    }

    /// <summary>Seconds for which it had at least one of the statements.</summary>
    public double StatementSeconds { get; }

    /// <summary>Seconds for which the statements kept it awake, the time until the auto stop included; <see langword="null"/> if it never
    /// stops, or nobody knows.</summary>
    public double? AwakeSeconds { get; }

    /// <summary>DBU at least; <see langword="null"/> where the size is not known.</summary>
    public double? LowerDbu => _warehouse.LowerDbu(StatementSeconds);

    /// <summary>DBU at most; <see langword="null"/> where something is not known.</summary>
    public double? UpperDbu => _warehouse.UpperDbu(AwakeSeconds);
}
