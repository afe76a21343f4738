using System.Globalization;

namespace GenieLoad.Engine.Logging;

/// <summary>Writes the log to a file: one line an event, with a UTC instant. Appends to a file that is there.</summary>
public sealed class LogFile : ILogSink, IDisposable
{
    private readonly StreamWriter _writer;

    private LogFile(StreamWriter writer) => _writer = writer;

    /// <summary>Opens the file, before anything is asked.</summary>
    /// <param name="path">Its path.</param>
    /// <exception cref="Model.GenieLoadException"><c>LogNotWritable</c>.</exception>
    public static LogFile Open(string path)
    {
        try
        {
            var stream = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
            return new LogFile(new StreamWriter(stream) { AutoFlush = true, NewLine = "\n" });
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw LoggingErrors.LogNotWritable(path, e);
        }
    }

    /// <inheritdoc/>
    public bool IsEnabled(LogSeverity severity) => true;

    /// <inheritdoc/>
    public void Write(LogEvent logEvent)
    {
        string instant = logEvent.Instant.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
        try
        {
            lock (_writer)
                _writer.WriteLine($"{instant} {logEvent.Severity} {logEvent.Line}");
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // A full disk or a late line must not end the run: the log tells of it, it is not the run.
        }
    }

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        lock (_writer)
            _writer.Dispose();
    }
}
