namespace GenieLoad.Engine.Tests.Mlflow;

/// <summary>A run as it lies in a store, seen without any of the exporter's own code.</summary>
/// <param name="Id">MLflow's id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Status">FINISHED, FAILED, KILLED or RUNNING.</param>
/// <param name="StartTime">Unix milliseconds.</param>
/// <param name="EndTime">Unix milliseconds.</param>
/// <param name="Params">Params.</param>
/// <param name="Tags">Tags.</param>
/// <param name="Metrics">Points by key: all of them on a parent, the last one elsewhere.</param>
/// <param name="Files">Contents by file name.</param>
internal sealed record SeenRun(
    string Id, string Name, string Status, long StartTime, long EndTime, IReadOnlyDictionary<string, string> Params,
    IReadOnlyDictionary<string, string> Tags, ILookup<string, SeenPoint> Metrics, IReadOnlyDictionary<string, byte[]> Files)
{
    public bool IsParent => !Tags.ContainsKey("mlflow.parentRunId");

    /// <summary>The one point of a metric; <see langword="null"/> where it is missing.</summary>
    public double? Metric(string key) => Metrics[key].SingleOrDefault()?.Value;
}

internal sealed record SeenPoint(double Value, long Timestamp, long Step);
