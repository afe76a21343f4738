using System.Management.Automation;
using GenieLoad.Engine.Logging;
using GenieLoad.PowerShell.LoadTests;

namespace GenieLoad.PowerShell.Pipeline;

/// <summary>A load test in the background of this session: a PowerShell job whose output are live objects.</summary>
internal sealed class LoadTestJob : Job, ICmdletChannel, ILogSink
{
    private const int ActivityId = 1;

    private readonly CancellationTokenSource _stop = new();
    private readonly ManualResetEventSlim _ended = new();
    private readonly LoadTestWork _work;
    private readonly bool _verbose;
    private readonly bool _debug;
    private string _status = "";
    private volatile bool _isOver;

    /// <summary>Sets up a job; <see cref="Start"/> starts it.</summary>
    /// <param name="command">What the user typed.</param>
    /// <param name="name">Name of the job.</param>
    /// <param name="work">The load test.</param>
    /// <param name="verbose">Whether the verbose stream is wanted.</param>
    /// <param name="debug">Whether the debug stream is wanted.</param>
    public LoadTestJob(string command, string name, LoadTestWork work, bool verbose, bool debug)
        : base(command, name)
    {
        PSJobTypeName = "GenieLoadTest";
        _work = work;
        _verbose = verbose;
        _debug = debug;
    }

    /// <inheritdoc/>
    public override bool HasMoreData =>
        Output.Count > 0 || Error.Count > 0 || Warning.Count > 0 || Verbose.Count > 0 || Debug.Count > 0 || Information.Count > 0;

    /// <inheritdoc/>
    public override string Location => "localhost";

    /// <summary>How far the test is.</summary>
    public override string StatusMessage => _status;

    /// <summary>Folder of its run; <see langword="null"/> before that has begun.</summary>
    public string? RunPath => _work.RunPath;

    /// <summary>Questions that it asks; 0 before that is known.</summary>
    public int PlannedCount => _work.Progress?.Planned ?? 0;

    /// <summary>Questions that were answered in full.</summary>
    public int SucceededCount => _work.Progress?.Succeeded ?? 0;

    /// <summary>Questions that came to another end.</summary>
    public int FailedCount => _work.Progress is { } progress ? progress.Failed + progress.LeftOut : 0;

    /// <summary>Questions that are asked and not at their end.</summary>
    public int InFlightCount => _work.Progress?.InFlight ?? 0;

    /// <summary>Address of its dashboard, which opens once; <see langword="null"/> without one.</summary>
    public Uri? DashboardUri { get; init; }

    /// <inheritdoc/>
    public ILogSink Log => this;

    /// <summary>Starts the work on other threads.</summary>
    public void Start()
    {
        SetJobState(JobState.Running);
        _ = Task.Run(RunAsync);
    }

    /// <summary>
    /// Ends the test early, with its grace for questions in flight, and returns once it is over: then the job can be removed.
    /// </summary>
    public override void StopJob()
    {
        if (_ended.IsSet)
            return;
        SetJobState(JobState.Stopping);
        _stop.Cancel();
        _ended.Wait(_work.LongestStop);
    }

    /// <inheritdoc/>
    public ValueTask WriteAsync(object value)
    {
        Output.Add(PSObject.AsPSObject(value));
        return default;
    }

    /// <inheritdoc/>
    public ValueTask WriteErrorAsync(Exception exception)
    {
        Error.Add(ErrorRecords.From(exception));
        return default;
    }

    /// <inheritdoc/>
    public ValueTask WriteWarningAsync(string text)
    {
        Warning.Add(new WarningRecord(ShownText.Of(text)));
        return default;
    }

    /// <inheritdoc/>
    public void Report(ProgressLine line)
    {
        _status = ShownText.Line(line.Status);
        // Who looks wants to see where it is, not where it has been.
        Progress.Clear();
        Progress.Add(new ProgressRecord(ActivityId, ShownText.Line(line.Activity), ShownText.Line(line.Status))
        {
            PercentComplete = Math.Clamp(line.PercentComplete, -1, 100),
            SecondsRemaining = Math.Max(line.SecondsRemaining, -1),
        });
    }

    /// <inheritdoc/>
    /// <remarks>What a job says is in its streams, and nothing of it on a terminal.</remarks>
    public ValueTask HoldAsync(Action<string> tell) => default;

    /// <inheritdoc/>
    public ValueTask ReleaseAsync() => default;

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
        switch (logEvent.Severity)
        {
            case LogSeverity.Debug:
                Debug.Add(new DebugRecord(logEvent.Line));
                break;
            case LogSeverity.Information:
                Verbose.Add(new VerboseRecord(logEvent.Line));
                break;
            default:
                Warning.Add(new WarningRecord(logEvent.Line));
                break;
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            if (!_isOver)
                StopJob();
            _stop.Dispose();
        }
        base.Dispose(disposing);
    }

    private async Task RunAsync()
    {
        JobState state = JobState.Completed;
        try
        {
            await _work.CarryOutAsync(this, _stop.Token).ConfigureAwait(false);
            if (_stop.IsCancellationRequested)
                state = JobState.Stopped;
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            state = JobState.Stopped;
        }
        catch (Exception e)
        {
            Error.Add(ErrorRecords.From(e));
            state = JobState.Failed;
        }
        finally
        {
            _work.Dispose();
        }
        _status = "";
        Progress.Clear();
        // Whoever waits for this state may remove the job at once, on this thread.
        _isOver = true;
        SetJobState(state);
        _ended.Set();
    }
}
