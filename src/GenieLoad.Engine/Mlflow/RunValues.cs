namespace GenieLoad.Engine.Mlflow;

/// <summary>Params, metrics and tags on their way to a run.</summary>
internal sealed record RunValues(
    IReadOnlyList<KeyValuePair<string, string>> Params,
    IReadOnlyList<MetricPoint> Metrics,
    IReadOnlyList<KeyValuePair<string, string>> Tags)
{
    /// <summary>How many there are.</summary>
    public int Count => Params.Count + Metrics.Count + Tags.Count;

    /// <summary>Tags alone.</summary>
    public static RunValues OfTags(params (string Key, string Value)[] tags) =>
        new([], [], [.. tags.Select(tag => KeyValuePair.Create(tag.Key, tag.Value))]);

    /// <summary>What of a record is not yet in a run, or differs there.</summary>
    public static RunValues Missing(RunRecord record, StoredRun run) => new(
        [.. record.Params.Where(param => !run.Params.ContainsKey(param.Key))],
        MissingMetrics(record, run),
        [.. record.Tags.Where(tag => run.Tag(tag.Key) != tag.Value)]);

    /// <summary>All points of those metrics whose last one is not there.</summary>
    private static MetricPoint[] MissingMetrics(RunRecord record, StoredRun run)
    {
        HashSet<string> missing =
        [
            .. record.LatestMetrics().Where(latest => !run.Metrics.TryGetValue(latest.Key, out MetricPoint stored)
                || !StoredRunDiff.IsSame(latest, stored)).Select(latest => latest.Key),
        ];
        return [.. record.Metrics.Where(point => missing.Contains(point.Key))];
    }
}
