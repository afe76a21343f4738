using System.Collections.Concurrent;
using GenieLoad.Engine.Figures;
using GenieLoad.Engine.Running;
using GenieLoad.Engine.Runs;
using GenieLoad.Model;

namespace GenieLoad.Engine.Live.Terminal;

/// <summary>
/// A test on the whole terminal while it runs, with keys that change it. The terminal is as it was once the test is over.
/// </summary>
public sealed class LiveView : IRunCompanion, IDisposable
{
    private static readonly TimeSpan BetweenKeys = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan BetweenFrames = TimeSpan.FromMilliseconds(500);

    private readonly object _gate = new();
    private readonly LiveViewOptions _options;
    private readonly ILiveTerminal _terminal;
    private readonly TimeProvider _time;
    private readonly ScreenPainter _painter;
    private readonly ConcurrentQueue<QuestionResult> _rows = new();
    private readonly LiveKeys _keys;
    private RunProgress? _progress;
    private LiveFigures? _figures;
    private LiveFrame? _frame;
    private ITimer? _timer;
    private long _drawnAt;
    private RunBeginning? _run;
    private Action<string>? _warn;
    private volatile string? _pinned;
    private Task? _taken;
    private bool _isEnded;

    /// <summary>A view of one test; nothing is shown before that begins.</summary>
    /// <param name="terminal">Where it is shown.</param>
    /// <param name="options">How, and what belongs to the test.</param>
    /// <param name="time">Clock of frames and keys, which is not that of the test.</param>
    public LiveView(ILiveTerminal terminal, LiveViewOptions options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        _terminal = terminal;
        _options = options;
        _time = time;
        _painter = new ScreenPainter(terminal);
        _keys = new LiveKeys(options.Rule, time);
    }

    /// <summary>Whether a terminal is large enough.</summary>
    /// <param name="terminal">The terminal.</param>
    public static bool Fits(ILiveTerminal terminal)
    {
        ArgumentNullException.ThrowIfNull(terminal);
        return terminal.Width >= LiveFrame.LeastWidth && terminal.Height >= LiveFrame.LeastHeight;
    }

    /// <inheritdoc/>
    public void OnBegin(RunBeginning run, Action<string> warn)
    {
        ArgumentNullException.ThrowIfNull(run);
        (_run, _warn) = (run, warn);
        _figures = new LiveFigures(run.Plan);
        _frame = new LiveFrame(_figures, run.Budget, _options.Style);
        _keys.Begin(new RunFolder(run.RunPath));
        AppDomain.CurrentDomain.ProcessExit += Exit;
        // On another thread: the terminal may take its time, and earlier rows are on the disk.
        _timer = _time.CreateTimer(_ => Tick(), null, TimeSpan.Zero, BetweenKeys);
    }

    /// <inheritdoc/>
    public void OnFinished(QuestionResult result) => _rows.Enqueue(result);

    /// <inheritdoc/>
    public void OnProgress(RunProgress progress) => Volatile.Write(ref _progress, progress);

    /// <summary>Tells the user something while the view covers the terminal.</summary>
    /// <param name="text">What.</param>
    public void Tell(string text) => _keys.Say(text);

    /// <summary>Shows the address of something else that shows the run, for as long as the view is there.</summary>
    /// <param name="line">One line of ours.</param>
    public void Pin(string line) => _pinned = line;

    /// <summary>Gives the terminal back: what follows shows its own progress, and there is nothing more to stop or to change.</summary>
    public async Task OnLoadEndedAsync()
    {
        try
        {
            if (_timer is not null)
                await _timer.DisposeAsync().ConfigureAwait(false);
            await _keys.DisposeAsync().ConfigureAwait(false);
        }
        finally
        {
            Dispose();
            await ReleaseAsync().ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public Task EndAsync(LoadRun? run) => OnLoadEndedAsync();

    /// <summary>Brings the terminal back, whatever the test does.</summary>
    public void Dispose()
    {
        AppDomain.CurrentDomain.ProcessExit -= Exit;
        _timer?.Dispose();
        lock (_gate)
        {
            _isEnded = true;
            _painter.Leave();
        }
    }

    /// <inheritdoc/>
    public override string ToString() => "the live view";

    private void Tick()
    {
        // A look that finds the one before still at work has nothing to add.
        if (!Monitor.TryEnter(_gate))
            return;
        try
        {
            if (!_isEnded)
                Look();
        }
        catch (Exception exception)
        {
            // Here, an exception would end the process, and the test with it.
            _isEnded = true;
            _painter.Leave();
            _ = ReleaseAsync();
            _warn!($"The live view has ended; the test goes on: {exception.Message}");
        }
        finally
        {
            Monitor.Exit(_gate);
        }
    }

    private Task ReleaseAsync()
    {
        Task? taken = Interlocked.Exchange(ref _taken, null);
        return taken is null ? Task.CompletedTask : _options.ReleaseScreen();
    }

    private void Look()
    {
        if (!_painter.IsOn && !TakeScreen())
            return;
        RunProgress? progress = Volatile.Read(ref _progress);
        bool isPressed = false;
        while (_painter.IsOn && _terminal.HasKeys && _terminal.ReadKey() is char key)
        {
            _keys.Press(key, progress, _figures!.RatePerMinute());
            isPressed = true;
        }
        if (_painter.IsOn && !isPressed && !_keys.HasNews && _time.GetElapsedTime(_drawnAt) < BetweenFrames)
            return;
        while (_rows.TryDequeue(out QuestionResult? row))
            _figures!.Add(row);
        if (progress is not null)
            _figures!.Take(progress);
        _painter.Show(_frame!.Draw(_terminal.Width, _terminal.Height, new LiveFoot(
            _keys.State(progress), _keys.Message(), _pinned, _terminal.HasKeys ? LiveKeys.Help : null), _time.GetLocalNow().DateTime));
        _drawnAt = _time.GetTimestamp();
    }

    /// <summary>Asks for the screen, once, and says whether it is given.</summary>
    private bool TakeScreen()
    {
        if (_taken is null)
        {
            _taken = _options.TakeScreen();
            if (_run!.EndedBefore > 0)
                AddEarlierRows();
        }
        _isEnded = _taken.IsFaulted || _taken.IsCanceled;
        return _taken.IsCompletedSuccessfully;
    }

    /// <summary>A run that was resumed has rows already.</summary>
    private void AddEarlierRows()
    {
        try
        {
            IEnumerable<QuestionResult> rows = RunReader.Read(_run!.RunPath).Results.Where(row => !UnfinishedQuestion.IsOneOf(row));
            // In the order in which they came, as those that follow.
            foreach (QuestionResult row in rows.OrderBy(row => row.CompletedOffsetSeconds))
                _figures!.Add(row, isEarlier: true);
        }
        catch (GenieLoadException failure)
        {
            _keys.Say($"What was answered before is not shown: {failure.Message}");
        }
    }

    private void Exit(object? sender, EventArgs e) => Dispose();
}
