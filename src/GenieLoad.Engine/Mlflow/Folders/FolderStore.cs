using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using GenieLoad.Engine.Files;
using GenieLoad.Engine.Mlflow.Artifacts;

namespace GenieLoad.Engine.Mlflow.Folders;

/// <summary>
/// A local folder in MLflow's file-store form, without a server. Its files go into <c>mlartifacts</c> beside it, by an address that names
/// no path of this machine, so that both can be moved together. A run comes into being whole: it is written elsewhere and moved into place.
/// </summary>
internal sealed class FolderStore : IMlflowStore
{
    private const string ArtifactScheme = "mlflow-artifacts:";
    private const string Trash = ".trash";

    private readonly string _tree;
    private readonly string _parent;
    private readonly TimeProvider _time;

    /// <summary>Opens a folder; nothing is made until an experiment is.</summary>
    /// <param name="path">Root of the tree.</param>
    /// <param name="time">Clock of the experiment's instants.</param>
    /// <exception cref="Model.GenieLoadException"><c>FolderNamedMlruns</c>, <c>InvalidTrackingUri</c>.</exception>
    public FolderStore(string path, TimeProvider time)
    {
        _tree = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        _parent = Path.GetDirectoryName(_tree) ?? throw MlflowErrors.InvalidTrackingUri(path, "it is the root of a disk");
        _time = time;
        if (Path.GetFileName(_tree).Equals("mlruns", StringComparison.OrdinalIgnoreCase) && !Directory.Exists(_tree))
            throw MlflowErrors.FolderNamedMlruns(_tree);
    }

    public string Location => _tree;

    // Migration wants an empty database each time; this opens the folder as it is, as often as one likes.
    public string? OpenWith =>
        $"Set-Location '{_parent.Replace("'", "''", StringComparison.Ordinal)}'; $env:MLFLOW_ALLOW_FILE_STORE = 'true'; "
        + $"mlflow server --backend-store-uri './{Path.GetFileName(_tree).Replace("'", "''", StringComparison.Ordinal)}'";

    public string RunUrl(string experimentId, string runId) => Path.Combine(_tree, experimentId, runId);

    public ITraceStore OpenTraces() => throw MlflowErrors.TracesNotSupported(_tree);

    public Task CheckAsync(CancellationToken cancellationToken) => Do(() =>
    {
        if (File.Exists(_tree))
            throw new IOException("it is a file, not a folder.");
        return true;
    });

    public Task<ExperimentEntry?> FindExperimentByNameAsync(string name, CancellationToken cancellationToken) =>
        Do(() => Experiments().FirstOrDefault(experiment => experiment.Name == name));

    public Task<ExperimentEntry?> FindExperimentByIdAsync(string id, CancellationToken cancellationToken) =>
        Do(() => Experiments().FirstOrDefault(experiment => experiment.Id == id));

    public Task<ExperimentEntry> CreateExperimentAsync(string name, CancellationToken cancellationToken) => Do(() =>
    {
        // MLflow expects the experiment 0 in every tree.
        if (!Directory.Exists(Path.Combine(_tree, "0")))
            WriteExperiment("0", "Default");
        string id = RandomNumberGenerator.GetInt32(100_000_000, 1_000_000_000).ToString(CultureInfo.InvariantCulture)
            + RandomNumberGenerator.GetInt32(0, 1_000_000_000).ToString("D9", CultureInfo.InvariantCulture);
        WriteExperiment(id, name);
        return new ExperimentEntry(id, name, IsDeleted: false);
    });

    public Task RestoreExperimentAsync(string id, CancellationToken cancellationToken) => Do(() =>
    {
        Directory.Move(Path.Combine(_tree, Trash, id), Path.Combine(_tree, id));
        string path = Path.Combine(_tree, id, "meta.yaml");
        Replace(path, MetaFile.Read(path)!.Set("lifecycle_stage", "active").Set("last_update_time", Now()));
        return true;
    });

    public Task<IReadOnlyList<StoredRun>> FindRunsAsync(
        string experimentId, string tag, string value, CancellationToken cancellationToken) =>
        Do<IReadOnlyList<StoredRun>>(() =>
        [
            .. Directory.EnumerateDirectories(Path.Combine(_tree, experimentId))
                .Select(folder => new RunFiles(folder))
                .Where(files => files.Tag(tag) == value)
                .Select(files => files.Read())
                .OfType<StoredRun>(),
        ]);

    public Task<StoredRun> CreateRunAsync(string experimentId, RunRecord record, CancellationToken cancellationToken) => Do(() =>
    {
        string runId = RandomNumberGenerator.GetHexString(32, lowercase: true);
        string root = MetaFile.Read(Path.Combine(_tree, experimentId, "meta.yaml"))?["artifact_location"]
            ?? $"{ArtifactScheme}/{experimentId}";
        if (root.Any(char.IsControl))
            throw MlflowErrors.UnusableMlflowValue(_tree, "artifact_location", root);
        // Beside the tree, not in it: MLflow takes every folder of an experiment for a run.
        string unfinished = Path.Combine(_parent, $".{Path.GetFileName(_tree)}.unfinished", runId);
        var files = new RunFiles(unfinished);
        string artifactUri = $"{root.TrimEnd('/')}/{runId}/artifacts";
        files.Create(experimentId, runId, record, artifactUri);
        Directory.Move(unfinished, Path.Combine(_tree, experimentId, runId));
        // Everything is written, so nothing is said to be missing; what is on the disk is read back at the end.
        return new StoredRun
        {
            RunId = runId,
            ExperimentId = experimentId,
            Name = record.Name,
            Status = MlflowRunStatus.Running,
            StartTime = record.StartTime,
            ArtifactUri = artifactUri,
            Tags = record.Tags,
            Params = record.Params,
            Metrics = record.Metrics.GroupBy(point => point.Key).ToDictionary(
                points => points.Key, points => points.MaxBy(point => point.Step), StringComparer.Ordinal),
        };
    });

    public Task LogAsync(StoredRun run, RunValues values, CancellationToken cancellationToken) => Do(() =>
    {
        FilesOf(run.ExperimentId, run.RunId).Log(values);
        return true;
    });

    public Task UpdateRunAsync(StoredRun run, string status, long endTime, CancellationToken cancellationToken) => Do(() =>
    {
        FilesOf(run.ExperimentId, run.RunId).Update(status, endTime);
        return true;
    });

    public Task<StoredRun> GetRunAsync(string experimentId, string runId, CancellationToken cancellationToken) => Do(() =>
        FilesOf(experimentId, runId).Read() ?? throw new DirectoryNotFoundException($"the run {runId} is gone."));

    public Task<IReadOnlyList<MetricPoint>> GetHistoryAsync(StoredRun run, string key, CancellationToken cancellationToken) =>
        Do(() => FilesOf(run.ExperimentId, run.RunId).History(key));

    public Task<ArtifactOutcome> PutArtifactsAsync(StoredRun run, IReadOnlyList<Artifact> artifacts, CancellationToken cancellationToken) =>
        ArtifactFolder(run) is string folder
            ? DoAsync(() => LocalFiles.PutAsync(folder, isServerHere: true, artifacts, cancellationToken))
            : Task.FromResult(ArtifactOutcome.OutOfReach(
                "the experiment keeps its files elsewhere (its artifact_uri), not in or beside the folder that -TrackingUri names"));

    public Task<IReadOnlyDictionary<string, StoredFile>?> FindArtifactsAsync(
        StoredRun run, IReadOnlyList<Artifact> artifacts, CancellationToken cancellationToken) =>
        Do(() => ArtifactFolder(run) is string folder ? LocalFiles.Find(folder, artifacts) : null);

    public void Dispose()
    {
        try
        {
            Directory.Delete(Path.Combine(_parent, $".{Path.GetFileName(_tree)}.unfinished"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Not there, or not empty because another export is writing.
        }
    }

    private RunFiles FilesOf(string experimentId, string runId) => new(Path.Combine(_tree, experimentId, runId));

    /// <summary>
    /// Where the files of a run are; <see langword="null"/> for an address that is no folder, or one that lies elsewhere than the folder
    /// that the user has named: a tree may come from somebody else.
    /// </summary>
    private string? ArtifactFolder(StoredRun run)
    {
        if (run.ArtifactUri.StartsWith(ArtifactScheme + "/", StringComparison.Ordinal))
        {
            return MlflowName.Segments(run.ArtifactUri[ArtifactScheme.Length..]) is { Count: > 0 } parts
                ? Path.Combine([_parent, "mlartifacts", .. parts])
                : throw MlflowErrors.UnusableMlflowValue(_tree, "artifact_uri", run.ArtifactUri);
        }
        string? path = Uri.TryCreate(run.ArtifactUri, UriKind.Absolute, out Uri? uri) && uri.IsFile && !uri.IsUnc ? uri.LocalPath
            : Path.IsPathFullyQualified(run.ArtifactUri) ? run.ArtifactUri : null;
        if (path is null || path.Any(char.IsControl))
            return null;
        string folder = Path.GetFullPath(path);
        bool isHere = Array.Exists([_tree, Path.GetPathRoot(_parent) == _parent ? _tree : _parent], root =>
            folder.StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal));
        return isHere ? folder : null;
    }

    private IEnumerable<ExperimentEntry> Experiments() =>
        In(_tree, isDeleted: false).Concat(In(Path.Combine(_tree, Trash), isDeleted: true));

    private static IEnumerable<ExperimentEntry> In(string folder, bool isDeleted)
    {
        if (!Directory.Exists(folder))
            yield break;
        foreach (string path in Directory.EnumerateDirectories(folder))
        {
            // One whose file names another id than its folder is none, for MLflow neither; an id becomes a path.
            if (MetaFile.Read(Path.Combine(path, "meta.yaml")) is MetaFile meta && meta["experiment_id"] is string id
                && id == Path.GetFileName(path))
                yield return new ExperimentEntry(id, meta["name"] ?? "", isDeleted || meta["lifecycle_stage"] == "deleted");
        }
    }

    private void WriteExperiment(string id, string name)
    {
        string folder = Directory.CreateDirectory(Path.Combine(_tree, id)).FullName;
        Directory.CreateDirectory(Path.Combine(folder, "tags"));
        long now = Now();
        Replace(Path.Combine(folder, "meta.yaml"), new MetaFile()
            .Set("artifact_location", $"{ArtifactScheme}/{id}")
            .Set("creation_time", now)
            .Set("experiment_id", id)
            .Set("last_update_time", now)
            .Set("lifecycle_stage", "active")
            .Set("name", name));
    }

    private static void Replace(string path, MetaFile meta) =>
        AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(meta.ToString())), overwrite: true);

    private long Now() => _time.GetUtcNow().ToUnixTimeMilliseconds();

    private Task<T> Do<T>(Func<T> work) => DoAsync(() => Task.FromResult(work()));

    // Off the caller's thread: several runs are written at a time.
    private async Task<T> DoAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await Task.Run(work).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw MlflowErrors.FolderNotUsable(_tree, e);
        }
    }
}
