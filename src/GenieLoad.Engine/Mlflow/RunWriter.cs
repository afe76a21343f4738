using GenieLoad.Engine.Files;

namespace GenieLoad.Engine.Mlflow;

/// <summary>
/// Brings single runs into a store: makes or completes each, and repairs what was not kept. Used by several writers at once.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="experimentId">Experiment of all runs.</param>
/// <param name="keptPath">Folder for files that the artifact store does not take.</param>
/// <param name="warn">Told what a person should know.</param>
internal sealed class RunWriter(IMlflowStore store, string experimentId, string keptPath, Action<string> warn)
{
    private readonly HashSet<string> _said = new(StringComparer.Ordinal);
    private readonly HashSet<string> _kept = new(StringComparer.Ordinal);

    /// <summary>Folder for files that the artifact store does not take.</summary>
    public string KeptPath => keptPath;

    /// <summary>Files kept there.</summary>
    public int KeptCount
    {
        get
        {
            lock (_kept)
                return _kept.Count;
        }
    }

    /// <summary>Warnings given.</summary>
    public int WarningCount
    {
        get
        {
            lock (_said)
                return _said.Count;
        }
    }

    /// <summary>Whether everything could be read back so far; false once a store could not tell what files it holds.</summary>
    public bool Verified { get; private set; } = true;

    /// <summary>The record as servers take it.</summary>
    public RunRecord Fit(RunRecord record) => MlflowLimits.Fit(record, name => WarnOnce(
        $"A value of '{name}' is longer than MLflow takes and was cut; the full text is in {MlflowLimits.LongValuesFile} of its run."));

    /// <summary>Makes the run, or adds what is missing in the one that is there. It stays as it stands: not yet ended.</summary>
    /// <exception cref="Model.GenieLoadException"><c>MlflowRunDiffers</c>, or what the store says.</exception>
    public async Task<StoredRun> WriteAsync(RunRecord record, StoredRun? existing, CancellationToken cancellationToken)
    {
        StoredRun run = existing ?? await store.CreateRunAsync(experimentId, record, cancellationToken).ConfigureAwait(false);
        foreach ((string key, string value) in record.Params)
        {
            if (run.Params.TryGetValue(key, out string? there) && there != value)
                throw MlflowErrors.MlflowRunDiffers(run.RunId, store.Location, $"its {key} is '{MlflowLimits.Cut(there, 100)}'");
        }
        RunValues missing = RunValues.Missing(record, run);
        if (missing.Count > 0)
            await store.LogAsync(run, missing, cancellationToken).ConfigureAwait(false);
        return run;
    }

    /// <summary>Stores the files that are not there; those that cannot be stored are kept on this machine, and the run says so.</summary>
    /// <param name="record">The record.</param>
    /// <param name="run">The run.</param>
    /// <param name="isNew">Whether it has just been made, so that no file can be there.</param>
    /// <param name="cancellationToken">Ends it at once.</param>
    public async Task WriteArtifactsAsync(RunRecord record, StoredRun run, bool isNew, CancellationToken cancellationToken)
    {
        IReadOnlyList<Artifact> files = record.Artifacts;
        if (!isNew && files.Count > 0
            && await store.FindArtifactsAsync(run, files, cancellationToken)
                .ConfigureAwait(false) is IReadOnlyDictionary<string, StoredFile> there)
        {
            files = StoredRunDiff.Different(files, there);
        }
        if (files.Count == 0)
            return;
        ArtifactOutcome outcome = await store.PutArtifactsAsync(run, files, cancellationToken).ConfigureAwait(false);
        if (!outcome.Stored)
            await KeepAsync(record, run, files, outcome.Reason!, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sets status and end.</summary>
    public Task EndAsync(RunRecord record, StoredRun run, CancellationToken cancellationToken) =>
        store.UpdateRunAsync(run, record.Status, record.EndTime, cancellationToken);

    /// <summary>What of a record is not as it should be, series and files included.</summary>
    public async Task<IReadOnlyList<string>> DifferencesAsync(RunRecord record, StoredRun run, CancellationToken cancellationToken)
    {
        List<string> differences = [.. StoredRunDiff.Differences(record, run)];
        foreach (IGrouping<string, MetricPoint> series in record.Metrics.GroupBy(point => point.Key).Where(points => points.Skip(1).Any()))
        {
            differences.AddRange(StoredRunDiff.Differences(
                series.Key, series, await store.GetHistoryAsync(run, series.Key, cancellationToken).ConfigureAwait(false)));
        }
        differences.AddRange(await FileDifferencesAsync(record, run, cancellationToken).ConfigureAwait(false));
        return differences;
    }

    /// <summary>What of the files of a record is not as it should be.</summary>
    public async Task<IReadOnlyList<string>> FileDifferencesAsync(RunRecord record, StoredRun run, CancellationToken cancellationToken)
    {
        Artifact[] files = [.. record.Artifacts.Where(file => !IsKept(record, file))];
        if (files.Length == 0)
            return [];
        if (await store.FindArtifactsAsync(run, files, cancellationToken)
            .ConfigureAwait(false) is IReadOnlyDictionary<string, StoredFile> there)
        {
            return [.. StoredRunDiff.Differences(StoredRunDiff.Different(files, there), there)];
        }
        Verified = false;
        WarnOnce($"{store.Location} cannot list the files of its runs, so their upload is not verified.");
        return [];
    }

    /// <summary>Writes again what differs.</summary>
    public async Task RepairAsync(RunRecord record, StoredRun run, CancellationToken cancellationToken)
    {
        RunValues missing = RunValues.Missing(record, run);
        IReadOnlyList<MetricPoint> series =
            [.. record.Metrics.GroupBy(point => point.Key).Where(points => points.Skip(1).Any()).SelectMany(points => points)];
        // Points that are there already are dropped as repeats.
        RunValues again = missing with { Metrics = [.. missing.Metrics.Union(series)] };
        if (again.Count > 0)
            await store.LogAsync(run, again, cancellationToken).ConfigureAwait(false);
        await WriteArtifactsAsync(record, run, isNew: false, cancellationToken).ConfigureAwait(false);
        await EndAsync(record, run, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Tells what a person should know; the same thing once.</summary>
    public void WarnOnce(string text)
    {
        lock (_said)
        {
            if (!_said.Add(text))
                return;
        }
        warn(text);
    }

    private async Task KeepAsync(
        RunRecord record, StoredRun run, IReadOnlyList<Artifact> files, string reason, CancellationToken cancellationToken)
    {
        // A scenario is named by whoever wrote it.
        string folder = Path.Combine(keptPath, MlflowName.IsSegment(record.Name) ? record.Name : "load_test");
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw MlflowErrors.FolderNotUsable(folder, e);
        }
        foreach (Artifact file in files)
        {
            cancellationToken.ThrowIfCancellationRequested();
            AtomicFile.Write(Path.Combine(folder, file.Name), file.CopyTo, overwrite: true);
            lock (_kept)
                _kept.Add(KeptName(record, file));
        }
        string told = MlflowLimits.Cut($"kept on the exporting machine: {reason}", 1000);
        await store.LogAsync(run, RunValues.OfTags((RecordTags.Artifacts, told)), cancellationToken).ConfigureAwait(false);
        WarnOnce($"Files of the runs were not uploaded: {reason}. They are in '{keptPath}'.");
    }

    private bool IsKept(RunRecord record, Artifact file)
    {
        lock (_kept)
            return _kept.Contains(KeptName(record, file));
    }

    private static string KeptName(RunRecord record, Artifact file) => $"{record.Name}/{file.Name}";
}
