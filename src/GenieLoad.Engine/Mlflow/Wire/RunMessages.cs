
namespace GenieLoad.Engine.Mlflow.Wire;

/// <summary>A param or a tag in an answer. Settable, which is read in half the time of a constructor's parameters.</summary>
internal sealed record KeyAndValue
{
    public string? Key { get; set; }

    public string? Value { get; set; }
}

/// <summary>A point of a metric.</summary>
internal sealed record WireMetric
{
    public string? Key { get; set; }

    public double Value { get; set; }

    public long Timestamp { get; set; }

    public long Step { get; set; }
}

internal sealed record CreateRunRequest(
    string ExperimentId, string RunName, long StartTime, IReadOnlyCollection<KeyValuePair<string, string>> Tags);

internal sealed record UpdateRunRequest(string RunId, string Status, long EndTime);

internal sealed record SearchRunsRequest(
    IReadOnlyList<string> ExperimentIds, string Filter, int MaxResults, string? PageToken, string RunViewType = "ACTIVE_ONLY");

internal sealed record SearchRunsReply(IReadOnlyList<WireRun>? Runs, string? NextPageToken);

internal sealed record RunReply(WireRun? Run);

internal sealed record WireRun(WireRunInfo? Info, WireRunData? Data);

internal sealed record WireRunInfo(
    string? RunId, string? RunUuid, string? RunName, string? ExperimentId, string? Status, long? StartTime, long? EndTime,
    string? ArtifactUri);

internal sealed record WireRunData(
    IReadOnlyList<WireMetric>? Metrics, IReadOnlyList<KeyAndValue>? Params, IReadOnlyList<KeyAndValue>? Tags);

internal sealed record LogBatchRequest(
    string RunId, IReadOnlyList<WireMetric>? Metrics, IReadOnlyList<KeyValuePair<string, string>>? Params,
    IReadOnlyList<KeyValuePair<string, string>>? Tags);

internal sealed record MetricHistoryReply(IReadOnlyList<WireMetric>? Metrics, string? NextPageToken);
