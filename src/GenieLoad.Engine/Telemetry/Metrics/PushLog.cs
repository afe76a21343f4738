using Microsoft.Extensions.Logging;

namespace GenieLoad.Engine.Telemetry.Metrics;

/// <summary>
/// Passes everything on as a line for debugging: metrics go along with a test, and its user hears of their trouble once, not each time.
/// </summary>
/// <param name="log">Where it goes; looked up anew for each line.</param>
internal sealed class PushLog(Func<ILogger> log) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None && log().IsEnabled(LogLevel.Debug);

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        log().Log(LogLevel.Debug, eventId, state, exception, formatter);
}
