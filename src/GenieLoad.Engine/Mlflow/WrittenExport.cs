namespace GenieLoad.Engine.Mlflow;

/// <summary>What an export has brought into MLflow; no number of traces where it takes none although they were wanted.</summary>
internal sealed record WrittenExport(
    string ParentRunId, int QuestionRunCount, int WrittenQuestionRunCount, int ArtifactCount, int? TraceCount);
