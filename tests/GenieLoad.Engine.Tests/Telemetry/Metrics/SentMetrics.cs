using System.Globalization;
using System.Text.Json.Nodes;

namespace GenieLoad.Engine.Tests.Telemetry.Metrics;

/// <summary>A message of metrics as a receiver reads it.</summary>
internal sealed class SentMetrics
{
    private readonly JsonNode _resource;

    public SentMetrics(string body) => _resource = JsonNode.Parse(body)!["resourceMetrics"]!.AsArray().Single()!;

    public Dictionary<string, string> Resource => Tags(_resource["resource"]!);

    public IEnumerable<JsonNode> Metrics => _resource["scopeMetrics"]!.AsArray().Single()!["metrics"]!.AsArray().Select(one => one!);

    /// <summary>When it was made.</summary>
    public DateTime At => DateTime.UnixEpoch.AddTicks(
        long.Parse((string)Points("genieload.throttle.retries").First().Point["timeUnixNano"]!, CultureInfo.InvariantCulture) / 100);

    public JsonNode Metric(string name) => Metrics.Single(metric => (string?)metric["name"] == name);

    public IEnumerable<(Dictionary<string, string> Tags, JsonNode Point)> Points(string name)
    {
        JsonNode metric = Metric(name);
        JsonNode data = metric["sum"] ?? metric["gauge"] ?? metric["histogram"]!;
        return data["dataPoints"]!.AsArray().Select(point => (Tags(point!), point!));
    }

    /// <summary>The sum of all points of a metric; of a histogram, how many values it holds.</summary>
    public double Total(string name) => Points(name).Sum(one => Number(one.Point["asInt"] ?? one.Point["asDouble"] ?? one.Point["count"]!));

    private static double Number(JsonNode node) => double.Parse(node.ToString(), CultureInfo.InvariantCulture);

    private static Dictionary<string, string> Tags(JsonNode node) => node["attributes"]!.AsArray().ToDictionary(
        pair => (string)pair!["key"]!, pair => pair!["value"]!.AsObject().Single().Value!.ToString());
}
