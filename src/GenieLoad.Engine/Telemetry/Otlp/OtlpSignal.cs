namespace GenieLoad.Engine.Telemetry.Otlp;

/// <summary>What is sent to a receiver of OpenTelemetry data; each kind has an address of its own.</summary>
internal enum OtlpSignal
{
    /// <summary>Traces, to <c>/v1/traces</c>.</summary>
    Traces,

    /// <summary>Metrics, to <c>/v1/metrics</c>.</summary>
    Metrics,
}
