namespace GenieLoad.Engine.Mlflow;

/// <summary>What an export has brought into MLflow.</summary>
internal sealed record WrittenExport(string ParentRunId, int QuestionRunCount, int WrittenQuestionRunCount, int ArtifactCount);
