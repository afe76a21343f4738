using System.Management.Automation;
using System.Management.Automation.Remoting;
using System.Management.Automation.Runspaces;
using GenieLoad.Engine.Sessions.Places;
using GenieLoad.PowerShell.Pipeline;
using Shell = System.Management.Automation.PowerShell;

namespace GenieLoad.PowerShell.Remoting;

/// <summary>
/// The way through a session: scripts run there, one after the other, off the pipeline's thread. When the session breaks, another is opened
/// as it was; the user's own stays as it is.
/// </summary>
/// <param name="session">The user's session.</param>
internal sealed class SessionLink(PSSession session) : IDisposable
{
    private Runspace? _own;

    private Runspace Current => _own ?? session.Runspace;

    /// <summary>Runs a script.</summary>
    /// <param name="script">Its text.</param>
    /// <param name="arguments">Its arguments, in order; texts, numbers, bytes and secure strings.</param>
    /// <param name="stop">Ends the wait; the script is told to stop.</param>
    /// <returns>What it wrote.</returns>
    /// <exception cref="PlaceLostException">The connection is broken.</exception>
    /// <exception cref="RuntimeException">The script failed.</exception>
    public async Task<IReadOnlyList<object>> RunAsync(string script, object?[] arguments, CancellationToken stop)
    {
        Runspace runspace = Current;
        if (runspace.RunspaceStateInfo.State != RunspaceState.Opened)
            throw Lost(runspace, null);
        Shell shell = Shell.Create();
        shell.Runspace = runspace;
        shell.AddScript(script);
        foreach (object? argument in arguments)
            shell.AddArgument(argument);
        Task<PSDataCollection<PSObject>> running;
        try
        {
            running = Task.Factory.FromAsync(shell.BeginInvoke(), shell.EndInvoke);
        }
        catch (Exception exception) when (IsOfPowerShell(exception))
        {
            shell.Dispose();
            throw Lost(runspace, exception);
        }
        // Whoever does not wait for it leaves it to end by itself: a broken connection may keep even a stop waiting.
        _ = running.ContinueWith(
            ended =>
            {
                _ = ended.Exception;
                shell.Dispose();
            }, TaskScheduler.Default);
        try
        {
            PSDataCollection<PSObject> output = await running.WaitAsync(stop).ConfigureAwait(false);
            return [.. output.Where(item => item is not null).Select(item => item.BaseObject)];
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            _ = Task.Run(() => shell.BeginStop(null, null), CancellationToken.None);
            throw;
        }
        catch (Exception exception) when (
            exception is PSRemotingTransportException
            || (IsOfPowerShell(exception) && runspace.RunspaceStateInfo.State != RunspaceState.Opened))
        {
            throw Lost(runspace, exception);
        }
    }

    /// <summary>Opens the connection again.</summary>
    /// <param name="stop">Ends the wait.</param>
    /// <exception cref="PlaceLostException">It cannot be opened.</exception>
    public async Task ReopenAsync(CancellationToken stop)
    {
        Close(_own);
        _own = null;
        Runspace opened;
        try
        {
            opened = RunspaceFactory.CreateRunspace(session.Runspace.OriginalConnectionInfo);
        }
        catch (Exception exception) when (IsOfPowerShell(exception) || exception is NullReferenceException)
        {
            throw new PlaceLostException("a session of this kind cannot be opened again.", exception);
        }
        TaskCompletionSource<RunspaceStateInfo> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        opened.StateChanged += (_, change) =>
        {
            if (change.RunspaceStateInfo.State is not (RunspaceState.Opening or RunspaceState.BeforeOpen))
                done.TrySetResult(change.RunspaceStateInfo);
        };
        try
        {
            // Some transports do a part of it on the caller's thread.
            await Task.Run(opened.OpenAsync, stop).WaitAsync(stop).ConfigureAwait(false);
            RunspaceStateInfo state = await done.Task.WaitAsync(stop).ConfigureAwait(false);
            if (state.State != RunspaceState.Opened)
                throw Lost(opened, state.Reason);
            _own = opened;
        }
        catch (Exception exception) when (exception is not PlaceLostException && IsOfPowerShell(exception))
        {
            throw Lost(opened, exception);
        }
        finally
        {
            if (_own != opened)
                Close(opened);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Close(_own);

    private static void Close(Runspace? runspace)
    {
        // A broken one may take its time.
        if (runspace is not null)
            _ = Task.Run(runspace.Dispose);
    }

    private static bool IsOfPowerShell(Exception exception) => ErrorRecords.BelongsToPowerShell(exception);

    private static PlaceLostException Lost(Runspace runspace, Exception? exception)
    {
        exception ??= runspace.RunspaceStateInfo.Reason;
        string text = ShownText.Line(exception?.Message ?? $"the session is {runspace.RunspaceStateInfo.State}.");
        return new PlaceLostException(text.EndsWith('.') ? text : $"{text}.", exception);
    }
}
