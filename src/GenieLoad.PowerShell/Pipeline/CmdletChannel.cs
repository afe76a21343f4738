using System.Management.Automation;
using System.Threading.Channels;
using GenieLoad.Engine.Logging;

namespace GenieLoad.PowerShell.Pipeline;

/// <summary>
/// One bounded queue of things to do on the pipeline thread. Any thread adds; <see cref="Pump"/>, on the pipeline thread, does them.
/// </summary>
/// <param name="cmdlet">The cmdlet that writes.</param>
/// <param name="stop">Ends waits for room in the queue.</param>
internal sealed class CmdletChannel(GenieCmdlet cmdlet, CancellationToken stop) : ICmdletChannel, ILogSink
{
    private const int Capacity = 1024;
    private const int MostHeld = 10_000;
    private static readonly AsyncLocal<CmdletChannel?> Flowing = new();
    private const int ActivityId = 1;

    // What is shown, apart from what is only done.
    private readonly Channel<(Action Do, bool IsShown)> _queue =
        Channel.CreateBounded<(Action, bool)>(new BoundedChannelOptions(Capacity) { SingleReader = true });
    private readonly bool _debug = cmdlet.Shows("Debug");
    private readonly bool _verbose = cmdlet.Shows("Verbose");
    private ProgressLine? _latest;
    private string? _shownActivity;
    private long _lostLines;
    // On the pipeline thread: what is shown later; null as long as nothing is held back.
    private Queue<Action>? _held;
    private Action<string>? _toldMeanwhile;

    /// <summary>
    /// The channel of the cmdlet whose work this is, wherever it has got to; <see langword="null"/> outside of any. For what outlives a
    /// cmdlet, such as a connection, and still needs the pipeline thread of the one that is using it.
    /// </summary>
    public static CmdletChannel? Current
    {
        get => Flowing.Value;
        set => Flowing.Value = value;
    }

    /// <inheritdoc/>
    public ILogSink Log => this;

    /// <summary>Does something on the pipeline thread and brings back what came of it.</summary>
    /// <typeparam name="T">What comes of it.</typeparam>
    /// <param name="function">What to do.</param>
    /// <param name="cancellationToken">Ends the wait; what has begun goes on.</param>
    public async Task<T> InvokeAsync<T>(Func<T> function, CancellationToken cancellationToken)
    {
        // Who waits goes on elsewhere: the pipeline thread has the queue to do.
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, stop);
        await _queue.Writer.WriteAsync((() => Complete(done, function), false), either.Token).ConfigureAwait(false);
        return await done.Task.WaitAsync(either.Token).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public ValueTask WriteAsync(object value) => _queue.Writer.WriteAsync((() => cmdlet.WriteObject(value), true), stop);

    /// <inheritdoc/>
    public ValueTask WriteErrorAsync(Exception exception) =>
        _queue.Writer.WriteAsync((() => cmdlet.WriteError(ErrorRecords.From(exception)), true), stop);

    /// <inheritdoc/>
    public ValueTask WriteWarningAsync(string text)
    {
        Volatile.Read(ref _toldMeanwhile)?.Invoke(text);
        return _queue.Writer.WriteAsync((() => cmdlet.WriteWarning(text), true), stop);
    }

    /// <inheritdoc/>
    public ValueTask HoldAsync(Action<string> tell)
    {
        Volatile.Write(ref _toldMeanwhile, tell);
        return new ValueTask(InvokeAsync(
            () =>
            {
                EndProgress();
                _held ??= new Queue<Action>();
                return true;
            }, stop));
    }

    /// <inheritdoc/>
    public ValueTask ReleaseAsync()
    {
        Volatile.Write(ref _toldMeanwhile, null);
        return _queue.Writer.WriteAsync((Release, false), stop);
    }

    /// <inheritdoc/>
    public void Report(ProgressLine line)
    {
        // The empty action only wakes the pump. When the queue is full the pump is awake anyway, and draws after each action.
        if (Interlocked.Exchange(ref _latest, line) is null)
            _queue.Writer.TryWrite((static () => { }, false));
    }

    /// <inheritdoc/>
    public bool IsEnabled(LogSeverity severity) => severity switch
    {
        LogSeverity.Debug => _debug,
        LogSeverity.Information => _verbose,
        _ => true,
    };

    /// <inheritdoc/>
    public void Write(LogEvent logEvent)
    {
        if (IsToldAtOnce(logEvent))
            Volatile.Read(ref _toldMeanwhile)?.Invoke(logEvent.Line);
        if (!_queue.Writer.TryWrite((() => ShowLine(logEvent), false)))
            Interlocked.Increment(ref _lostLines);
    }

    /// <summary>Says that nothing more will be added.</summary>
    public void Complete() => _queue.Writer.TryComplete();

    /// <summary>Does what is queued, on the pipeline thread, until <see cref="Complete"/> and the queue is empty.</summary>
    /// <param name="abandon">Ends the wait although nobody has said that it is complete.</param>
    /// <exception cref="OperationCanceledException">The wait was ended by <paramref name="abandon"/>.</exception>
    public void Pump(CancellationToken abandon)
    {
        while (_queue.Reader.WaitToReadAsync(abandon).AsTask().GetAwaiter().GetResult())
        {
            while (_queue.Reader.TryRead(out (Action Do, bool IsShown) item))
            {
                if (item.IsShown && _held is not null)
                    _held.Enqueue(item.Do);
                else
                    item.Do();
                Draw();
            }
        }
        Release();
        if (Interlocked.Read(ref _lostLines) is > 0 and long lost)
            cmdlet.WriteWarning($"{lost} log lines are not shown because they came faster than the pipeline could show them.");
    }

    /// <summary>Takes the progress line off the screen, if there is one.</summary>
    public void EndProgress()
    {
        if (_shownActivity is null)
            return;
        ProgressRecord end = new(ActivityId, _shownActivity, "Done") { RecordType = ProgressRecordType.Completed };
        _shownActivity = null;
        cmdlet.WriteProgress(end);
    }

    private static void Complete<T>(TaskCompletionSource<T> done, Func<T> function)
    {
        try
        {
            done.SetResult(function());
        }
        catch (PipelineStoppedException)
        {
            done.SetCanceled();
            throw;
        }
        catch (Exception e)
        {
            done.SetException(e);
        }
    }

    private static bool IsToldAtOnce(LogEvent logEvent) => logEvent.Severity is not (LogSeverity.Debug or LogSeverity.Information);

    private void ShowLine(LogEvent logEvent)
    {
        if (_held is null)
            cmdlet.WriteLog(logEvent);
        else if (_held.Count < MostHeld || IsToldAtOnce(logEvent))
            _held.Enqueue(() => cmdlet.WriteLog(logEvent));
        else
            Interlocked.Increment(ref _lostLines);
    }

    private void Release()
    {
        Queue<Action>? held = _held;
        if (held is null)
            return;
        _held = null;
        // What was going on meanwhile is over.
        Interlocked.Exchange(ref _latest, null);
        while (held.TryDequeue(out Action? shown))
            shown();
    }

    private void Draw()
    {
        if (_held is not null)
            return;
        if (Interlocked.Exchange(ref _latest, null) is not { } line)
            return;
        _shownActivity = ShownText.Line(line.Activity);
        cmdlet.WriteProgress(new ProgressRecord(ActivityId, ShownText.Line(line.Activity), ShownText.Line(line.Status))
        {
            PercentComplete = Math.Clamp(line.PercentComplete, -1, 100),
            SecondsRemaining = Math.Max(line.SecondsRemaining, -1),
        });
    }
}
