namespace GenieLoad.Engine.Mlflow;

/// <summary>How far an export is.</summary>
/// <param name="Status">Where it is, such as <c>12 of 35 nested runs</c>.</param>
/// <param name="Percent">0 to 100.</param>
public sealed record MlflowProgress(string Status, int Percent);
