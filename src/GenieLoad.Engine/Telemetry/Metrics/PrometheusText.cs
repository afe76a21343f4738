using System.Globalization;
using System.Text;

namespace GenieLoad.Engine.Telemetry.Metrics;

/// <summary>Metrics in Prometheus' text format, version 0.0.4.</summary>
internal static class PrometheusText
{
    /// <summary>Writes metrics; those without a value are left out.</summary>
    /// <param name="metrics">The metrics, each once.</param>
    /// <param name="stream">Where to.</param>
    public static void Write(IEnumerable<MetricValues> metrics, Stream stream)
    {
        using StreamWriter writer = new(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        foreach (MetricValues values in metrics.Where(metric => metric.Values.Count > 0))
        {
            string name = values.Metric.PrometheusName;
            writer.WriteLine($"# HELP {name} {Escaped(values.Metric.Help)}");
            writer.WriteLine($"# TYPE {name} {TypeOf(values.Metric.Kind)}");
            foreach (MetricValue value in values.Values)
            {
                if (values.Metric.Kind == MetricKind.Histogram)
                    WriteBuckets(writer, values.Metric, value);
                else
                    WriteLine(writer, name, value.Tags, null, value.Number);
            }
        }
    }

    private static void WriteBuckets(StreamWriter writer, MetricDefinition metric, MetricValue value)
    {
        string name = metric.PrometheusName;
        long below = 0;
        for (int at = 0; at < value.Counts.Count; at++)
        {
            below += value.Counts[at];
            double bound = at < metric.Bounds.Count ? metric.Bounds[at] : double.PositiveInfinity;
            WriteLine(writer, name + "_bucket", value.Tags, Text(bound), below);
        }
        WriteLine(writer, name + "_sum", value.Tags, null, value.Number);
        WriteLine(writer, name + "_count", value.Tags, null, below);
    }

    private static void WriteLine(
        StreamWriter writer, string name, IReadOnlyList<KeyValuePair<string, object>> tags, string? upTo, double number)
    {
        IEnumerable<string> labels = tags.Select(tag => $"{MetricDefinition.Label(tag.Key)}=\"{Value(tag.Value)}\"");
        if (upTo is not null)
            labels = labels.Append($"le=\"{upTo}\"");
        writer.WriteLine($"{name}{{{string.Join(',', labels)}}} {Text(number)}");
    }

    private static string Value(object value) =>
        Escaped(value is bool flag ? flag ? "true" : "false" : (string)value).Replace("\"", "\\\"", StringComparison.Ordinal);

    private static string Escaped(string text) => text
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("\r\n", "\\n", StringComparison.Ordinal).Replace('\r', '\n').Replace("\n", "\\n", StringComparison.Ordinal);

    private static string Text(double number) => number switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        _ => number.ToString(CultureInfo.InvariantCulture),
    };

    private static string TypeOf(MetricKind kind) => kind switch
    {
        MetricKind.Counter => "counter",
        MetricKind.Gauge => "gauge",
        _ => "histogram",
    };
}
