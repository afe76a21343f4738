using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace GenieLoad.Engine.Tests.Telemetry.Metrics;

/// <summary>Reads Prometheus' text format (0.0.4) as strictly as it is written down, and refuses everything else.</summary>
internal sealed partial class PrometheusFile
{
    private const string Labels =
        """\{(?<labels>([a-zA-Z_][a-zA-Z0-9_]*="([^"\\\n]|\\["\\n])*"(,(?!\})|(?=\})))*)\}""";

    private static readonly string[] Suffixes = ["_bucket", "_sum", "_count"];
    private readonly Dictionary<string, string> _types = [];
    private readonly HashSet<string> _series = [];
    private readonly HashSet<string> _closed = [];
    private string? _family;

    public PrometheusFile(byte[] bytes)
    {
        string text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes);
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\r', text);
        foreach (string line in text[..^1].Split('\n'))
        {
            if (line.StartsWith("# HELP ", StringComparison.Ordinal))
                Open(line[7..].Split(' ', 2));
            else if (line.StartsWith("# TYPE ", StringComparison.Ordinal))
                Type(line[7..].Split(' '));
            else
                Sample(line);
        }
    }

    public IReadOnlyDictionary<string, string> Types => _types;

    public Dictionary<string, string> Helps { get; } = [];

    public List<(string Name, Dictionary<string, string> Labels, double Value)> Samples { get; } = [];

    public double Value(string name, params (string Label, string Value)[] labels) => Samples.Single(sample => sample.Name == name
        && labels.All(label => sample.Labels.GetValueOrDefault(label.Label) == label.Value)
        && (labels.Any(label => label.Label == "genieload_warm_up") || !sample.Labels.ContainsKey("genieload_warm_up"))).Value;

    public double Total(string name) => Samples.Where(sample => sample.Name == name).Sum(sample => sample.Value);

    private void Open(string[] parts)
    {
        Assert.Matches(MetricName(), parts[0]);
        Assert.True(_closed.Add(parts[0]), $"{parts[0]} comes twice.");
        Assert.Matches(@"^([^\\]|\\\\|\\n)*$", parts[1]);
        _family = parts[0];
        Helps.Add(_family, parts[1]);
    }

    private void Type(string[] parts)
    {
        Assert.Equal(_family, parts[0]);
        Assert.Contains(parts[1], new[] { "counter", "gauge", "histogram" });
        Assert.Equal(2, parts.Length);
        _types.Add(parts[0], parts[1]);
    }

    private void Sample(string line)
    {
        Match match = Line().Match(line);
        Assert.True(match.Success, line);
        Assert.True(_series.Add(match.Groups["name"].Value + match.Groups["labels"].Value), $"Twice: {line}");
        string name = match.Groups["name"].Value;
        string suffix = Suffixes.FirstOrDefault(name.EndsWith) ?? "";
        string family = _types[_family!] == "histogram" ? name[..^suffix.Length] : name;
        Assert.Equal(_family, family);
        Assert.Equal(_types[family] == "histogram", suffix.Length > 0);
        Assert.Equal(_types[family] == "counter", name.EndsWith("_total", StringComparison.Ordinal));
        Dictionary<string, string> labels = [];
        foreach (Match label in Label().Matches(match.Groups["labels"].Value))
            labels.Add(label.Groups[1].Value, Unescape(label.Groups[2].Value));
        Assert.Equal(suffix == "_bucket", labels.ContainsKey("le"));
        Samples.Add((name, labels, Number(match.Groups["value"].Value)));
    }

    private static double Number(string text) => text switch
    {
        "+Inf" => double.PositiveInfinity,
        "-Inf" => double.NegativeInfinity,
        _ => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture),
    };

    private static string Unescape(string text) => Escape().Replace(text, match => match.Value switch
    {
        @"\n" => "\n",
        @"\""" => "\"",
        _ => "\\",
    });

    [GeneratedRegex("^[a-zA-Z_:][a-zA-Z0-9_:]*$")]
    private static partial Regex MetricName();

    [GeneratedRegex("^(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)" + Labels + " (?<value>[+-]?(Inf|[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]+)?))$")]
    private static partial Regex Line();

    [GeneratedRegex("""([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\]|\\.)*)",?""")]
    private static partial Regex Label();

    [GeneratedRegex(@"\\.")]
    private static partial Regex Escape();
}
