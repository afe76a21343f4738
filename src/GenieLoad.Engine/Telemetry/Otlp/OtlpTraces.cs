using System.Text.Json;

namespace GenieLoad.Engine.Telemetry.Otlp;

/// <summary>A message of spans in OTLP's JSON, written as it grows: <c>{"resourceSpans": [...]}</c>.</summary>
internal sealed class OtlpTraces : IDisposable
{
    private const int Internal = 1;
    private const int Client = 3;
    private const int Error = 2;
    private readonly Utf8JsonWriter _json;

    /// <summary>Begins the message.</summary>
    /// <param name="stream">Where it goes.</param>
    /// <param name="resource">Who it is from.</param>
    /// <param name="version">Version of GenieLoad.</param>
    public OtlpTraces(Stream stream, IReadOnlyCollection<KeyValuePair<string, object>> resource, string version)
    {
        _json = new Utf8JsonWriter(stream);
        _json.WriteStartObject();
        _json.WriteStartArray("resourceSpans");
        _json.WriteStartObject();
        _json.WriteResource(resource);
        _json.WriteStartArray("scopeSpans");
        _json.WriteStartObject();
        _json.WriteScope(version);
        _json.WriteStartArray("spans");
    }

    /// <summary>Spans in it.</summary>
    public int Count { get; private set; }

    /// <summary>Bytes of it so far.</summary>
    public long Bytes => _json.BytesCommitted + _json.BytesPending;

    /// <summary>Adds a span.</summary>
    /// <param name="span">The span.</param>
    public void Add(OtlpSpan span)
    {
        Count++;
        _json.WriteStartObject();
        _json.WriteString("traceId", span.TraceId);
        _json.WriteString("spanId", span.Id);
        if (span.ParentId is not null)
            _json.WriteString("parentSpanId", span.ParentId);
        _json.WriteString("name", span.Name);
        _json.WriteNumber("kind", span.IsClient ? Client : Internal);
        _json.WriteLong("startTimeUnixNano", span.Start);
        _json.WriteLong("endTimeUnixNano", span.End);
        _json.WriteAttributes(span.Attributes);
        if (span.Events.Count > 0)
            WriteEvents(span.Events);
        _json.WriteStartObject("status");
        if (span.IsError)
            _json.WriteNumber("code", Error);
        if (span.ErrorText is not null)
            _json.WriteString("message", span.ErrorText);
        _json.WriteEndObject();
        _json.WriteEndObject();
        _json.Flush();
    }

    /// <summary>Ends the message.</summary>
    public void Finish()
    {
        _json.WriteEndArray();
        _json.WriteEndObject();
        _json.WriteEndArray();
        _json.WriteEndObject();
        _json.WriteEndArray();
        _json.WriteEndObject();
        _json.Flush();
    }

    /// <inheritdoc/>
    public void Dispose() => _json.Dispose();

    private void WriteEvents(IReadOnlyList<OtlpEvent> events)
    {
        _json.WriteStartArray("events");
        foreach (OtlpEvent one in events)
        {
            _json.WriteStartObject();
            _json.WriteLong("timeUnixNano", one.At);
            _json.WriteString("name", one.Name);
            _json.WriteAttributes(one.Attributes);
            _json.WriteEndObject();
        }
        _json.WriteEndArray();
    }
}
