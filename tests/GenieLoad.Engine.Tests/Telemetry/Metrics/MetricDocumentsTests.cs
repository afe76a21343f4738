using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using GenieLoad.Engine.Telemetry.Metrics;
using GenieLoad.Engine.Tests.Architecture;

namespace GenieLoad.Engine.Tests.Telemetry.Metrics;

/// <summary>What is written of the metrics elsewhere is what they are.</summary>
public sealed partial class MetricDocumentsTests
{
    [Fact]
    public void The_page_lists_every_metric_as_it_is()
    {
        string[] rows =
        [
            .. File.ReadLines(Path.Combine(SourceFile.Root, "docs", "telemetry.md"))
                .Where(line => line.StartsWith("| `genieload.", StringComparison.Ordinal) && line.Split('|').Length == 7),
        ];

        Assert.Equal(
            RunMetrics.Live.Concat(RunPrometheus.Finished).Select(metric => string.Join(
                " | ", $"| `{metric.Name}`", metric.Unit, metric.Kind.ToString().ToLowerInvariant(), $"`{metric.PrometheusName}`",
                $"{metric.Help} |")),
            rows);
    }

    [Fact]
    public void The_dashboard_knows_no_other_metric_and_shows_each()
    {
        JsonNode dashboard = JsonNode.Parse(File.ReadAllText(Path.Combine(SourceFile.Root, "samples", "grafana", "genieload.json")))!;
        JsonArray panels = dashboard["panels"]!.AsArray();
        string[] queries =
        [
            .. panels.SelectMany(panel => panel!["targets"]!.AsArray()).Select(target => (string)target!["expr"]!),
            .. dashboard["templating"]!["list"]!.AsArray().Select(one => (string?)one!["definition"]).OfType<string>(),
        ];

        HashSet<string> labels = [.. RunTags.Of("r", "s").Select(tag => tag.Key), RunMetrics.Result, RunMetrics.Reason, RunMetrics.WarmUp];
        Dictionary<string, string> names = [];
        foreach (MetricDefinition metric in RunMetrics.Live)
        {
            foreach (string suffix in metric.Kind == MetricKind.Histogram ? (string[])["_bucket", "_sum", "_count"] : [""])
                names.Add(metric.PrometheusName + suffix, metric.Name);
        }
        string[] used =
        [
            .. queries.SelectMany(query => Word().Matches(query)).Select(match => match.Value).Distinct()
                .Except(labels.Select(MetricDefinition.Label)),
        ];

        Assert.Empty(used.Except(names.Keys));
        Assert.Equal(RunMetrics.Live.Select(metric => metric.Name).Order(), used.Select(name => names[name]).Distinct().Order());
        Assert.Equal(panels.Count, panels.Select(panel => (int)panel!["id"]!).Distinct().Count());
        Assert.Equal(["datasource", "run"], dashboard["templating"]!["list"]!.AsArray().Select(one => (string?)one!["name"]));
        Assert.All(panels, panel => Assert.Equal("${datasource}", (string?)panel!["datasource"]!["uid"]));
        Assert.All(queries.Where(query => !query.StartsWith("label_values", StringComparison.Ordinal)), query =>
        {
            Assert.Contains("genieload_run_id=~\"$run\"", query, StringComparison.Ordinal);
            Assert.Equal(query.Count(letter => letter == '('), query.Count(letter => letter == ')'));
        });
    }

    [Theory]
    [InlineData("genieload.question.finished", "genieload_question_finished_total")]
    [InlineData("genieload.throttle.duration", "genieload_throttle_duration_seconds_total")]
    [InlineData("genieload.question.response.duration", "genieload_question_response_duration_seconds")]
    [InlineData("genieload.question.in_flight", "genieload_question_in_flight")]
    [InlineData("genieload.run.success", "genieload_run_success_ratio")]
    [InlineData("genieload.run.valid", "genieload_run_valid")]
    public void Names_in_prometheus_are_those_of_the_usual_translation(string name, string translated) => Assert.Equal(
        translated, RunMetrics.Live.Concat(RunPrometheus.Finished).Single(metric => metric.Name == name).PrometheusName);

    [GeneratedRegex("genieload_[a-z0-9_]+")]
    private static partial Regex Word();
}
