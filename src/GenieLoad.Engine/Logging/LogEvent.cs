namespace GenieLoad.Engine.Logging;

/// <summary>One event of the engine, ready to be shown.</summary>
/// <param name="Instant">When it happened, UTC.</param>
/// <param name="Severity">How much it matters.</param>
/// <param name="Text">One line for people; holds no secret.</param>
/// <param name="Exception">What was thrown, if anything was.</param>
public readonly record struct LogEvent(DateTime Instant, LogSeverity Severity, string Text, Exception? Exception)
{
    /// <summary>Text, and what was thrown, in one line that any terminal may show; holds no secret.</summary>
    public string Line => PrintableText.Line(Exception is null ? Text : $"{Text} ({Redactor.Redact(Exception.Message)})");
}
