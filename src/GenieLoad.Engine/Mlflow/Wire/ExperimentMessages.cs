
namespace GenieLoad.Engine.Mlflow.Wire;

internal sealed record ExperimentReply(WireExperiment? Experiment);

internal sealed record WireExperiment(string? ExperimentId, string? Name, string? LifecycleStage);

internal sealed record CreateExperimentRequest(string Name);

internal sealed record ExperimentIdMessage(string? ExperimentId);

internal sealed record ServerInfoReply(bool? WorkspacesEnabled);
