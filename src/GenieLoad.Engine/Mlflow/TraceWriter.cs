using GenieLoad.Engine.Telemetry;
using GenieLoad.Engine.Telemetry.Otlp;
using GenieLoad.Model;

namespace GenieLoad.Engine.Mlflow;

/// <summary>
/// Brings the questions of a run into a store as traces, each linked to a run: first the spans, many at a time; then what spans do not say;
/// then the look whether all are there.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="location">Where it is, for people.</param>
/// <param name="exported">The export.</param>
/// <param name="experimentId">Its experiment.</param>
/// <param name="options">How many at a time, and whether with texts.</param>
/// <param name="warn">Told what a person should know.</param>
/// <param name="report">Told how many of the traces are there, and of how many.</param>
internal sealed class TraceWriter(
    ITraceStore store, string location, ExportedRun exported, string experimentId, MlflowExportOptions options, Action<string> warn,
    Action<int, int> report)
{
    private static readonly KeyValuePair<string, string>[] Resource = [KeyValuePair.Create("service.name", "genieload")];

    private readonly TraceForm _form = TraceRecord.Form(exported.Export, experimentId, !options.ExcludeText);

    /// <summary>Writes the traces. Written again, they are the same ones.</summary>
    /// <param name="runOf">MLflow's id of the run that the trace of a question belongs to.</param>
    /// <param name="cancellationToken">Ends it at once.</param>
    /// <returns>How many are there; <see langword="null"/> where the store takes none, of which has been warned.</returns>
    /// <exception cref="GenieLoadException"><c>MlflowReadBackDiffers</c>, or what the store says.</exception>
    public async Task<int?> WriteAsync(Func<QuestionResult, string> runOf, CancellationToken cancellationToken)
    {
        if (!await SendAsync(cancellationToken).ConfigureAwait(false))
            return null;
        (QuestionResult Row, OtlpSpan Root)[] traces =
        [
            .. exported.Run.Results.Select(row => (Row: row, Spans: QuestionSpans.Of(exported.Run, row, _form)))
                .Where(trace => trace.Spans.Count > 0).Select(trace => (trace.Row, trace.Spans[0])),
        ];
        if (traces.Length == 0)
            return 0;
        IReadOnlyDictionary<string, string?> there = await FindAsync(cancellationToken).ConfigureAwait(false);
        int done = 0;
        await ThrottledWork.ForEachAsync(traces, options.ThrottleLimit, async trace =>
        {
            await LinkAsync(trace.Row, trace.Root, runOf(trace.Row), there, cancellationToken).ConfigureAwait(false);
            report(Interlocked.Increment(ref done), traces.Length);
        }, cancellationToken).ConfigureAwait(false);
        there = await FindAsync(cancellationToken).ConfigureAwait(false);
        string[] missing =
        [
            .. traces.Where(trace => there.GetValueOrDefault(TraceRecord.IdOf(trace.Root)) is null)
                .Select(trace => FormattableString.Invariant($"the trace of question_{trace.Row.Index} is missing or has no run")),
        ];
        return missing.Length == 0 ? traces.Length : throw MlflowErrors.MlflowReadBackDiffers("traces", location, missing);
    }

    /// <summary>Sends all spans; those that are there are replaced, since statements may have become known meanwhile.</summary>
    private async Task<bool> SendAsync(CancellationToken cancellationToken)
    {
        bool sent = false;
        foreach (TraceBatch batch in RunTraces.Batches(exported.Run, _form, Resource))
        {
            try
            {
                await store.SendAsync(experimentId, batch.Json, cancellationToken).ConfigureAwait(false);
            }
            catch (GenieLoadException e) when (!sent && e.ErrorId == nameof(MlflowErrors.TracesNotTaken))
            {
                warn($"{e.Message} {e.Recommendation}");
                return false;
            }
            sent = true;
        }
        return true;
    }

    private async Task LinkAsync(
        QuestionResult row, OtlpSpan root, string runId, IReadOnlyDictionary<string, string?> there, CancellationToken cancellationToken)
    {
        string id = TraceRecord.IdOf(root);
        if (!there.TryGetValue(id, out string? linked) || linked is null)
            await store.DescribeAsync(experimentId, TraceRecord.Make(exported, row, root, runId), cancellationToken).ConfigureAwait(false);
        // An earlier export linked it to a run that has been deleted since, or to the parent alone.
        else if (linked != runId)
            await store.LinkAsync(runId, id, cancellationToken).ConfigureAwait(false);
    }

    private Task<IReadOnlyDictionary<string, string?>> FindAsync(CancellationToken cancellationToken) =>
        store.FindAsync(experimentId, RecordTags.Export, exported.Export, cancellationToken);
}
