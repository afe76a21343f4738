using GenieLoad.Engine.Http.Retries;
using GenieLoad.Engine.Logging;
using GenieLoad.Engine.Telemetry.Otlp;
using GenieLoad.Model;
using Microsoft.Extensions.Logging;

namespace GenieLoad.Engine.Telemetry;

/// <summary>Sends finished runs to a receiver of OpenTelemetry data, as traces.</summary>
public sealed class TraceExporter : IDisposable
{
    private readonly OtlpEndpoint _endpoint;
    private readonly OtlpSender _sender;

    /// <summary>Finds out where to; nothing is sent yet.</summary>
    /// <param name="endpoint">
    /// Address of the receiver, <c>/v1/traces</c> is added; <see langword="null"/> for the standard variables of OpenTelemetry.
    /// </param>
    /// <param name="time">Clock of retries.</param>
    /// <param name="log">Told of retries and of spans that were rejected.</param>
    /// <exception cref="GenieLoadException">
    /// <c>NoOtlpEndpoint</c>, <c>InvalidOtlpEndpoint</c>, <c>InvalidOtlpVariable</c>, <c>OtlpProtocolNotSupported</c>.
    /// </exception>
    public TraceExporter(string? endpoint, TimeProvider time, EngineLog log)
        : this(endpoint, time, log, Environment.GetEnvironmentVariable)
    {
    }

    internal TraceExporter(
        string? endpoint, TimeProvider time, ILogger log, Func<string, string?> environment, RetryOptions? retry = null,
        Func<HttpMessageHandler>? handler = null)
    {
        _endpoint = Resolve(endpoint, environment);
        _sender = new OtlpSender(_endpoint, time, log, retry, handler);
    }

    /// <summary>Address, for people, of the receiver that an exporter would send to.</summary>
    /// <param name="endpoint">As given to the exporter.</param>
    /// <exception cref="GenieLoadException">As from the exporter.</exception>
    public static string LocationOf(string? endpoint) => Resolve(endpoint, Environment.GetEnvironmentVariable).Location;

    /// <summary>Sends a run. Sent again, it has the same ids.</summary>
    /// <param name="run">The run; it must have ended.</param>
    /// <param name="texts">Whether questions, answers, queries and error texts are sent too.</param>
    /// <param name="report">Told how many of the questions have been sent, and of how many.</param>
    /// <param name="stop">Ends it at once.</param>
    /// <exception cref="GenieLoadException">
    /// <c>TracesBeforeEnd</c>, <c>OtlpUnreachable</c>, <c>OtlpThrottled</c>, <c>OtlpCredentialRefused</c>, <c>NotAnOtlpReceiver</c>,
    /// <c>OtlpRefused</c>, or what answered in the receiver's place.
    /// </exception>
    public async Task<OpenTelemetryExport> ExportAsync(
        LoadRun run, bool texts, Action<int, int>? report, CancellationToken stop)
    {
        RunTraces.Check(run);
        (int traces, int spans, long rejected) = (0, 0, 0);
        foreach (TraceBatch batch in RunTraces.Batches(run, new TraceForm(texts), _endpoint.ResourceAttributes))
        {
            OtlpReceipt receipt = await _sender.SendAsync(batch.Json, stop).ConfigureAwait(false);
            traces += batch.TraceCount;
            spans += batch.SpanCount;
            rejected += receipt.RejectedCount;
            report?.Invoke(traces, run.Results.Count);
        }
        return new OpenTelemetryExport
        {
            RunId = run.RunId, Endpoint = _endpoint.Location, TraceCount = traces, SpanCount = spans, RejectedCount = rejected,
        };
    }

    /// <inheritdoc/>
    public void Dispose() => _sender.Dispose();

    private static OtlpEndpoint Resolve(string? endpoint, Func<string, string?> environment) =>
        OtlpEndpoint.Resolve(OtlpSignal.Traces, endpoint, environment)
            ?? throw OtlpErrors.NoOtlpEndpoint(OtlpEndpoint.IsDisabled(environment));
}
