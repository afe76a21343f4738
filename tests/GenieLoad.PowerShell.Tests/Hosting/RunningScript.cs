using System.Management.Automation;
using Shell = System.Management.Automation.PowerShell;

namespace GenieLoad.PowerShell.Tests.Hosting;

/// <summary>A script on its way; can be stopped as by Ctrl+C.</summary>
public sealed class RunningScript : IDisposable
{
    private readonly PowerShellSession _session;
    private readonly Shell _shell;
    private readonly PSDataCollection<PSObject> _output = [];
    private readonly IAsyncResult _invocation;

    internal RunningScript(PowerShellSession session, string script)
    {
        _session = session;
        session.Host.Console.TakeText();
        _shell = Shell.Create(session.Runspace);
        _shell.AddScript(script);
        _invocation = _shell.BeginInvoke<PSObject, PSObject>(null, _output);
    }

    /// <summary>Stops the script as Ctrl+C does; returns when it has stopped.</summary>
    public void Stop() => _shell.Stop();

    /// <summary>Waits for the end.</summary>
    /// <returns>What was written.</returns>
    public ScriptOutcome Finish()
    {
        RuntimeException? terminatedBy = null;
        try
        {
            _shell.EndInvoke(_invocation);
        }
        catch (RuntimeException exception)
        {
            terminatedBy = exception;
        }

        List<ErrorRecord> errors = [.. _shell.Streams.Error];
        if (terminatedBy is not (null or PipelineStoppedException))
            errors.Add(terminatedBy.ErrorRecord);
        return new ScriptOutcome
        {
            Output = [.. _output.Select(value => value.BaseObject is PSCustomObject ? value : value.BaseObject)],
            Errors = errors,
            Warnings = [.. _shell.Streams.Warning.Select(line => line.Message)],
            Verbose = [.. _shell.Streams.Verbose.Select(line => line.Message)],
            Debug = [.. _shell.Streams.Debug.Select(line => line.Message)],
            Information = [.. _shell.Streams.Information.Select(line => line.ToString())],
            Progress = [.. _shell.Streams.Progress],
            Text = _session.Host.Console.TakeText().ReplaceLineEndings("\n"),
            TerminatedBy = terminatedBy,
            State = _shell.InvocationStateInfo.State,
        };
    }

    public void Dispose()
    {
        _shell.Dispose();
        _output.Dispose();
    }
}
