using System.Management.Automation;

namespace GenieLoad.Host.Terminals;

/// <summary>
/// The two output streams and the progress line that shares a screen with them. Whatever is printed first wipes the progress line
/// and draws it again afterwards, so that the two never mix.
/// </summary>
internal sealed class Terminal : IDisposable
{
    /// <summary>Columns where nothing says how many there are.</summary>
    public const int DefaultWidth = 120;

    private const string EraseLine = "\r\e[K";
    private static readonly TimeSpan RedrawInterval = TimeSpan.FromMilliseconds(100);

    private readonly Lock _gate = new();
    private readonly TerminalStream _output;
    private readonly TerminalStream _error;
    private readonly TerminalStream? _progressStream;
    private readonly Func<int> _width;
    private readonly TimeProvider _time;
    private readonly ProgressLine _progress = new();
    private readonly ITimer _redraw;
    private long _drawnAt;
    private bool _isRedrawDue;
    private bool _isDrawn;
    private bool _atLineStart = true;
    private int _holds;

    /// <param name="output">Standard output.</param>
    /// <param name="error">Standard error.</param>
    /// <param name="width">Columns of the screen.</param>
    /// <param name="showProgress">Whether to draw progress where there is a screen.</param>
    /// <param name="mayAsk">Whether somebody is there to answer.</param>
    /// <param name="time">Clock for the pace of drawing.</param>
    public Terminal(TerminalStream output, TerminalStream error, Func<int> width, bool showProgress, bool mayAsk, TimeProvider time)
    {
        _output = output;
        _error = error;
        _width = width;
        _time = time;
        MayAsk = mayAsk;

        // Standard error first: it is still the screen when the output goes to a file.
        _progressStream = !showProgress ? null : error.IsScreen ? error : output.IsScreen ? output : null;
        _redraw = time.CreateTimer(_ => DrawLate(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Whether questions can be put to somebody.</summary>
    public bool MayAsk { get; }

    /// <summary>Whether a line or key is being waited for.</summary>
    public bool IsReading { get; private set; }

    /// <summary>Whether either stream shows colours.</summary>
    public bool HasColours => _output.HasColours || _error.HasColours;

    /// <summary>Columns of the screen.</summary>
    public int Width => _width();

    public static Terminal ForThisProcess(bool showProgress, bool mayAsk)
    {
        var isDumb = Environment.GetEnvironmentVariable("TERM") == "dumb";
        var noColours = !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        var outputIsScreen = !Console.IsOutputRedirected && !isDumb && WindowsConsole.EnableEscapes(isError: false);
        var errorIsScreen = !Console.IsErrorRedirected && !isDumb && WindowsConsole.EnableEscapes(isError: true);
        return new Terminal(
            new TerminalStream(Console.Out, outputIsScreen, outputIsScreen && !noColours),
            new TerminalStream(Console.Error, errorIsScreen, errorIsScreen && !noColours),
            () => Console.IsOutputRedirected || Console.WindowWidth <= 0 ? DefaultWidth : Console.WindowWidth,
            showProgress,
            mayAsk && !Console.IsInputRedirected,
            TimeProvider.System);
    }

    public void Write(string text, string colour = "") => Print(_output, _output.Paint(text, colour));

    public void WriteErrorLine(string text) => Print(_error, _error.Paint(text, "\e[91m") + "\n");

    /// <summary>A line that is about a stream other than output and errors: warnings, verbose, debug.</summary>
    public void WriteStreamLine(string text) => Print(_output, _output.Paint(text, "\e[33;1m") + "\n");

    /// <summary>A word to whoever sits at the screen; nothing in a log.</summary>
    public void Notice(string text)
    {
        if (_error.IsScreen)
            Print(_error, text + "\n");
    }

    /// <summary>Takes note of progress and draws it, at most ten times a second.</summary>
    public void ShowProgress(long source, ProgressRecord record)
    {
        if (_progressStream is null)
            return;
        lock (_gate)
        {
            _progress.Update(source, record);
            if (_progress.IsEmpty)
            {
                Erase();
                return;
            }

            var wait = RedrawInterval - _time.GetElapsedTime(_drawnAt);
            if (!_isDrawn || wait <= TimeSpan.Zero)
            {
                Draw();
            }
            else if (!_isRedrawDue)
            {
                _isRedrawDue = true;
                _redraw.Change(wait, Timeout.InfiniteTimeSpan);
            }
        }
    }

    /// <summary>Wipes the progress line until the next progress.</summary>
    public void EraseProgress()
    {
        lock (_gate)
            Erase();
    }

    /// <summary>Leaves the screen to somebody else, such as a native program, until <see cref="Resume"/>.</summary>
    public void Hold()
    {
        lock (_gate)
        {
            _holds++;
            Erase();
        }
    }

    /// <summary>Ends one <see cref="Hold"/>.</summary>
    public void Resume()
    {
        lock (_gate)
        {
            _holds--;
            Draw();
        }
    }

    /// <summary>Waits for input with the progress line out of the way.</summary>
    public T Read<T>(Func<T> read)
    {
        Hold();
        IsReading = true;
        try
        {
            return read();
        }
        finally
        {
            IsReading = false;

            // Whoever answered has pressed Enter.
            _atLineStart = true;
            Resume();
        }
    }

    public void Dispose()
    {
        _redraw.Dispose();
        EraseProgress();
    }

    private void Print(TerminalStream stream, string text)
    {
        lock (_gate)
        {
            Erase();
            stream.Write(text);
            if (stream.IsScreen && text.Length > 0)
                _atLineStart = text[^1] == '\n';
            Draw();
        }
    }

    private void DrawLate()
    {
        lock (_gate)
        {
            _isRedrawDue = false;
            Draw();
        }
    }

    private void Draw()
    {
        // Half a line stands on the screen: drawing would overwrite it.
        if (_progressStream is null || _progress.IsEmpty || _holds > 0 || !_atLineStart)
            return;
        _progressStream.Write(EraseLine + _progress.Format(_width() - 1));
        _isDrawn = true;
        _drawnAt = _time.GetTimestamp();
    }

    private void Erase()
    {
        if (!_isDrawn)
            return;
        _progressStream!.Write(EraseLine);
        _isDrawn = false;
    }
}
