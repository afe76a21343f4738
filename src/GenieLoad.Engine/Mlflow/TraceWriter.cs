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
        WantedTrace[] wanted = [.. Wanted(runOf)];
        if (wanted.Length == 0)
            return 0;
        IReadOnlyDictionary<string, string?> there = await FindAsync(cancellationToken).ConfigureAwait(false);
        await DescribeAsync(wanted, there, cancellationToken).ConfigureAwait(false);
        await LinkAsync(wanted, there, cancellationToken).ConfigureAwait(false);
        there = await FindAsync(cancellationToken).ConfigureAwait(false);
        string[] missing =
        [
            .. wanted.Where(trace => there.GetValueOrDefault(trace.Id) is null)
                .Select(trace => FormattableString.Invariant($"the trace of question_{trace.Row.Index} is missing or has no run")),
        ];
        return missing.Length == 0 ? wanted.Length : throw MlflowErrors.MlflowReadBackDiffers("traces", location, missing);
    }

    private IEnumerable<WantedTrace> Wanted(Func<QuestionResult, string> runOf)
    {
        foreach (QuestionResult row in exported.Run.Results)
        {
            if (QuestionSpans.Of(exported.Run, row, _form) is [OtlpSpan root, ..])
                yield return new WantedTrace(TraceRecord.IdOf(root), runOf(row), row, root);
        }
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

    /// <summary>Says of each what spans do not. Once only: people may have tagged and assessed the others since.</summary>
    private Task DescribeAsync(
        WantedTrace[] wanted, IReadOnlyDictionary<string, string?> there, CancellationToken cancellationToken)
    {
        int done = 0;
        return ThrottledWork.ForEachAsync(wanted, options.ThrottleLimit, async trace =>
        {
            if (there.GetValueOrDefault(trace.Id) is null)
            {
                TraceRecord record = TraceRecord.Make(exported, trace.Row, trace.Root, trace.Run);
                await store.DescribeAsync(experimentId, record, cancellationToken).ConfigureAwait(false);
            }
            report(Interlocked.Increment(ref done), wanted.Length);
        }, cancellationToken);
    }

    /// <summary>Links those that an earlier export linked to a run that has been deleted since, or to the parent alone.</summary>
    private Task LinkAsync(WantedTrace[] wanted, IReadOnlyDictionary<string, string?> there, CancellationToken cancellationToken)
    {
        (string Run, string[] Ids)[] links =
        [
            .. wanted.Where(trace => there.GetValueOrDefault(trace.Id) is string linked && linked != trace.Run)
                .GroupBy(trace => trace.Run, trace => trace.Id, StringComparer.Ordinal)
                .SelectMany(run => run.Chunk(ITraceStore.MostLinks).Select(ids => (run.Key, ids))),
        ];
        return ThrottledWork.ForEachAsync(
            links, options.ThrottleLimit, link => store.LinkAsync(link.Run, link.Ids, cancellationToken), cancellationToken);
    }

    private Task<IReadOnlyDictionary<string, string?>> FindAsync(CancellationToken cancellationToken) =>
        store.FindAsync(experimentId, RecordTags.Export, exported.Export, cancellationToken);

    private sealed record WantedTrace(string Id, string Run, QuestionResult Row, OtlpSpan Root);
}
