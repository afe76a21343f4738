namespace GenieLoad.Engine.Mlflow;

/// <summary>What one run in MLflow is to hold, whole: the exporter writes it, reads it back and compares.</summary>
internal sealed record RunRecord
{
    /// <summary>Tag that holds <see cref="Key"/>.</summary>
    public const string KeyTag = "genieload.key";

    /// <summary>Key of our own, by which the run is found again.</summary>
    public required string Key { get; init; }

    /// <summary>Name of the run.</summary>
    public required string Name { get; init; }

    /// <summary>Start, in Unix milliseconds.</summary>
    public required long StartTime { get; init; }

    /// <summary>End, in Unix milliseconds.</summary>
    public required long EndTime { get; init; }

    /// <summary>One of <see cref="MlflowRunStatus"/>.</summary>
    public required string Status { get; init; }

    /// <summary>Tags, without repeated keys.</summary>
    public required IReadOnlyDictionary<string, string> Tags { get; init; }

    /// <summary>Params, without repeated keys.</summary>
    public required IReadOnlyDictionary<string, string> Params { get; init; }

    /// <summary>Metrics; several points of one key are a series.</summary>
    public required IReadOnlyList<MetricPoint> Metrics { get; init; }

    /// <summary>The last point of each metric, as a run in MLflow shows it.</summary>
    public IEnumerable<MetricPoint> LatestMetrics()
    {
        Dictionary<string, MetricPoint> latest = new(Metrics.Count, StringComparer.Ordinal);
        foreach (MetricPoint point in Metrics)
        {
            if (!latest.TryGetValue(point.Key, out MetricPoint last) || point.Step > last.Step)
                latest[point.Key] = point;
        }
        return latest.Values;
    }

    /// <summary>Files.</summary>
    public required IReadOnlyList<Artifact> Artifacts { get; init; }
}
