using GenieLoad.Model;

namespace GenieLoad.Engine.Live;

/// <summary>The errors of <c>Live</c>; the name of a factory is the id of its error.</summary>
internal static class LiveErrors
{
    public static GenieLoadException DashboardPortInUse(int port, Exception inner) => new(
        nameof(DashboardPortInUse),
        ErrorKind.Conflict,
        port == 0
            ? $"This machine has no free port for the dashboard: {inner.Message}"
            : $"The dashboard cannot listen on port {port} of 127.0.0.1: {inner.Message}",
        port == 0 ? "Close programs that have many connections open." : "Give another port, or none to use a free one.",
        port,
        inner);
}
