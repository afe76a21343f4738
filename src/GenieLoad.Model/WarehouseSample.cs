namespace GenieLoad.Model;

/// <summary>What a SQL warehouse was at one instant of a run.</summary>
public sealed class WarehouseSample
{
    /// <summary>Seconds since the start of the run.</summary>
    public required double OffsetSeconds { get; init; }

    /// <summary>The warehouse.</summary>
    public required string WarehouseId { get; init; }

    /// <summary>Its state: STARTING, RUNNING, STOPPING or STOPPED; <see langword="null"/> where the service does not say.</summary>
    public string? State { get; init; }

    /// <summary>Clusters that it had; <see langword="null"/> where the service does not say.</summary>
    public int? Clusters { get; init; }

    /// <summary>Instant, state and clusters in one line.</summary>
    public override string ToString() => FormattableString.Invariant($"at {OffsetSeconds:0} s: {State}, {Clusters} clusters");
}
