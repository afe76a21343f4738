namespace GenieLoad.Engine.Telemetry.Metrics;

/// <summary>What kind of number a metric is.</summary>
internal enum MetricKind
{
    /// <summary>A sum that only grows.</summary>
    Counter,

    /// <summary>A number of this moment.</summary>
    Gauge,

    /// <summary>How often values lay in each of some ranges.</summary>
    Histogram,
}
