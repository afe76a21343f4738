using GenieLoad.Model;

namespace GenieLoad.Engine.Mlflow;

/// <summary>
/// One export on its way: parent, then its questions several at a time, then the reading back, then the traces, then the parent's end.
/// </summary>
internal sealed class ExportSession(
    IMlflowStore store, RunWriter writer, ExportedRun exported, string experimentId, MlflowExportOptions options, TimeProvider time,
    Action<MlflowProgress>? report)
{
    // What a stopped export may still spend on saying so.
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(5);

    // Of the whole, in percent, where traces follow.
    private const int RunsShare = 70;

    private readonly RowList<QuestionResult> _rows = options.SkipQuestionRun ? new([]) : exported.Run.Results;
    private readonly StoredRun[] _children = new StoredRun[options.SkipQuestionRun ? 0 : exported.Run.Results.Count];
    private int _written;
    private int _done;
    private int _artifacts;

    /// <summary>Writes everything.</summary>
    /// <param name="existing">The parent of an export that is to be completed.</param>
    /// <param name="cancellationToken">Ends it; the parent becomes KILLED.</param>
    public async Task<WrittenExport> RunAsync(StoredRun? existing, CancellationToken cancellationToken)
    {
        RunRecord record = writer.Fit(exported.Parent());
        Report("the parent run", 0);
        StoredRun parent = await writer.WriteAsync(Unfinished(record), existing, cancellationToken).ConfigureAwait(false);
        try
        {
            Dictionary<string, StoredRun> there = existing is null ? [] : await ChildrenAsync(cancellationToken).ConfigureAwait(false);
            // The parent's files are made and stored while its children are: last of those that begin at once, since making them takes
            // this thread a while.
            int files = Math.Min(options.ThrottleLimit - 1, _rows.Count);
            await ThrottledWork.ForEachAsync(_rows.Count + 1, options.ThrottleLimit, i =>
            {
                if (i != files)
                    return WriteChildAsync(i < files ? i : i - 1, parent, there, cancellationToken);
                record = record with { Artifacts = [.. exported.ParentFiles(), .. record.Artifacts] };
                return writer.WriteArtifactsAsync(record, parent, existing is null, cancellationToken);
            }, cancellationToken).ConfigureAwait(false);
            Dictionary<string, StoredRun> children = await CheckChildrenAsync(parent, cancellationToken).ConfigureAwait(false);
            int? traces = options.Trace ? await WriteTracesAsync(parent, children, cancellationToken).ConfigureAwait(false) : 0;
            await store.LogAsync(parent, RunValues.OfTags((RecordTags.State, RecordTags.Complete)), cancellationToken)
                .ConfigureAwait(false);
            await writer.EndAsync(record, parent, cancellationToken).ConfigureAwait(false);
            await CheckAsync(record, parent.RunId, null, cancellationToken).ConfigureAwait(false);
            Report("verified", 100);
            return new WrittenExport(parent.RunId, _rows.Count, _written, _artifacts + record.Artifacts.Count, traces);
        }
        catch (Exception e)
        {
            string status = e is OperationCanceledException ? MlflowRunStatus.Killed : MlflowRunStatus.Failed;
            await MarkEndedAsync(parent, status).ConfigureAwait(false);
            throw;
        }
    }

    private static RunRecord Unfinished(RunRecord record) =>
        record with { Tags = new Dictionary<string, string>(record.Tags) { [RecordTags.State] = RecordTags.Writing } };

    private async Task WriteChildAsync(
        int row, StoredRun parent, Dictionary<string, StoredRun> there, CancellationToken cancellationToken)
    {
        RunRecord record = Child(row, parent);
        StoredRun? existing = there.GetValueOrDefault(record.Key);
        Interlocked.Add(ref _artifacts, record.Artifacts.Count);
        // One that is whole needs nothing; its files are compared with all others at the end.
        StoredRun? run = existing;
        if (run is null || StoredRunDiff.Differences(record, run).Any())
        {
            run = await writer.WriteAsync(record, existing, cancellationToken).ConfigureAwait(false);
            await writer.WriteArtifactsAsync(record, run, existing is null, cancellationToken).ConfigureAwait(false);
            await writer.EndAsync(record, run, cancellationToken).ConfigureAwait(false);
            Interlocked.Increment(ref _written);
        }
        _children[row] = run.Address();
        int done = Interlocked.Increment(ref _done);
        Report($"{done} of {_rows.Count} nested runs written", 80 * done / _rows.Count);
    }

    /// <summary>The children as they are, by their keys.</summary>
    private async Task<Dictionary<string, StoredRun>> CheckChildrenAsync(StoredRun parent, CancellationToken cancellationToken)
    {
        if (_rows.Count == 0)
            return [];
        Dictionary<string, StoredRun> stored = [];
        bool[] differs = new bool[_rows.Count];
        int done = 0;
        // The answer to the search is long: the files come meanwhile.
        await ThrottledWork.ForEachAsync(_rows.Count + 1, options.ThrottleLimit, async i =>
        {
            if (i == 0)
            {
                stored = await ChildrenAsync(cancellationToken).ConfigureAwait(false);
                return;
            }
            differs[i - 1] = (await writer.FileDifferencesAsync(Child(i - 1, parent), _children[i - 1], cancellationToken)
                .ConfigureAwait(false)).Count > 0;
            int checkedCount = Interlocked.Increment(ref done);
            Report($"{checkedCount} of {_rows.Count} nested runs read back", 80 + (19 * checkedCount / _rows.Count));
        }, cancellationToken).ConfigureAwait(false);
        await ThrottledWork.ForEachAsync(
            _rows.Count, options.ThrottleLimit, row => CheckChildAsync(Child(row, parent), stored, row, differs[row], cancellationToken),
            cancellationToken).ConfigureAwait(false);
        return stored;
    }

    private async Task CheckChildAsync(
        RunRecord record, Dictionary<string, StoredRun> stored, int row, bool filesDiffer, CancellationToken cancellationToken)
    {
        StoredRun run = stored.GetValueOrDefault(record.Key)
            ?? throw MlflowErrors.MlflowReadBackDiffers(record.Name, store.Location, ["the run is missing"]);
        // Files are those of the run in which they were looked for.
        if (filesDiffer || run.RunId != _children[row].RunId || StoredRunDiff.Differences(record, run).Any())
            await CheckAsync(record, run.RunId, run, cancellationToken).ConfigureAwait(false);
    }

    private RunRecord Child(int row, StoredRun parent) => writer.Fit(exported.Child(_rows[row], parent.RunId));

    /// <summary>Writes the traces: each belongs to the run of its question; without such runs, to the parent.</summary>
    private Task<int?> WriteTracesAsync(StoredRun parent, Dictionary<string, StoredRun> children, CancellationToken cancellationToken)
    {
        TraceWriter traces = new(
            store.OpenTraces(), store.Location, exported, experimentId, options, writer.WarnOnce,
            (done, of) => report?.Invoke(new MlflowProgress($"{done} of {of} traces written", RunsShare + ((99 - RunsShare) * done / of))));
        return traces.WriteAsync(
            row => options.SkipQuestionRun ? parent.RunId : children[ChildRecord.KeyOf(exported.Export, row)].RunId, cancellationToken);
    }

    /// <summary>Compares; writes once more what differs; then it is an error.</summary>
    private async Task CheckAsync(RunRecord record, string runId, StoredRun? stored, CancellationToken cancellationToken)
    {
        stored ??= await store.GetRunAsync(experimentId, runId, cancellationToken).ConfigureAwait(false);
        if ((await writer.DifferencesAsync(record, stored, cancellationToken).ConfigureAwait(false)).Count == 0)
            return;
        await writer.RepairAsync(record, stored, cancellationToken).ConfigureAwait(false);
        stored = await store.GetRunAsync(experimentId, runId, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<string> left = await writer.DifferencesAsync(record, stored, cancellationToken).ConfigureAwait(false);
        if (left.Count > 0)
            throw MlflowErrors.MlflowReadBackDiffers(record.Name, store.Location, left);
    }

    private async Task<Dictionary<string, StoredRun>> ChildrenAsync(CancellationToken cancellationToken)
    {
        Dictionary<string, StoredRun> children = new(StringComparer.Ordinal);
        foreach (StoredRun run in await store.FindRunsAsync(experimentId, RecordTags.Export, exported.Export, cancellationToken)
            .ConfigureAwait(false))
        {
            if (run.Tag(RunRecord.KeyTag) is string key)
                children.TryAdd(key, run);
        }
        return children;
    }

    /// <summary>Lets the parent say that it is not whole; a server that is gone cannot be told.</summary>
    private async Task MarkEndedAsync(StoredRun parent, string status)
    {
        try
        {
            using CancellationTokenSource limit = new(EndLimit, time);
            await store.UpdateRunAsync(parent, status, time.GetUtcNow().ToUnixTimeMilliseconds(), limit.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is GenieLoadException or OperationCanceledException)
        {
            // The reason for which the export ended matters more.
        }
    }

    private void Report(string status, int percent) => report?.Invoke(
        new MlflowProgress(status, options.Trace && percent < 100 ? RunsShare * percent / 100 : percent));
}
