namespace GenieLoad.Engine.Mlflow;

/// <summary>
/// Something that keeps experiments and runs: a tracking server, or a folder. Every call may be repeated without harm;
/// what cannot be done is a <see cref="Model.GenieLoadException"/>.
/// </summary>
internal interface IMlflowStore : IDisposable
{
    /// <summary>Where it is, for people.</summary>
    string Location { get; }

    /// <summary>What opens it in a browser; <see langword="null"/> for a server.</summary>
    string? OpenWith { get; }

    /// <summary>Address of a run for people.</summary>
    string RunUrl(string experimentId, string runId);

    /// <summary>Its traces; nothing is sent yet.</summary>
    /// <exception cref="Model.GenieLoadException"><c>TracesNotSupported</c>: it is known to take none from us.</exception>
    ITraceStore OpenTraces();

    /// <summary>Looks whether the store can be used at all, once, before anything else.</summary>
    Task CheckAsync(CancellationToken cancellationToken);

    /// <summary>The experiment of a name, deleted ones too; <see langword="null"/> where there is none.</summary>
    Task<ExperimentEntry?> FindExperimentByNameAsync(string name, CancellationToken cancellationToken);

    /// <summary>The experiment of an id, deleted ones too; <see langword="null"/> where there is none.</summary>
    Task<ExperimentEntry?> FindExperimentByIdAsync(string id, CancellationToken cancellationToken);

    /// <summary>Makes an experiment; the one that somebody else made meanwhile will do.</summary>
    Task<ExperimentEntry> CreateExperimentAsync(string name, CancellationToken cancellationToken);

    /// <summary>Takes an experiment out of the trash.</summary>
    Task RestoreExperimentAsync(string id, CancellationToken cancellationToken);

    /// <summary>The runs with a tag of this value, deleted ones left out.</summary>
    Task<IReadOnlyList<StoredRun>> FindRunsAsync(string experimentId, string tag, string value, CancellationToken cancellationToken);

    /// <summary>Makes a run that is running, with its tags; a store that can may write more of it at once.</summary>
    Task<StoredRun> CreateRunAsync(string experimentId, RunRecord record, CancellationToken cancellationToken);

    /// <summary>Adds params, metrics and tags.</summary>
    Task LogAsync(StoredRun run, RunValues values, CancellationToken cancellationToken);

    /// <summary>Sets status and end.</summary>
    Task UpdateRunAsync(StoredRun run, string status, long endTime, CancellationToken cancellationToken);

    /// <summary>A run as it is now.</summary>
    Task<StoredRun> GetRunAsync(string experimentId, string runId, CancellationToken cancellationToken);

    /// <summary>All points of one metric.</summary>
    Task<IReadOnlyList<MetricPoint>> GetHistoryAsync(StoredRun run, string key, CancellationToken cancellationToken);

    /// <summary>Writes files over what is there.</summary>
    Task<ArtifactOutcome> PutArtifactsAsync(StoredRun run, IReadOnlyList<Artifact> artifacts, CancellationToken cancellationToken);

    /// <summary>
    /// Those of the files that are with a run, by name: with their content where that costs no more than asking for the length;
    /// <see langword="null"/> where the store cannot tell.
    /// </summary>
    Task<IReadOnlyDictionary<string, StoredFile>?> FindArtifactsAsync(
        StoredRun run, IReadOnlyList<Artifact> artifacts, CancellationToken cancellationToken);
}
