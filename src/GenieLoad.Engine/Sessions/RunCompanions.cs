using GenieLoad.Engine.Running;
using GenieLoad.Model;

namespace GenieLoad.Engine.Sessions;

/// <summary>The companions of one session. One that fails is left alone from then on, with a warning; the run never hears of it.</summary>
/// <param name="companions">The companions.</param>
/// <param name="watcher">Gets the warnings.</param>
internal sealed class RunCompanions(IReadOnlyList<IRunCompanion> companions, ISessionWatcher watcher) : IAsyncDisposable
{
    private readonly object _gate = new();
    private readonly HashSet<IRunCompanion> _failed = [];
    private Task _warned = Task.CompletedTask;
    private bool _hasEnded;

    /// <summary>The watcher of the run, through which the companions see it.</summary>
    /// <param name="of">Whoever else watches it.</param>
    /// <param name="beginning">What is known of the run, given its id and its folder.</param>
    public IRunWatcher Watching(IRunWatcher of, Func<string, string, RunBeginning> beginning) =>
        companions.Count == 0 ? of : new AccompaniedRun(this, of, beginning);

    /// <summary>Tells them that no question is in flight any more.</summary>
    public Task EndLoadAsync() => AllAsync(companion => companion.OnLoadEndedAsync());

    /// <summary>Ends them, and brings their last warnings to the watcher.</summary>
    /// <param name="run">The run; <see langword="null"/> where there is none.</param>
    public async Task EndAsync(LoadRun? run)
    {
        if (_hasEnded)
            return;
        _hasEnded = true;
        // Also those that failed: a port or a connection may still be open.
        await AllAsync(companion => companion.EndAsync(run)).ConfigureAwait(false);
        await _warned.ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await EndAsync(null).ConfigureAwait(false);

    private Task AllAsync(Func<IRunCompanion, Task> act) => Task.WhenAll(companions.Select(companion => GuardAsync(companion, act)));

    private async Task GuardAsync(IRunCompanion companion, Func<IRunCompanion, Task> act)
    {
        try
        {
            await act(companion).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            Fail(companion, exception);
        }
    }

    private void Each(Action<IRunCompanion> act)
    {
        foreach (IRunCompanion companion in companions)
        {
            lock (_gate)
            {
                if (_failed.Contains(companion))
                    continue;
            }
            try
            {
                act(companion);
            }
            catch (Exception exception)
            {
                Fail(companion, exception);
            }
        }
    }

    private void Fail(IRunCompanion companion, Exception exception)
    {
        lock (_gate)
        {
            if (!_failed.Add(companion))
                return;
        }
        Warn($"The test goes on without {companion}: {exception.Message}");
    }

    private void Warn(string text)
    {
        lock (_gate)
            _warned = WarnAfterAsync(_warned, text);
    }

    private async Task WarnAfterAsync(Task before, string text)
    {
        await before.ConfigureAwait(false);
        try
        {
            await watcher.WarnAsync(text).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Whoever ran the test has left; nobody is there to be warned.
        }
    }

    /// <summary>Lets the companions see what the watcher sees, after it.</summary>
    private sealed class AccompaniedRun(RunCompanions all, IRunWatcher watcher, Func<string, string, RunBeginning> beginning) : IRunWatcher
    {
        public void OnBegin(string runId, string runPath)
        {
            watcher.OnBegin(runId, runPath);
            RunBeginning run = beginning(runId, runPath);
            all.Each(companion => companion.OnBegin(run, all.Warn));
        }

        public void OnWaiting(double seconds) => watcher.OnWaiting(seconds);

        public void OnFinished(QuestionResult result)
        {
            watcher.OnFinished(result);
            all.Each(companion => companion.OnFinished(result));
        }

        public void OnProgress(RunProgress progress)
        {
            watcher.OnProgress(progress);
            all.Each(companion => companion.OnProgress(progress));
        }

        public void OnNotKept(GenieLoadException failure) => watcher.OnNotKept(failure);
    }
}
