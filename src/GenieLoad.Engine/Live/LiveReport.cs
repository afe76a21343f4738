using GenieLoad.Engine.Runs;
using GenieLoad.Model;

namespace GenieLoad.Engine.Live;

/// <summary>
/// The page of a run that is still going on, or of one that has ended: read from its folder when somebody looks at it, and only as often
/// as costs little. Never on the thread of the run's waits.
/// </summary>
/// <param name="limits">How often.</param>
/// <param name="time">Clock.</param>
internal sealed class LiveReport(LiveLimits limits, TimeProvider time) : IDisposable
{
    private readonly object _gate = new();
    private readonly SemaphoreSlim _drawing = new(1, 1);
    private LivePage _page = LivePage.Waiting("The test has not begun", "Its connections are being checked.");
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string? _path;
    private string? _stamp;
    private long _nextAt = time.GetTimestamp();
    private bool _isFinal;

    /// <summary>Told when the run cannot be shown.</summary>
    public Action<string>? Warn { get; set; }

    /// <summary>Called after each drawing; for tests.</summary>
    public Action? WhenDrawn { get; init; }

    /// <summary>How often the page was drawn.</summary>
    public int DrawCount { get; private set; }

    /// <summary>Follows a run from now on.</summary>
    /// <param name="runPath">Its folder.</param>
    public void Follow(string runPath)
    {
        lock (_gate)
            _path = runPath;
    }

    /// <summary>The page as it is to be shown now: drawn again where the run has changed and it is time.</summary>
    public async Task<LivePage> CurrentAsync()
    {
        await _drawing.WaitAsync().ConfigureAwait(false);
        try
        {
            await DrawIfDueAsync().ConfigureAwait(false);
            lock (_gate)
                return _page;
        }
        finally
        {
            _drawing.Release();
        }
    }

    /// <summary>Waits for a page after another.</summary>
    /// <param name="version">The other's version.</param>
    /// <param name="most">Longest time to wait.</param>
    /// <param name="stop">Ends the wait.</param>
    /// <returns>The page, and whether no other follows; <see langword="null"/> where nothing came in time.</returns>
    public async Task<(LivePage Page, bool IsFinal)?> NextAsync(int version, TimeSpan most, CancellationToken stop)
    {
        Task changed;
        lock (_gate)
        {
            if (_page.Version > version || _isFinal)
                return (_page, _isFinal);
            changed = _changed.Task;
        }

        try
        {
            await changed.WaitAsync(most, time, stop).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            return null;
        }

        lock (_gate)
            return (_page, _isFinal);
    }

    /// <summary>Draws the last page.</summary>
    /// <param name="run">The run as it ended; <see langword="null"/> for what its folder says.</param>
    public async Task FinishAsync(LoadRun? run)
    {
        await _drawing.WaitAsync().ConfigureAwait(false);
        try
        {
            await DrawAsync(run).ConfigureAwait(false);
        }
        finally
        {
            _drawing.Release();
            lock (_gate)
                _isFinal = true;
            Changed();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _drawing.Dispose();

    private async Task DrawIfDueAsync()
    {
        string? path;
        lock (_gate)
            path = _isFinal ? null : _path;
        if (path is null || time.GetTimestamp() < _nextAt)
            return;
        string stamp = RunStamp.Of(new RunFolder(path));
        if (stamp == _stamp)
            return;
        long from = time.GetTimestamp();
        await DrawAsync(null).ConfigureAwait(false);
        WhenDrawn?.Invoke();
        _stamp = stamp;
        TimeSpan rest = limits.Rest * time.GetElapsedTime(from);
        _nextAt = time.GetTimestamp() + (long)((rest > limits.Interval ? rest : limits.Interval).TotalSeconds * time.TimestampFrequency);
    }

    private async Task DrawAsync(LoadRun? run)
    {
        DrawCount++;
        try
        {
            string? path;
            LivePage before;
            lock (_gate)
                (path, before) = (_path, _page);
            if (run is null && path is null)
                return;
            LivePage page = await Task.Run(() => LivePage.Of(run ?? RunReader.Read(path!), before)).ConfigureAwait(false);
            lock (_gate)
                _page = page;
            Changed();
        }
        catch (Exception exception)
        {
            // Whatever it is: what is shown stays, and the next look may find more.
            Action<string>? warn = Warn;
            Warn = null;
            warn?.Invoke($"The dashboard cannot show the run: {exception.Message}");
        }
    }

    private void Changed()
    {
        TaskCompletionSource changed;
        lock (_gate)
        {
            changed = _changed;
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
        changed.SetResult();
    }
}
