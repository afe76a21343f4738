namespace GenieLoad.Engine.Runs;

/// <summary>A run of the store as its manifest tells it, its rows not read.</summary>
/// <param name="Folder">Where it is.</param>
/// <param name="RunId">Its id.</param>
/// <param name="ScenarioName">Its scenario.</param>
/// <param name="Name">Name of the test.</param>
/// <param name="StartedAt">Start, UTC: this is the store's own list, no object on the pipeline.</param>
/// <param name="State">One of <see cref="Model.RunState"/>.</param>
public sealed record StoredRun(RunFolder Folder, string RunId, string ScenarioName, string Name, DateTime StartedAt, string State);
