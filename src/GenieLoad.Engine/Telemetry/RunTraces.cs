using GenieLoad.Engine.Logging;
using GenieLoad.Engine.Telemetry.Otlp;
using GenieLoad.Engine.Variables;
using GenieLoad.Model;

namespace GenieLoad.Engine.Telemetry;

/// <summary>A finished run as OpenTelemetry traces, a trace for each question that was asked. The same bytes each time.</summary>
public static class RunTraces
{
    // What receivers take at once without being set up for more.
    private const int MostSpans = 500;
    private const int MostBytes = 1_000_000;

    /// <summary>Refuses a run that has not ended.</summary>
    /// <param name="run">The run.</param>
    /// <exception cref="GenieLoadException"><c>TracesBeforeEnd</c>.</exception>
    public static void Check(LoadRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        if (run.State == RunState.Running)
            throw TelemetryErrors.TracesBeforeEnd(run.RunId);
    }

    /// <summary>Writes all traces as one message on one line, as the file receiver of the OpenTelemetry Collector reads it.</summary>
    /// <param name="run">The run.</param>
    /// <param name="texts">Whether questions, answers, queries and error texts are in it.</param>
    /// <param name="stream">Where to.</param>
    /// <exception cref="GenieLoadException"><c>TracesBeforeEnd</c>, <c>InvalidOtlpVariable</c>.</exception>
    public static void Write(LoadRun run, bool texts, Stream stream)
    {
        Check(run);
        IReadOnlyList<KeyValuePair<string, string>> resource = OtlpEndpoint.Resource(VariableText.Read);
        using OtlpTraces message = new(stream, ResourceOf(run, resource), run.GenieLoadVersion);
        foreach (OtlpSpan span in run.Results.SelectMany(row => QuestionSpans.Of(run, row, texts)))
            message.Add(span);
        message.Finish();
    }

    /// <summary>The traces in messages of bounded size; a trace is never split.</summary>
    internal static IEnumerable<TraceBatch> Batches(
        LoadRun run, TraceForm form, IReadOnlyList<KeyValuePair<string, string>> resource)
    {
        IReadOnlyCollection<KeyValuePair<string, object>> from = ResourceOf(run, resource);
        using IEnumerator<IReadOnlyList<OtlpSpan>> traces = run.Results
            .Select(row => QuestionSpans.Of(run, row, form)).Where(spans => spans.Count > 0).GetEnumerator();
        bool more = traces.MoveNext();
        while (more)
        {
            using MemoryStream stream = new();
            using OtlpTraces message = new(stream, from, run.GenieLoadVersion);
            int count = 0;
            do
            {
                foreach (OtlpSpan span in traces.Current)
                    message.Add(span);
                count++;
                more = traces.MoveNext();
            }
            while (more && message.Count + traces.Current.Count <= MostSpans && message.Bytes < MostBytes);
            message.Finish();
            yield return new TraceBatch(stream.ToArray(), count, message.Count);
        }
    }

    private static IReadOnlyCollection<KeyValuePair<string, object>> ResourceOf(
        LoadRun run, IReadOnlyList<KeyValuePair<string, string>> resource) =>
        ResourceOf(run.RunId, run.Name, run.ScenarioName, resource);

    /// <summary>What data of a run says of its sender.</summary>
    internal static IReadOnlyCollection<KeyValuePair<string, object>> ResourceOf(
        string runId, string testName, string scenario, IReadOnlyList<KeyValuePair<string, string>> resource) =>
    [
        .. resource.Select(pair => KeyValuePair.Create(pair.Key, (object)Redactor.Redact(pair.Value))),
        KeyValuePair.Create("genieload.run.id", (object)runId),
        KeyValuePair.Create("genieload.test.name", (object)Redactor.Redact(testName)),
        KeyValuePair.Create("genieload.scenario", (object)Redactor.Redact(scenario)),
    ];
}

/// <summary>Some traces as one message.</summary>
/// <param name="Json">The message, UTF-8.</param>
/// <param name="TraceCount">Traces in it.</param>
/// <param name="SpanCount">Spans in it.</param>
internal sealed record TraceBatch(byte[] Json, int TraceCount, int SpanCount);
