using GenieLoad.Model;

namespace GenieLoad.Engine.Runs.Merging;

/// <summary>Makes one run of the shards of a test, exactly: the rows of all of them, and figures over the whole.</summary>
public sealed class RunMerge : IDisposable
{
    private readonly RunSources _sources;
    private readonly ShardSet _shards;
    private readonly RunFolder _target;
    private readonly Action<string>? _warn;

    private RunMerge(RunSources sources, ShardSet shards, RunStore store, Action<string>? warn)
    {
        _sources = sources;
        _shards = shards;
        _warn = warn;
        _target = new RunFolder(Path.Combine(store.RunsPath, shards.RunId));
    }

    /// <summary>Id that the merged run has: the same for the same shards.</summary>
    public string RunId => _target.Name;

    /// <summary>Folder that it gets.</summary>
    public string Target => _target.Path;

    /// <summary>Shards that were found.</summary>
    public int FoundCount => _shards.Shards.Count;

    /// <summary>Parts into which the plan was cut.</summary>
    public int ShardCount => _shards.Count;

    /// <summary>Looks at runs and whether they belong together; nothing is written.</summary>
    /// <param name="paths">
    /// Folders of runs or their <c>run.json</c>, folders that hold some at any depth, zip archives, texts with log blocks.
    /// </param>
    /// <param name="store">Where the merged run is to be kept.</param>
    /// <param name="warn">Told of lines that cannot be used; they are left out.</param>
    /// <exception cref="GenieLoadException">
    /// <c>NothingToMerge</c>, <c>NoRunFound</c>, <c>NotAShard</c>, <c>AlreadyMerged</c>, <c>ShardStillRunning</c>, <c>PlansDiffer</c>,
    /// <c>ShardCountsDiffer</c>, <c>ShardTwice</c>, an error of an archive, or one of reading a run.
    /// </exception>
    public static RunMerge Of(IEnumerable<string> paths, RunStore store, Action<string>? warn = null)
    {
        ArgumentNullException.ThrowIfNull(paths);
        ArgumentNullException.ThrowIfNull(store);
        RunSources sources = new();
        try
        {
            foreach (string path in paths)
                sources.Add(path);
            ShardSet shards = ShardSet.Of(sources.Found
                .Select(found => ShardFolder.Of(found.Folder, found.Origin, found.IsNamed)).OfType<ShardFolder>());
            return new RunMerge(sources, shards, store, warn);
        }
        catch
        {
            sources.Dispose();
            throw;
        }
    }

    /// <summary>Merges them. A run that was merged of the same before is returned as it is.</summary>
    /// <param name="replaces">Whether one is replaced that was merged of them when they were not what they are now.</param>
    /// <param name="stop">Ends the work between two shards.</param>
    /// <exception cref="GenieLoadException">
    /// <c>MergedRunDiffers</c>, <c>MergedPlaceTaken</c>, <c>ShardPlanChanged</c>, <c>ShardStillRunning</c>, <c>MergeNotWritten</c>, or an
    /// error of reading a run.
    /// </exception>
    public LoadRun Carry(bool replaces, CancellationToken stop = default)
    {
        if (Directory.Exists(_target.Path) && Earlier(replaces) is LoadRun same)
            return same;
        try
        {
            return Merge(replaces, stop);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Somebody else may have merged the same meanwhile.
            if (!replaces && Directory.Exists(_target.Path) && Earlier(replaces) is LoadRun theirs)
                return theirs;
            throw MergingErrors.MergeNotWritten(_target.Path, exception);
        }
    }

    /// <summary>Deletes what was unpacked.</summary>
    public void Dispose() => _sources.Dispose();

    /// <summary>The run that stands where the merged one belongs; <see langword="null"/> where it is to be replaced.</summary>
    private LoadRun? Earlier(bool replaces)
    {
        if (!_target.Exists)
            throw MergingErrors.MergedPlaceTaken(RunId, _target.Path);
        (RunManifest manifest, _) = RunReader.ReadManifest(_target);
        IEnumerable<string?> ids = (manifest.Header.Shards ?? new([])).Select(shard => shard.RunId).OfType<string>();
        if (!ids.Order(StringComparer.Ordinal).SequenceEqual(
            _shards.Shards.Select(shard => ShardFolder.Shown(shard.RunId)).Order(StringComparer.Ordinal)))
            throw MergingErrors.MergedPlaceTaken(RunId, _target.Path);
        if (manifest.MergedFrom == _shards.Digest)
            return RunReader.Read(_target.Path, _warn);
        if (!replaces)
            throw MergingErrors.MergedRunDiffers(RunId, _target.Path);
        // What somebody else has put there would be lost.
        if (RunRemoval.Of(_target).Strangers.Count > 0)
            throw MergingErrors.MergedPlaceTaken(RunId, _target.Path);
        return null;
    }

    private LoadRun Merge(bool replaces, CancellationToken stop)
    {
        Task<string> digest = Task.Run(() => _shards.Digest, stop);
        SharedPlan plan = SharedPlan.Read(_shards);
        MergedRun merged = new(_shards, plan);
        using MergedFolder folder = MergedFolder.Create(_target);
        // The rows of one shard are written while those of the next are read.
        Task writing = Task.CompletedTask;
        try
        {
            foreach (ShardFolder shard in _shards.Shards)
            {
                stop.ThrowIfCancellationRequested();
                RunContent content = RunReader.ReadContent(
                    shard.Folder, shard.Manifest, shard.State, plan.PartOf(shard.Shard.Number), _warn);
                shard.RequireEnd();
                IReadOnlyList<QuestionResult> rows = merged.Add(shard, content);
                writing.GetAwaiter().GetResult();
                writing = Task.Run(() => folder.AddRows(rows), CancellationToken.None);
            }
        }
        finally
        {
            // It uses the folder, which goes with this.
            ((IAsyncResult)writing).AsyncWaitHandle.WaitOne();
        }
        writing.GetAwaiter().GetResult();
        folder.AddRows(merged.AddMissing());
        folder.CopyLines(_shards.Shards, $"Run {RunId} is merged from {FoundCount} of {ShardCount} shards.");
        RunContent whole = merged.ToContent(digest.GetAwaiter().GetResult());
        stop.ThrowIfCancellationRequested();
        folder.Complete(whole, plan.Source.Folder.PlanPath, replaces);
        return whole.ToRun(_target.Path);
    }
}
