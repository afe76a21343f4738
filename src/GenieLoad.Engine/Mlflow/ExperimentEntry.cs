namespace GenieLoad.Engine.Mlflow;

/// <summary>An experiment as MLflow gives it back.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="IsDeleted">Whether it is in MLflow's trash.</param>
internal sealed record ExperimentEntry(string Id, string Name, bool IsDeleted);
