using GenieLoad.Engine.Figures;
using GenieLoad.Engine.Running;
using GenieLoad.Engine.Sessions;
using GenieLoad.Engine.Sessions.Evaluating;
using GenieLoad.Engine.Sessions.Places;
using GenieLoad.Model;
using GenieLoad.PowerShell.Pipeline;

namespace GenieLoad.PowerShell.LoadTests;

/// <summary>Shows a load test while it runs: its progress, and its rows where they are wanted one by one.</summary>
/// <param name="plan">What is run.</param>
internal sealed class RunDisplay(Plan plan) : ISessionWatcher
{
    private readonly object _gate = new();
    private string? _runId;
    private string? _runPath;
    private int _finished;
    private Task _rowsWritten = Task.CompletedTask;
    private GenieLoadException? _notKept;
    private bool _isComplete;
    private bool _isHistoryCutOff;
    private IReadOnlyList<string> _openEvaluations = [];

    /// <summary>Way to the pipeline.</summary>
    public ICmdletChannel? Channel { get; set; }

    /// <summary>Whether each row is written as it finishes.</summary>
    public bool StreamsRows { get; init; }

    /// <summary>Whether the run is kept in a folder of the user's choice, where its id alone does not find it.</summary>
    public bool IsInOwnFolder { get; init; }

    /// <summary>Questions that were finished before the run was resumed.</summary>
    public int FinishedBefore { get; init; }

    /// <summary>Folder of the run; <see langword="null"/> before it has begun.</summary>
    public string? RunPath => _runPath;

    /// <summary>How far the run is; <see langword="null"/> before that is known.</summary>
    public RunProgress? Progress { get; private set; }

    /// <summary>The test that runs at several places; <see langword="null"/> for one that runs here.</summary>
    public PlacedLoadTest? Placed { get; init; }

    /// <summary>
    /// Where the answers of a run that was stopped are, and what is missing; <see langword="null"/> before it began, and once it is
    /// complete.
    /// </summary>
    public string? StopNotice => (RunNotice ?? PlacesNotice, EvaluationNotice) switch
    {
        (null, null) => null,
        var (run, evaluations) => string.Join(Environment.NewLine, new[] { run, evaluations }.OfType<string>()),
    };

    private string? PlacesNotice => _runId is null && Placed?.Left is { Count: > 0 } left
        ? $"The test was left. Its shards go on, or have ended, where they are: {string.Join("; ", left)}. "
            + "To get them: Copy-Item -FromSession, then Merge-GenieRun"
        : null;

    private string? EvaluationNotice => _openEvaluations.Count == 0
        ? null
        : "These evaluations go on in the service; to get them: " + string.Join(
            "; ", _openEvaluations.Select(id => $"Invoke-GenieEvaluation -EvaluationId {id}"));

    private string? RunNotice => _isHistoryCutOff
        ? $"Load test {_runId} is over and saved in {_runPath}; not all of its statements were read. "
            + $"To read them: Get-GenieRun {Reference} | Update-GenieRun -Statement"
        : _runId is null || _isComplete
        ? null
        : $"Load test {_runId} was stopped: {FinishedBefore + _finished} of {plan.QuestionCount} questions are finished "
            + $"and saved in {_runPath}. "
          + (Placed is null ? $"To continue: Resume-GenieLoadTest {Reference}. " : "") + $"To see the results: Get-GenieRun {Reference}";

    private string Reference => IsInOwnFolder ? $"-Path '{_runPath!.Replace("'", "''", StringComparison.Ordinal)}'" : $"-RunId {_runId}";

    /// <inheritdoc/>
    public void OnNotKept(GenieLoadException failure) => _notKept = failure;

    /// <inheritdoc/>
    public async Task OnRunAsync(LoadRun run)
    {
        // What ends the pipeline from here on (Select-Object -First 1) has not stopped the test.
        _isComplete = run.State == RunState.Completed;
        if (Placed is not null)
        {
            // Of the shards it heard nothing.
            (_runId, _runPath, _finished) = (run.RunId, run.RunPath, run.Results.Count(row => !UnfinishedQuestion.IsUnasked(row)));
        }
        await _rowsWritten.ConfigureAwait(false);
        if (!StreamsRows)
            await Channel!.WriteAsync(run).ConfigureAwait(false);
        if (_notKept is not null)
            await ErrorAsync(_notKept).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task WarnAsync(string text) => Channel!.WriteWarningAsync(text).AsTask();

    /// <inheritdoc/>
    public Task ErrorAsync(GenieLoadException failure) => Channel!.WriteErrorAsync(failure).AsTask();

    /// <inheritdoc/>
    public void OnBegin(string runId, string runPath)
    {
        _runId = runId;
        _runPath = runPath;
    }

    /// <inheritdoc/>
    public void OnWaiting(double seconds) => Channel!.Report(new ProgressLine(
        $"Load test {plan.Name}", FormattableString.Invariant($"Starts in {TimeSpan.FromSeconds(Math.Ceiling(seconds)):g}"), 0));

    /// <inheritdoc/>
    public void OnFinished(QuestionResult result)
    {
        lock (_gate)
        {
            _finished += result.Outcome == Outcome.Interrupted ? 0 : 1;
            // In the order in which they finish, and never faster than the pipeline takes them.
            if (StreamsRows)
                _rowsWritten = WriteAfterAsync(_rowsWritten, result);
        }
    }

    /// <inheritdoc/>
    public void OnExpectedAnswers(int done, int count) => Channel!.Report(new ProgressLine(
        $"Load test {plan.Name}", FormattableString.Invariant($"Expected SQL: {done} of {count} statements"), 100 * done / count));

    /// <inheritdoc/>
    public void OnProgress(RunProgress progress)
    {
        Progress = progress;
        Channel!.Report(new ProgressLine(
            $"Load test {plan.Name}", RunProgressText.Format(progress), progress.Percent,
            progress.RemainingSeconds is double seconds ? (int)Math.Ceiling(seconds) : -1));
    }

    /// <inheritdoc/>
    public void OnPlaces(PlacesProgress progress) =>
        Channel!.Report(new ProgressLine($"Load test {plan.Name}", $"{progress}", progress.Percent));

    /// <inheritdoc/>
    public void OnStatements(int known, int wanted) => Channel!.Report(new ProgressLine(
        $"Load test {plan.Name}", $"{known} of {wanted} statements known", 100 * known / Math.Max(1, wanted)));

    /// <inheritdoc/>
    public void OnEvaluation(EvaluationProgress progress) => Channel!.Report(new ProgressLine(
        $"Load test {plan.Name}", $"Evaluation {progress.When}: {progress}", progress.Percent));

    /// <inheritdoc/>
    public void OnEvaluationsCutOff(IReadOnlyList<string> evaluationIds) => _openEvaluations = evaluationIds;

    /// <inheritdoc/>
    public void OnStatementsCutOff() => _isHistoryCutOff = true;

    private async Task WriteAfterAsync(Task previous, QuestionResult result)
    {
        await previous.ConfigureAwait(false);
        await Channel!.WriteAsync(result).ConfigureAwait(false);
    }
}
