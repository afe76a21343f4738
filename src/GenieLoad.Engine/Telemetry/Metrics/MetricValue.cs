namespace GenieLoad.Engine.Telemetry.Metrics;

/// <summary>A value of a metric, for one set of tags.</summary>
/// <param name="Tags">What it is of: texts and <see cref="bool"/>.</param>
/// <param name="Number">The number; of a histogram, the sum of its values.</param>
internal sealed record MetricValue(IReadOnlyList<KeyValuePair<string, object>> Tags, double Number)
{
    /// <summary>Of a histogram: how many values lay in each range, the last of them above all bounds.</summary>
    public IReadOnlyList<long> Counts { get; init; } = [];
}

/// <summary>A metric with its values.</summary>
/// <param name="Metric">The metric.</param>
/// <param name="Values">Its values, each with tags of its own.</param>
internal sealed record MetricValues(MetricDefinition Metric, IReadOnlyList<MetricValue> Values);
