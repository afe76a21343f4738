namespace GenieLoad.Engine.Mlflow.Wire;

internal sealed record CreateTraceRequest(WireTrace Trace);

internal sealed record WireTrace(WireTraceInfo TraceInfo);

internal sealed record WireTraceInfo(
    string? TraceId, WireTraceLocation? TraceLocation, string? RequestTime, string? ExecutionDuration, string? State,
    string? RequestPreview, string? ResponsePreview, IReadOnlyDictionary<string, string?>? TraceMetadata,
    IReadOnlyDictionary<string, string?>? Tags);

internal sealed record WireTraceLocation(string Type, ExperimentIdMessage MlflowExperiment)
{
    /// <summary>An experiment, as the place of a trace.</summary>
    public static WireTraceLocation Of(string experimentId) => new("MLFLOW_EXPERIMENT", new ExperimentIdMessage(experimentId));
}

internal sealed record SearchTracesRequest(
    IReadOnlyList<WireTraceLocation> Locations, string Filter, int MaxResults, string? PageToken);

internal sealed record SearchTracesReply(IReadOnlyList<WireTraceInfo?>? Traces, string? NextPageToken);

internal sealed record LinkTracesRequest(string RunId, IReadOnlyList<string> TraceIds);
