using Microsoft.Extensions.Logging;

namespace GenieLoad.Engine.Logging;

/// <summary>
/// The engine's logger, spread over sinks that know nothing of the logging package. The cmdlets live in PowerShell's own load context
/// and must not name a type of that package: another module may have loaded another version of it there. No secret passes.
/// </summary>
/// <param name="time">Clock that stamps the events.</param>
/// <param name="sinks">Where events go.</param>
public sealed class EngineLog(TimeProvider time, params ILogSink[] sinks) : ILogger
{
    /// <summary>A log that keeps nothing.</summary>
    public static EngineLog None { get; } = new(TimeProvider.System);

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) =>
        logLevel != LogLevel.None && Array.Exists(sinks, sink => sink.IsEnabled(SeverityOf(logLevel)));

    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    /// <inheritdoc/>
    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        ArgumentNullException.ThrowIfNull(formatter);
        if (!IsEnabled(logLevel))
            return;
        LogSeverity severity = SeverityOf(logLevel);
        LogEvent logEvent = new(time.GetUtcNow().UtcDateTime, severity, Redactor.Redact(formatter(state, exception)), exception);
        foreach (ILogSink sink in sinks)
        {
            if (sink.IsEnabled(severity))
                sink.Write(logEvent);
        }
    }

    private static LogSeverity SeverityOf(LogLevel level) => level switch
    {
        LogLevel.Trace or LogLevel.Debug => LogSeverity.Debug,
        LogLevel.Information => LogSeverity.Information,
        _ => LogSeverity.Warning,
    };
}
