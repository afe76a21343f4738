using GenieLoad.Engine.Logging;

namespace GenieLoad.Engine.Telemetry.Metrics;

/// <summary>What metrics say of the run that they are of.</summary>
internal static class RunTags
{
    private const string Instance = "service.instance.id";

    /// <summary>Version of GenieLoad.</summary>
    public static string Version { get; } = typeof(RunTags).Assembly.GetName().Version!.ToString(fieldCount: 3);

    /// <summary>The tags of every value of a run.</summary>
    public static IReadOnlyList<KeyValuePair<string, object>> Of(string runId, string scenario) =>
        [KeyValuePair.Create(RunMetrics.RunId, (object)runId), KeyValuePair.Create(RunMetrics.Scenario, (object)Redactor.Redact(scenario))];

    /// <summary>
    /// What the message says of its sender. Two runs at the same time are two instances: a receiver takes the sums of one sender for one.
    /// </summary>
    public static IReadOnlyCollection<KeyValuePair<string, object>> Resource(
        string runId, string name, string scenario, IReadOnlyList<KeyValuePair<string, string>> given)
    {
        IReadOnlyCollection<KeyValuePair<string, object>> resource = RunTraces.ResourceOf(runId, name, scenario, given);
        return given.Any(pair => pair.Key == Instance) ? resource : [.. resource, KeyValuePair.Create(Instance, (object)runId)];
    }
}
