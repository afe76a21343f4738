using System.Globalization;
using Microsoft.Extensions.Logging;

namespace GenieLoad.Engine.Running;

/// <summary>Writes the log to a file: one line an event, with a UTC instant. Appends to a file that is there.</summary>
public sealed class LogFile : ILoggerProvider
{
    private readonly StreamWriter _writer;
    private readonly TimeProvider _time;

    private LogFile(StreamWriter writer, TimeProvider time)
    {
        _writer = writer;
        _time = time;
    }

    /// <summary>Opens the file, before anything is asked.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="time">Clock of the instants.</param>
    /// <exception cref="Model.GenieLoadException"><c>LogNotWritable</c>.</exception>
    public static LogFile Open(string path, TimeProvider time)
    {
        try
        {
            var stream = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
            return new LogFile(new StreamWriter(stream) { AutoFlush = true, NewLine = "\n" }, time);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw RunningErrors.LogNotWritable(path, e);
        }
    }

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new Line(this);

    /// <summary>Closes the file.</summary>
    public void Dispose() => _writer.Dispose();

    private void Write(LogLevel level, string text)
    {
        string instant = _time.GetUtcNow().UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
        lock (_writer)
            _writer.WriteLine($"{instant} {level.ToString().ToUpperInvariant()} {text.ReplaceLineEndings(" ")}");
    }

    private sealed class Line(LogFile file) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Debug;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
                file.Write(logLevel, formatter(state, exception));
        }
    }
}
