namespace GenieLoad.Model;

/// <summary>What <c>Export-GenieRunToOpenTelemetry</c> sent for one run.</summary>
public sealed class OpenTelemetryExport
{
    /// <summary>The run that was exported.</summary>
    public required string RunId { get; init; }

    /// <summary>Address of the receiver.</summary>
    public required string Endpoint { get; init; }

    /// <summary>Traces sent, one for each question that was asked.</summary>
    public required int TraceCount { get; init; }

    /// <summary>Spans sent, of all traces.</summary>
    public required int SpanCount { get; init; }

    /// <summary>Spans that the receiver did not keep, as it said.</summary>
    public required long RejectedCount { get; init; }

    /// <summary>Run, count and receiver in one line.</summary>
    public override string ToString() => $"{RunId}: {TraceCount} traces to {Endpoint}";
}
