namespace GenieLoad.PowerShell.Completion;

/// <summary>Completes the address of a receiver of OpenTelemetry data.</summary>
public sealed class OtlpEndpointCompleter() : ExampleCompleter(
    ("http://localhost:4318", "a receiver on this machine"),
    ("https://collector.example.com:4318", "an OpenTelemetry Collector"));
