using System.Management.Automation;
using GenieLoad.Engine.Logging;
using GenieLoad.Model;
using GenieLoad.PowerShell.Input;

namespace GenieLoad.PowerShell.Pipeline;

/// <summary>
/// What every cmdlet of GenieLoad is. A cmdlet overrides <see cref="Begin"/>, <see cref="Process"/> and <see cref="End"/> in place of
/// PowerShell's own methods; an exception that leaves one of them becomes a terminating error with a stable id. Work that
/// waits goes through <see cref="Run"/>, which stops when the pipeline stops.
/// </summary>
public abstract class GenieCmdlet : PSCmdlet, IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _abandon = new();

    /// <summary>Cancelled when the pipeline stops: Ctrl+C, or something downstream that wants no more.</summary>
    protected CancellationToken StopToken => _stop.Token;

    /// <summary>How long work that was told to stop may take to end before the pipeline goes on without it.</summary>
    private protected virtual TimeSpan LongestStop => TimeSpan.FromSeconds(10);

    /// <summary>Whether SIGTERM stops the work as Ctrl+C does, with time to end in order.</summary>
    private protected virtual bool StopsOnTermination => false;

    /// <summary>Whether a parameter was given.</summary>
    /// <param name="parameter">Its name.</param>
    private protected virtual bool Given(string parameter) => MyInvocation.BoundParameters.ContainsKey(parameter);

    /// <summary>Options as set: each property that has the name of a given parameter takes its value.</summary>
    /// <typeparam name="T">The type of the options.</typeparam>
    /// <param name="options">Options that nobody else uses yet.</param>
    private protected T WithGiven<T>(T options)
        where T : class
    {
        GivenParameters.Set(options, MyInvocation.BoundParameters);
        return options;
    }

    /// <summary>Finds the files that path parameters name.</summary>
    private protected PathResolution Paths => new(SessionState);

    /// <summary>Runs once before the first input.</summary>
    protected virtual void Begin()
    {
    }

    /// <summary>Runs for each input, or once when there is none.</summary>
    protected virtual void Process()
    {
    }

    /// <summary>Runs once after the last input.</summary>
    protected virtual void End()
    {
    }

    /// <summary>Runs work off the pipeline thread and writes what it has to say until it ends.</summary>
    /// <param name="work">The work; gets a channel to write to and a token that is cancelled when it must stop.</param>
    /// <exception cref="PipelineStoppedException">The pipeline was stopped. Nothing can be written any more.</exception>
    protected void Run(Func<ICmdletChannel, CancellationToken, Task> work)
    {
        CmdletChannel channel = new(this, StopToken);
        using IDisposable? termination = StopsOnTermination ? TerminationSignal.Watch(StopProcessing) : null;
        Task worker = Task.Run(() => CompleteAsync(work, channel));
        try
        {
            channel.Pump(_abandon.Token);
            channel.EndProgress();
        }
        catch
        {
            // PowerShell calls StopProcessing only for Ctrl+C. When something downstream ends the pipeline (Select-Object -First 1,
            // break), the only sign is the exception that came out of WriteObject.
            EndWork(worker, channel);
            throw;
        }
        try
        {
            worker.GetAwaiter().GetResult();
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Where nothing was written meanwhile, nothing has said yet that the pipeline is stopped.
            throw new PipelineStoppedException();
        }
    }

    /// <summary>Runs work that gives one thing, without anything to write on the way.</summary>
    /// <typeparam name="T">What it gives.</typeparam>
    /// <param name="work">The work.</param>
    protected T Run<T>(Func<ICmdletChannel, CancellationToken, Task<T>> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        T result = default!;
        Run(async (channel, stop) => { result = await work(channel, stop).ConfigureAwait(false); });
        return result;
    }

    /// <summary>Does something for one input; what goes wrong is a non-terminating error, and the next input has its turn.</summary>
    /// <param name="action">What to do.</param>
    protected void Attempt(Action action)
    {
        ArgumentNullException.ThrowIfNull(action);
        try
        {
            action();
        }
        catch (GenieLoadException exception)
        {
            WriteError(ErrorRecords.From(exception));
        }
    }

    /// <summary>Calls <see cref="Begin"/>.</summary>
    protected sealed override void BeginProcessing() => Guard(Begin);

    /// <summary>Calls <see cref="Process"/>.</summary>
    protected sealed override void ProcessRecord() => Guard(Process);

    /// <summary>Calls <see cref="End"/>.</summary>
    protected sealed override void EndProcessing() => Guard(End);

    /// <summary>Called by PowerShell on another thread when the pipeline is stopped; only passes it on.</summary>
    protected sealed override void StopProcessing()
    {
        _abandon.CancelAfter(LongestStop);
        _stop.Cancel();
    }

    /// <summary>Called by PowerShell when the pipeline has ended, whichever way.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees what the cmdlet holds.</summary>
    /// <param name="disposing">Always <see langword="true"/>: there is no finalizer.</param>
    protected virtual void Dispose(bool disposing)
    {
        _stop.Cancel();
        _stop.Dispose();
        _abandon.Dispose();
    }

    /// <summary>Goes on without work that was told to stop, however long it may still take.</summary>
    private protected void Abandon() => _abandon.Cancel();

    /// <summary>Whether a stream is shown: the cmdlet's own switch, or else the preference variable.</summary>
    /// <param name="stream"><c>Verbose</c> or <c>Debug</c>.</param>
    internal bool Shows(string stream)
    {
        if (MyInvocation.BoundParameters.TryGetValue(stream, out object? value) && value is SwitchParameter asked)
            return asked;
        string preference = $"{SessionState.PSVariable.GetValue(stream + "Preference")}";
        return preference.Length > 0 && preference is not (nameof(ActionPreference.SilentlyContinue) or nameof(ActionPreference.Ignore));
    }

    /// <summary>Writes a warning. Texts of the service are in many of them: none reaches the terminal as it came.</summary>
    /// <param name="text">The warning.</param>
    public new void WriteWarning(string text) => base.WriteWarning(ShownText.Of(text));

    /// <summary>Writes to the verbose stream, as <see cref="WriteWarning"/> does.</summary>
    /// <param name="text">The text.</param>
    public new void WriteVerbose(string text) => base.WriteVerbose(ShownText.Of(text));

    /// <summary>Asks whether to go on, as <see cref="WriteWarning"/> tells.</summary>
    /// <param name="target">What would be changed.</param>
    /// <param name="action">What happens to it, in one verb: the question of <c>-Confirm</c> names it.</param>
    public new bool ShouldProcess(string target, string action) => base.ShouldProcess(ShownText.Of(target), ShownText.Of(action));

    /// <summary>Asks whether to go on, as <see cref="WriteWarning"/> tells.</summary>
    /// <param name="description">What would be done.</param>
    /// <param name="question">The question.</param>
    /// <param name="caption">Its title.</param>
    public new bool ShouldProcess(string description, string question, string caption) =>
        base.ShouldProcess(ShownText.Of(description), ShownText.Of(question), ShownText.Of(caption));

    /// <summary>Writes an event of the engine to the stream of its severity. On the pipeline thread only.</summary>
    /// <param name="logEvent">The event.</param>
    internal void WriteLog(LogEvent logEvent)
    {
        string text = logEvent.Line;
        switch (logEvent.Severity)
        {
            case LogSeverity.Debug:
                WriteDebug(text);
                break;
            case LogSeverity.Information:
                WriteVerbose(text);
                break;
            default:
                WriteWarning(text);
                break;
        }
    }

    private async Task CompleteAsync(Func<ICmdletChannel, CancellationToken, Task> work, CmdletChannel channel)
    {
        CmdletChannel.Current = channel;
        try
        {
            await work(channel, StopToken).ConfigureAwait(false);
        }
        finally
        {
            channel.Complete();
        }
    }

    private void EndWork(Task worker, CmdletChannel channel)
    {
        _stop.Cancel();
        // Not Wait: what the work throws while it ends must not hide why it had to.
        Task.WaitAny([worker], LongestStop);
        _ = worker.ContinueWith(static ended => ended.Exception, TaskScheduler.Default);
        try
        {
            channel.EndProgress();
        }
        catch (PipelineStoppedException)
        {
            // After Ctrl+C nothing can be written, and the console has taken the line off itself.
        }
    }

    private void Guard(Action action)
    {
        try
        {
            action();
        }
        catch (OperationCanceledException) when (Stopping || _stop.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
        catch (Exception exception) when (!ErrorRecords.BelongsToPowerShell(exception))
        {
            ThrowTerminatingError(ErrorRecords.From(exception));
        }
    }
}
