using System.Globalization;
using System.Text.Json;
using GenieLoad.Engine.Telemetry.Otlp;

namespace GenieLoad.Engine.Telemetry.Metrics;

/// <summary>A message of metrics in OTLP's JSON: <c>{"resourceMetrics": [...]}</c>, with sums since the start of the run.</summary>
internal static class MetricsMessage
{
    private const int Cumulative = 2;

    /// <summary>Writes a message.</summary>
    /// <param name="resource">Who it is from.</param>
    /// <param name="version">Version of GenieLoad.</param>
    /// <param name="metrics">The metrics; those without a value are left out.</param>
    /// <param name="start">From when sums count, in UTC.</param>
    /// <param name="now">The instant of the values, in UTC.</param>
    /// <returns>UTF-8.</returns>
    public static byte[] Of(
        IReadOnlyCollection<KeyValuePair<string, object>> resource, string version, IEnumerable<MetricValues> metrics, DateTime start,
        DateTime now)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream))
        {
            json.WriteStartObject();
            json.WriteStartArray("resourceMetrics");
            json.WriteStartObject();
            json.WriteResource(resource);
            json.WriteStartArray("scopeMetrics");
            json.WriteStartObject();
            json.WriteScope(version);
            json.WriteStartArray("metrics");
            foreach (MetricValues metric in metrics.Where(metric => metric.Values.Count > 0))
                Write(json, metric, OtlpJson.Nanoseconds(start), OtlpJson.Nanoseconds(now));
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return stream.ToArray();
    }

    private static void Write(Utf8JsonWriter json, MetricValues values, long start, long now)
    {
        MetricDefinition metric = values.Metric;
        json.WriteStartObject();
        json.WriteString("name", metric.Name);
        json.WriteString("description", metric.Help);
        json.WriteString("unit", metric.Unit);
        json.WriteStartObject(metric.Kind switch
        {
            MetricKind.Counter => "sum",
            MetricKind.Gauge => "gauge",
            _ => "histogram",
        });
        if (metric.Kind != MetricKind.Gauge)
            json.WriteNumber("aggregationTemporality", Cumulative);
        if (metric.Kind == MetricKind.Counter)
            json.WriteBoolean("isMonotonic", true);
        json.WriteStartArray("dataPoints");
        foreach (MetricValue value in values.Values)
        {
            json.WriteStartObject();
            json.WriteAttributes(value.Tags);
            if (metric.Kind != MetricKind.Gauge)
                json.WriteLong("startTimeUnixNano", start);
            json.WriteLong("timeUnixNano", now);
            if (metric.Kind == MetricKind.Histogram)
                WriteBuckets(json, metric, value);
            else if (metric.IsCount)
                json.WriteLong("asInt", (long)value.Number);
            else
                json.WriteNumber("asDouble", value.Number);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteBuckets(Utf8JsonWriter json, MetricDefinition metric, MetricValue value)
    {
        json.WriteLong("count", value.Counts.Sum());
        json.WriteNumber("sum", value.Number);
        json.WriteStartArray("bucketCounts");
        foreach (long count in value.Counts)
            json.WriteStringValue(count.ToString(CultureInfo.InvariantCulture));
        json.WriteEndArray();
        json.WriteStartArray("explicitBounds");
        foreach (double bound in metric.Bounds)
            json.WriteNumberValue(bound);
        json.WriteEndArray();
    }
}
