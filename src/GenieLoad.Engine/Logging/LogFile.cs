using System.Globalization;
using System.Threading.Channels;

namespace GenieLoad.Engine.Logging;

/// <summary>Writes the log to a file: one line an event, with a UTC instant. Appends to a file that is there.</summary>
/// <remarks>
/// Whoever logs waits for no disk: a writer in the background brings the lines to the file, the last ones before it is closed.
/// </remarks>
public sealed class LogFile : ILogSink, IDisposable
{
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>(new UnboundedChannelOptions { SingleReader = true });
    private readonly StreamWriter _file;
    private readonly Task _writer;

    /// <summary>Writes to a stream, which it closes.</summary>
    internal LogFile(Stream stream)
    {
        _file = new StreamWriter(stream) { AutoFlush = true, NewLine = "\n" };
        _writer = Task.Run(WriteLinesAsync);
    }

    /// <summary>Opens the file, before anything is asked.</summary>
    /// <param name="path">Its path.</param>
    /// <exception cref="Model.GenieLoadException"><c>LogNotWritable</c>.</exception>
    public static LogFile Open(string path)
    {
        try
        {
            return new LogFile(new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete));
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
        // A line that comes after the end is none of the run's.
        _lines.Writer.TryWrite($"{instant} {logEvent.Severity} {logEvent.Line}");
    }

    /// <summary>Writes what is left and closes the file.</summary>
    public void Dispose()
    {
        _lines.Writer.TryComplete();
        _writer.GetAwaiter().GetResult();
    }

    private async Task WriteLinesAsync()
    {
        await foreach (string line in _lines.Reader.ReadAllAsync().ConfigureAwait(false))
            Try(() => _file.WriteLine(line));
        Try(_file.Dispose);
    }

    /// <summary>A full disk must not end the run: the log tells of it, it is not the run.</summary>
    private static void Try(Action write)
    {
        try
        {
            write();
        }
        catch (IOException)
        {
        }
    }
}
