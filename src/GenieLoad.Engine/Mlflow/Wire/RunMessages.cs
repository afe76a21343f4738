
namespace GenieLoad.Engine.Mlflow.Wire;

internal sealed record KeyAndValue(string? Key, string? Value);

internal sealed record WireMetric(string? Key, double Value, long Timestamp, long Step);

internal sealed record CreateRunRequest(string ExperimentId, string RunName, long StartTime, IReadOnlyList<KeyAndValue> Tags);

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
    string RunId, IReadOnlyList<WireMetric>? Metrics, IReadOnlyList<KeyAndValue>? Params, IReadOnlyList<KeyAndValue>? Tags);

internal sealed record MetricHistoryReply(IReadOnlyList<WireMetric>? Metrics, string? NextPageToken);
