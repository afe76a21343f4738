using System.Globalization;

namespace GenieLoad.Engine.Mlflow;

/// <summary>Compares what is stored with what should be. A server answers 200 to much that it drops, cuts or overlooks.</summary>
internal static class StoredRunDiff
{
    /// <summary>What differs in run, params, metrics and tags, each in a few words; nothing when all is as it should be.</summary>
    public static IEnumerable<string> Differences(RunRecord record, StoredRun run)
    {
        if (run.Name != record.Name)
            yield return Text("name", run.Name, record.Name);
        if (run.Status != record.Status)
            yield return Text("status", run.Status, record.Status);
        if (run.StartTime != record.StartTime)
            yield return Text("start_time", run.StartTime, record.StartTime);
        if (run.EndTime != record.EndTime)
            yield return Text("end_time", run.EndTime, record.EndTime);
        foreach ((string key, string value) in record.Params)
        {
            if (run.Params.GetValueOrDefault(key) != value)
                yield return Text($"param {key}", run.Params.GetValueOrDefault(key), value);
        }
        foreach ((string key, string value) in record.Tags)
        {
            if (run.Tag(key) != value)
                yield return Text($"tag {key}", run.Tag(key), value);
        }
        foreach (MetricPoint latest in record.LatestMetrics())
        {
            MetricPoint? stored = run.Metrics.TryGetValue(latest.Key, out MetricPoint found) ? found : null;
            if (stored is not MetricPoint point)
                yield return Text($"metric {latest.Key}", null, latest.Value);
            else if (!IsSame(latest, point))
                yield return Text($"metric {latest.Key} at step {point.Step}", point.Value, latest.Value);
        }
    }

    /// <summary>What differs in a series.</summary>
    public static IEnumerable<string> Differences(string key, IEnumerable<MetricPoint> expected, IEnumerable<MetricPoint> stored)
    {
        Dictionary<long, MetricPoint> byStep = [];
        foreach (MetricPoint point in stored)
            byStep[point.Step] = point;
        foreach (MetricPoint point in expected)
        {
            if (!byStep.TryGetValue(point.Step, out MetricPoint found))
                yield return Text($"metric {key} at step {point.Step}", null, point.Value);
            else if (!IsSame(point, found))
                yield return Text($"metric {key} at step {point.Step}", found.Value, point.Value);
        }
    }

    /// <summary>How files differ, of which it is known that they do.</summary>
    public static IEnumerable<string> Differences(IEnumerable<Artifact> different, IReadOnlyDictionary<string, StoredFile> stored) =>
        different.Select(artifact => !stored.TryGetValue(artifact.Name, out StoredFile? file)
            ? $"{artifact.Name} is missing"
            : file.Length == artifact.Length
                ? $"the content of {artifact.Name} is another one"
                : Text($"size of {artifact.Name}", file.Length, artifact.Length));

    /// <summary>The files that are not there as they should be.</summary>
    public static IReadOnlyList<Artifact> Different(
        IEnumerable<Artifact> artifacts, IReadOnlyDictionary<string, StoredFile> stored) =>
        [.. artifacts.Where(artifact => !(stored.TryGetValue(artifact.Name, out StoredFile? file) && file.Is(artifact)))];

    /// <summary>Whether a point is stored as it was sent; the last digit of a value may be lost in a database.</summary>
    public static bool IsSame(MetricPoint expected, MetricPoint stored) =>
        expected.Step == stored.Step && expected.Timestamp == stored.Timestamp
        && Math.Abs(expected.Value - stored.Value) <= 1e-12 * Math.Max(Math.Abs(expected.Value), Math.Abs(stored.Value));

    private static string Text(string what, object? stored, object expected) =>
        $"{what} is {Short(stored)} instead of {Short(expected)}";

    private static string Short(object? value)
    {
        string text = Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
        return value is null ? "missing" : text.Length <= 60 ? $"'{text}'" : $"'{text[..60]}…' ({text.Length} characters)";
    }
}
