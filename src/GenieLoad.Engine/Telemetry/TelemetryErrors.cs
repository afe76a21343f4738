using GenieLoad.Model;

namespace GenieLoad.Engine.Telemetry;

/// <summary>The errors of <c>Telemetry</c>; the name of a factory is the id of its error.</summary>
internal static class TelemetryErrors
{
    public static GenieLoadException TracesBeforeEnd(string runId) => new(
        nameof(TracesBeforeEnd), ErrorKind.NotReady,
        $"Run '{runId}' is still running; traces are made of finished runs.", "Export it when it has ended.", runId);
}
