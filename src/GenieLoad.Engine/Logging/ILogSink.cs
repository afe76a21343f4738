namespace GenieLoad.Engine.Logging;

/// <summary>A place where events go: a stream of PowerShell, a file. Called from any thread; must neither block nor throw.</summary>
public interface ILogSink
{
    /// <summary>Whether events of this severity are wanted; those that are not are never put into words.</summary>
    /// <param name="severity">Severity of the event to come.</param>
    bool IsEnabled(LogSeverity severity);

    /// <summary>Takes one event.</summary>
    /// <param name="logEvent">The event.</param>
    void Write(LogEvent logEvent);
}
