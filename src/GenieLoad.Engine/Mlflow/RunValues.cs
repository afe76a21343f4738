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

    private static IReadOnlyList<MetricPoint> MissingMetrics(RunRecord record, StoredRun run) => run.Metrics.Count == 0
        ? record.Metrics
        :
        [
            .. record.Metrics.GroupBy(point => point.Key)
                .Where(points => !run.Metrics.TryGetValue(points.Key, out MetricPoint stored)
                    || !StoredRunDiff.IsSame(points.MaxBy(point => point.Step), stored))
                .SelectMany(points => points),
        ];
}
