using GenieLoad.Engine.Figures;
using GenieLoad.Engine.Running;
using GenieLoad.Engine.Runs;
using GenieLoad.Model;

namespace GenieLoad.Engine.Sessions.Evaluating;

/// <summary>
/// The evaluations of one load test: before the first question, from the middle of the load on, and after the last answer. Nothing that
/// goes wrong with them touches the test: it is a warning, and what is known of them is kept with the run.
/// </summary>
internal sealed class RunEvaluations : IAsyncDisposable
{
    private readonly IReadOnlyList<string> _times;
    private readonly RunTarget[] _spaces;
    private readonly EvaluationRequest _request;
    private readonly bool _excludesText;
    private readonly ISessionWatcher _watcher;
    private readonly TimeProvider _time;
    private readonly MiddleOfLoad _middle;
    private readonly CancellationTokenSource _stop;
    private readonly CancellationTokenSource _loadIsOver = new();
    private readonly object _gate = new();
    private readonly List<Evaluation> _made = [];
    private readonly List<string> _warnings = [];
    private readonly HashSet<string> _open = new(StringComparer.Ordinal);
    private RunFolder? _folder;
    private Task<Running[]>? _during;
    private long _loadBegan;
    private long _loadEnded;
    private bool _showsDuring;

    /// <param name="options">What is wanted.</param>
    /// <param name="targets">The spaces of the test; each is evaluated once.</param>
    /// <param name="plan">What the test asks.</param>
    /// <param name="watcher">Hears how far an evaluation is, while nothing else goes on.</param>
    /// <param name="stop">Stops waiting for evaluations; they go on in the service.</param>
    public RunEvaluations(
        SessionOptions options, IReadOnlyList<RunTarget> targets, Plan plan, ISessionWatcher watcher, CancellationToken stop)
    {
        _times = options.Evaluations;
        _request = options.Evaluation;
        _excludesText = options.Run.ExcludeText;
        _spaces = [.. targets.DistinctBy(target => (target.Connection.WorkspaceUrl, target.Connection.SpaceId))];
        _watcher = watcher;
        _time = targets[0].Client.Time;
        _middle = new MiddleOfLoad(plan, options.Budget, _time);
        _stop = CancellationTokenSource.CreateLinkedTokenSource(stop);
    }

    /// <summary>What could not be evaluated, and why.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>Evaluates before the first question, where that is wanted.</summary>
    /// <exception cref="OperationCanceledException">The session was stopped.</exception>
    public async Task BeforeAsync()
    {
        if (!_times.Contains(EvaluationTime.Before))
            return;
        await MakeAsync(EvaluationTime.Before).ConfigureAwait(false);
        TellOpen();
        _stop.Token.ThrowIfCancellationRequested();
    }

    /// <summary>The watcher of the load, through which begin and middle of the load are seen.</summary>
    public IRunWatcher Watching(IRunWatcher watcher) =>
        _times.Count == 0 ? watcher : new EvaluatedLoad(watcher, Begin, _middle.Finished);

    /// <summary>The load is over.</summary>
    /// <param name="run">The run: what follows its last answer is no load.</param>
    public void EndLoad(LoadRun run)
    {
        _loadEnded = _loadBegan + (long)(run.TotalDurationSeconds * _time.TimestampFrequency);
        _loadIsOver.Cancel();
    }

    /// <summary>Waits for the evaluation during the load, and makes the one after it.</summary>
    /// <param name="run">The run.</param>
    public async Task AfterAsync(LoadRun run)
    {
        // A run that could not be kept has no folder to keep them in.
        if (run.StopCause == StopCause.Fault)
            _folder = null;
        if (_times.Contains(EvaluationTime.During))
            await EndDuringAsync().ConfigureAwait(false);
        if (_times.Contains(EvaluationTime.After) && !_stop.IsCancellationRequested)
        {
            if (run.StopCause is StopCause.Service or StopCause.Fault)
                Warn("No evaluation was made after the load, because the load was stopped early.");
            else
                await MakeAsync(EvaluationTime.After).ConfigureAwait(false);
        }
        TellOpen();
    }

    /// <summary>The run with its evaluations, also those that it had before it was resumed.</summary>
    /// <param name="run">The run.</param>
    public LoadRun AddTo(LoadRun run)
    {
        if (_made.Count > 0)
            return EvaluationAccuracy.Add(run, _made);
        try
        {
            return run.RunPath is string path ? EvaluationAccuracy.Add(run, EvaluationFile.Read(new RunFolder(path), warn: null)) : run;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return run;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _loadIsOver.Cancel();
        _stop.Cancel();
        // Nothing may use the ways to the spaces any more, which are closed next.
        if (_during is not null)
        {
            Running[] running = await _during.ConfigureAwait(false);
            await Task.WhenAll(running.Select(one => one.Watch.ContinueWith(
                static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default)))
                .ConfigureAwait(false);
        }
        _stop.Dispose();
        _loadIsOver.Dispose();
    }

    private void Begin(string runPath)
    {
        _loadBegan = _time.GetTimestamp();
        _folder = new RunFolder(runPath);
        Keep();
        if (_times.Contains(EvaluationTime.During))
            _during = StartInMiddleAsync();
    }

    private async Task<Running[]> StartInMiddleAsync() =>
        await _middle.ReachedAsync(_loadIsOver.Token).ConfigureAwait(false)
            ? await StartAsync(EvaluationTime.During).ConfigureAwait(false)
            : [];

    private async Task EndDuringAsync()
    {
        Running[] running = _during is null ? [] : await _during.ConfigureAwait(false);
        if (!_middle.IsReached)
            Warn("No evaluation was made during the load: the load was over before its middle. Use a longer test.");
        _showsDuring = true;
        foreach ((Running one, Evaluation made) in await FinishAsync(running, EvaluationTime.During).ConfigureAwait(false))
            _made.Add(made with { UnderLoadPercent = UnderLoad(one) });
        Keep();
    }

    /// <summary>The share of an evaluation's time in which the load went on, by our own clock, in percent.</summary>
    private double UnderLoad(Running one)
    {
        double whole = _time.GetElapsedTime(one.Began, one.Work.EndSeen ?? _time.GetTimestamp()).TotalSeconds;
        double loaded = _time.GetElapsedTime(Math.Max(one.Began, _loadBegan), _loadEnded).TotalSeconds;
        return whole <= 0 ? 100 : Math.Clamp(100 * loaded / whole, 0, 100);
    }

    private async Task MakeAsync(string time)
    {
        Running[] running = await StartAsync(time).ConfigureAwait(false);
        _made.AddRange((await FinishAsync(running, time).ConfigureAwait(false)).Select(one => one.Made));
        Keep();
    }

    /// <summary>Starts one for each space, and watches each; never fails.</summary>
    private async Task<Running[]> StartAsync(string time)
    {
        Running?[] started = await Task.WhenAll(_spaces.Select(space => StartAsync(space, time))).ConfigureAwait(false);
        return [.. started.OfType<Running>()];
    }

    private async Task<Running?> StartAsync(RunTarget space, string time)
    {
        var work = new EvaluationWork(space.Client, space.Connection.SpaceId, _request, time)
        {
            Progress = progress =>
            {
                // While the load goes on, its own progress is shown.
                if (time != EvaluationTime.During || _showsDuring)
                    _watcher.OnEvaluation(progress);
            },
        };
        long began = _time.GetTimestamp();
        try
        {
            await work.StartAsync(_stop.Token).ConfigureAwait(false);
            lock (_gate)
                _open.Add(work.EvaluationId!);
            return new Running(work, began, work.WatchAsync(_stop.Token));
        }
        catch (GenieLoadException e)
        {
            Warn(TroubleOf(time, e));
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Nobody waits for it.
        }
        return null;
    }

    private async Task<IReadOnlyList<(Running Running, Evaluation Made)>> FinishAsync(Running[] running, string time)
    {
        List<(Running, Evaluation)> made = [];
        foreach (Running one in running)
        {
            try
            {
                GenieLoadException? lost = await one.Watch.ConfigureAwait(false);
                EvaluationOutcome outcome = await one.Work.ReadAsync(lost, _stop.Token).ConfigureAwait(false);
                made.Add((one, _excludesText ? EvaluationGate.WithoutTexts(outcome.Evaluation) : outcome.Evaluation));
                lock (_gate)
                    _open.Remove(one.Work.EvaluationId!);
                if (outcome.Trouble is GenieLoadException trouble)
                    Warn(TroubleOf(time, trouble));
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                // It goes on in the service, and stays among the open ones.
            }
        }
        return made;
    }

    private void TellOpen()
    {
        lock (_gate)
        {
            if (_open.Count > 0)
                _watcher.OnEvaluationsCutOff([.. _open]);
        }
    }

    private static string TroubleOf(string time, GenieLoadException e) => $"Evaluation {time}: {e.Message} {e.Recommendation}";

    private void Warn(string text)
    {
        lock (_gate)
            _warnings.Add(text);
    }

    /// <summary>Writes what is known so far: whoever reads the run has it, also where this process dies.</summary>
    private void Keep()
    {
        if (_folder is null || _made.Count == 0)
            return;
        try
        {
            EvaluationFile.Write(_folder, _made);
        }
        catch (GenieLoadException e)
        {
            _folder = null;
            Warn($"The evaluations are not kept with the run: {e.Message}");
        }
    }

    private sealed record Running(EvaluationWork Work, long Began, Task<GenieLoadException?> Watch);
}
