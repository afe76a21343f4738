namespace GenieLoad.PowerShell.Pipeline;

/// <summary>
/// The way from work on other threads to the pipeline. PowerShell takes output only on the pipeline's own thread, so what is written
/// here is queued and written there, in order. May be called from any thread.
/// </summary>
public interface ICmdletChannel
{
    /// <summary>Writes one object to the output; completes once the queue has room, so a slow pipeline slows the writer.</summary>
    /// <param name="value">The object.</param>
    ValueTask WriteAsync(object value);

    /// <summary>Writes a non-terminating error; completes once the queue has room.</summary>
    /// <param name="exception">What went wrong.</param>
    ValueTask WriteErrorAsync(Exception exception);

    /// <summary>Writes a warning; completes once the queue has room.</summary>
    /// <param name="text">What to warn of.</param>
    ValueTask WriteWarningAsync(string text);

    /// <summary>Shows how far the work is. Never waits: only the latest line is shown when they come faster than they are drawn.</summary>
    /// <param name="line">The line.</param>
    void Report(ProgressLine line);

    /// <summary>
    /// Holds everything back that is shown, until <see cref="ReleaseAsync"/> or the end: something else has the terminal. Completes once
    /// nothing is shown any more.
    /// </summary>
    /// <param name="tell">Told at once of each warning that is held back.</param>
    ValueTask HoldAsync(Action<string> tell);

    /// <summary>Shows what was held back, in order, and holds nothing back any more.</summary>
    ValueTask ReleaseAsync();

    /// <summary>
    /// A log for the engine, which writes to the debug, verbose and warning streams. Never waits: lines for which the queue has no
    /// room are counted, and the count is a warning at the end.
    /// </summary>
    Engine.Logging.ILogSink Log { get; }
}
