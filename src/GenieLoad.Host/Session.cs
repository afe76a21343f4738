using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;
using GenieLoad.Host.Commands;
using GenieLoad.Host.Terminals;
using Microsoft.PowerShell;

namespace GenieLoad.Host;

/// <summary>One PowerShell session with the module imported, in which a script or a command is run.</summary>
internal sealed class Session : IDisposable
{
    // No script says this by chance.
    private const int LastStatementFailed = -1_204_551;

    private readonly Terminal _terminal;
    private readonly TerminalHost _host;
    private readonly string _manifest;
    private readonly Lock _gate = new();
    private bool _missedCommand;
    private Runspace? _runspace;
    private PowerShell? _running;
    private bool _stopped;

    public Session(Terminal terminal, string manifest)
    {
        _terminal = terminal;
        _manifest = manifest;
        _host = new TerminalHost(terminal);
    }

    /// <summary>Starts the engine and imports the module.</summary>
    /// <exception cref="StartException">The module cannot be imported.</exception>
    public void Open()
    {
        ModuleFolder.AddToSearchPath(_manifest);
        var state = InitialSessionState.CreateDefault2();
        if (OperatingSystem.IsWindows())
            state.ExecutionPolicy = ExecutionPolicy.RemoteSigned;
        state.Commands.Add(HostCommands.All);
        _runspace = RunspaceFactory.CreateRunspace(_host, state);
        _runspace.ThreadOptions = PSThreadOptions.ReuseThread;
        _runspace.Open();
        _runspace.SessionStateProxy.InvokeCommand.CommandNotFoundAction += (_, missing) => _missedCommand |= IsCmdletName(missing.CommandName);

        var import = new Command("Import-Module");
        import.Parameters.Add("Name", _manifest);
        import.Parameters.Add("ErrorAction", ActionPreference.Stop);
        if (Invoke(import) is { } problem and not PipelineStoppedException)
            throw new StartException(ExitCode.CannotStart, $"The GenieLoad module at {_manifest} cannot be imported: {problem.Message}");
    }

    /// <summary>Runs a script as <c>pwsh -File</c> does: in the global scope, its parameters bound by name and position.</summary>
    /// <returns>The exit code.</returns>
    public int RunFile(ScriptFile script, IEnumerable<string> arguments)
    {
        try
        {
            var parsed = script.Parse();
            Demand(script, parsed.ScriptRequirements);

            // As a function, not as a file: the engine keeps 'exit n' of a file to itself, that of a function reaches the host.
            _runspace!.SessionStateProxy.InvokeProvider.Item.Set("function:global:" + script.Name, parsed.GetScriptBlock());
        }
        catch (RuntimeException problem)
        {
            Report(problem.ErrorRecord);
            return ExitCode.ScriptFailed;
        }

        var command = new Command(script.Name, isScript: false, useLocalScope: false);
        foreach (var parameter in ScriptFile.ToParameters(arguments))
            command.Parameters.Add(parameter);
        return Run(command);
    }

    /// <summary>Runs text as <c>pwsh -Command</c> does.</summary>
    /// <returns>The exit code.</returns>
    public int RunCommand(string text)
    {
        Parser.ParseInput(text, out _, out var errors);
        if (errors.Length > 0)
        {
            Report(new ParseException(errors).ErrorRecord);
            return ExitCode.ScriptFailed;
        }

        // The success of the last statement is only known inside the same script; which error it was, outside.
        var exitCode = Run(new Command($"{text}\nif (-not $?) {{ exit {LastStatementFailed} }}", isScript: true, useLocalScope: false));
        return exitCode == LastStatementFailed ? ExitCode.Of(LatestError()) : exitCode;
    }

    /// <summary>Asks what is running to stop; returns at once. What has not begun yet is not begun.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            _stopped = true;
            _running?.BeginStop(null, null);
        }
    }

    public void Dispose() => _runspace?.Dispose();

    private int Run(Command command)
    {
        var problem = Invoke(command);
        if (problem is RuntimeException { ErrorRecord: { } record } and not PipelineStoppedException)
            Report(record);
        ExplainMissedCommands();
        return _host.ExitCode ?? (problem is null ? ExitCode.Success : ExitCode.Of(problem.ErrorRecord));
    }

    /// <summary>The newest of <c>$Error</c>.</summary>
    private ErrorRecord? LatestError()
    {
        var errors = _runspace!.SessionStateProxy.GetVariable("Error") as System.Collections.ArrayList;
        return errors is not { Count: > 0 } ? null : (errors[0] as PSObject)?.BaseObject as ErrorRecord ?? errors[0] as ErrorRecord
            ?? (errors[0] as RuntimeException)?.ErrorRecord;
    }

    /// <summary>Runs one command with its output and errors formatted to the terminal, in the order in which they came.</summary>
    /// <returns>The error that ended it; <see langword="null"/> at a normal end.</returns>
    private RuntimeException? Invoke(Command command)
    {
        using var shell = PowerShell.Create(_runspace!);
        command.MergeMyResults(PipelineResultTypes.Error, PipelineResultTypes.Output);
        shell.Commands.AddCommand(command).AddCommand("Out-Default");
        lock (_gate)
        {
            if (_stopped)
                return new PipelineStoppedException();
            _running = shell;
        }

        try
        {
            shell.Invoke();
            return null;
        }
        catch (RuntimeException problem)
        {
            return problem;
        }
        finally
        {
            lock (_gate)
                _running = null;
        }
    }

    /// <summary>Prints an error that ended the script the way the engine prints any other.</summary>
    private void Report(ErrorRecord record)
    {
        using var shell = PowerShell.Create(_runspace!);
        _host.Screen.PrintsErrors = true;
        shell.AddCommand("Out-Default").AddParameter("InputObject", record).Invoke();
        _host.Screen.PrintsErrors = false;
    }

    /// <summary>Meets what the script demands by <c>#Requires</c>, which the engine checks for files only.</summary>
    private void Demand(ScriptFile script, ScriptRequirements? requirements)
    {
        if (requirements?.RequiredPSVersion is { } version && version > _runspace!.Version)
            throw new RuntimeException($"{script.Name} requires PowerShell {version}; this host's engine is {_runspace.Version}.");
        if (requirements?.RequiredModules is not { Count: > 0 } modules)
            return;
        var import = new Command("Import-Module");
        import.Parameters.Add("FullyQualifiedName", modules);
        import.Parameters.Add("Global", true);
        import.Parameters.Add("ErrorAction", ActionPreference.Stop);
        if (Invoke(import) is { } problem)
            throw problem;
    }

    /// <summary>A script written for pwsh may call what this host does not have: say so, not only that it is unknown.</summary>
    private void ExplainMissedCommands()
    {
        if (_missedCommand)
        {
            _terminal.WriteErrorLine(
                "GenieLoad.Host has only some of PowerShell's commands (--help lists them). " +
                "With PowerShell 7.4 or newer installed, run the script with pwsh.");
        }
    }

    /// <summary>Verb-Noun, and not a mistyped command of ours. (The engine also looks for each unknown X as get-X.)</summary>
    private static bool IsCmdletName(string name) =>
        name.Count(letter => letter == '-') == 1 && !name.Contains("Genie", StringComparison.OrdinalIgnoreCase);
}
