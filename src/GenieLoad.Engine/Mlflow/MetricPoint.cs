namespace GenieLoad.Engine.Mlflow;

/// <summary>One value of one metric.</summary>
/// <param name="Key">Name of the metric.</param>
/// <param name="Value">The value; finite.</param>
/// <param name="Timestamp">Instant, in Unix milliseconds.</param>
/// <param name="Step">Place in a series: seconds after the start of the run. 0 for a single value.</param>
internal readonly record struct MetricPoint(string Key, double Value, long Timestamp, long Step);
