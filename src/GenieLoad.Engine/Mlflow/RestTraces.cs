using System.Text;
using System.Text.RegularExpressions;
using GenieLoad.Engine.Http;
using GenieLoad.Engine.Mlflow.Wire;
using GenieLoad.Engine.Paging;

namespace GenieLoad.Engine.Mlflow;

/// <summary>The traces of an open-source tracking server: spans by OpenTelemetry's protocol, the rest by its REST API.</summary>
/// <param name="server">The server.</param>
internal sealed partial class RestTraces(MlflowServer server) : ITraceStore
{
    private const string SpansPath = "/v1/traces";
    private const string Api = "/api/3.0/mlflow";
    private const string ExperimentHeader = "x-mlflow-experiment-id";

    // The most that servers take.
    private const int PageSize = 500;

    public async Task SendAsync(string experimentId, byte[] spans, CancellationToken cancellationToken)
    {
        try
        {
            await server.PostAsync(SpansPath, spans, KeyValuePair.Create(ExperimentHeader, experimentId), cancellationToken)
                .ConfigureAwait(false);
        }
        catch (ApiException e) when (IsOlder(e.Failure))
        {
            throw MlflowErrors.TracesNotTaken(
                server.Location, await VersionAsync(cancellationToken).ConfigureAwait(false), e);
        }
        catch (ApiException e)
        {
            throw MlflowErrors.Explain(server.Location, server.Root.Authority, "store traces", e);
        }
    }

    public Task DescribeAsync(string experimentId, TraceRecord record, CancellationToken cancellationToken) =>
        Explain("describe a trace", () => server.PostAsync(
            $"{Api}/traces",
            new CreateTraceRequest(new WireTrace(new WireTraceInfo(
                record.Id, WireTraceLocation.Of(experimentId), record.Start, record.Duration, record.State, record.Request,
                record.Response, Wire(record.Metadata), Wire(record.Tags)))),
            MlflowJson.Relaxed.CreateTraceRequest, cancellationToken));

    // Version 2.0 of this one call: the other is refused.
    public Task LinkAsync(string runId, IReadOnlyList<string> traceIds, CancellationToken cancellationToken) =>
        Explain("link traces to a run", () => server.PostAsync(
            "/api/2.0/mlflow/traces/link-to-run", new LinkTracesRequest(runId, traceIds), MlflowJson.Relaxed.LinkTracesRequest,
            cancellationToken));

    public Task<IReadOnlyDictionary<string, string?>> FindAsync(
        string experimentId, string tag, string value, CancellationToken cancellationToken) =>
        server.ExplainAsync<IReadOnlyDictionary<string, string?>>("search its traces", async () =>
        {
            Dictionary<string, string?> found = new(StringComparer.Ordinal);
            PageWalk pages = server.Pages("traces/search");
            string? page = null;
            do
            {
                SearchTracesReply reply = await server.PostAsync(
                    $"{Api}/traces/search",
                    new SearchTracesRequest([WireTraceLocation.Of(experimentId)], $"tags.`{tag}` = '{value}'", PageSize, page),
                    MlflowJson.Relaxed.SearchTracesRequest, MlflowJson.Relaxed.SearchTracesReply, cancellationToken, pages)
                        .ConfigureAwait(false);
                foreach (WireTraceInfo? trace in reply.Traces ?? [])
                {
                    if (trace?.TraceId is string id)
                        found[id] = trace.TraceMetadata?.GetValueOrDefault(TraceRecord.SourceRun);
                }
                page = pages.Next(reply.NextPageToken);
            }
            while (page is not null);
            return found;
        });

    /// <summary>
    /// Whether a server says that it does not know of this: before 3.6 there is no such path, before 3.12 no JSON there, and a store of
    /// files keeps no spans. What its tracking part says with a code of its own is about the call.
    /// </summary>
    private static bool IsOlder(ApiFailure failure) => failure.HttpStatus == 501
        || (failure.HttpStatus is 400 or 404 or 405 or 415 or 422 && failure.ErrorType == $"HTTP_{failure.HttpStatus}");

    private static Dictionary<string, string?> Wire(IReadOnlyDictionary<string, string> values) =>
        values.ToDictionary(value => value.Key, value => (string?)value.Value, StringComparer.Ordinal);

    private Task<bool> Explain(string what, Func<Task> work) => server.ExplainAsync(what, async () =>
    {
        await work().ConfigureAwait(false);
        return true;
    });

    /// <summary>What the server says of its version; <see langword="null"/> where it says nothing of the kind.</summary>
    private async Task<string?> VersionAsync(CancellationToken cancellationToken)
    {
        try
        {
            string text = Encoding.UTF8.GetString((await server.GetAsync("/version", cancellationToken).ConfigureAwait(false)).Span).Trim();
            return Version().IsMatch(text) ? text : null;
        }
        catch (ApiException)
        {
            // It is for the message alone.
            return null;
        }
    }

    [GeneratedRegex(@"^\d{1,4}(\.[0-9a-z+]{1,20}){1,5}$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Version();
}
