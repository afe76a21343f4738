using System.Management.Automation.Runspaces;
using Shell = System.Management.Automation.PowerShell;

namespace GenieLoad.PowerShell.Tests.Hosting;

/// <summary>
/// One PowerShell session on the hosted engine, with the built module imported. The engine alone has no Utility and Management
/// cmdlets: no Select-Object, Format-Table, Get-Content.
/// </summary>
public sealed class PowerShellSession : IDisposable
{
    /// <summary>Opens a session.</summary>
    /// <param name="importModule">Whether GenieLoad is imported at once.</param>
    /// <param name="importSamples">Whether the sample cmdlets are imported too.</param>
    public PowerShellSession(bool importModule = true, bool importSamples = false)
    {
        Runspace = RunspaceFactory.CreateRunspace(Host, InitialSessionState.CreateDefault2());
        Runspace.Open();
        // The engine prints paths and help in the width of the host; PSStyle would colour them.
        Run("$PSStyle.OutputRendering = 'PlainText'").Clean();
        if (importModule)
            Import();
        if (importSamples)
            Run($"Import-Module '{BuiltModule.SampleCmdlets}'").Clean();
    }

    public CapturingHost Host { get; } = new();

    public Runspace Runspace { get; }

    /// <summary>Imports the built module.</summary>
    /// <param name="parameters">More parameters of Import-Module.</param>
    public ScriptOutcome Import(string parameters = "") => Run($"Import-Module '{BuiltModule.Manifest}' {parameters}").Clean();

    /// <summary>Sets a variable of the session.</summary>
    /// <param name="name">Its name, without the dollar sign.</param>
    /// <param name="value">Its value.</param>
    public void Set(string name, object? value) => Runspace.SessionStateProxy.SetVariable(name, value);

    /// <summary>Runs a script to its end.</summary>
    /// <param name="script">The script.</param>
    public ScriptOutcome Run(string script)
    {
        using RunningScript running = Start(script);
        return running.Finish();
    }

    /// <summary>Runs a script as a console does: its output is formatted and shown with its errors and warnings.</summary>
    /// <param name="script">The script.</param>
    /// <returns>The text on the console, 120 characters wide, lines ended by a line feed.</returns>
    public string Show(string script)
    {
        using Shell shell = Shell.Create(Runspace);
        Host.Console.TakeText();
        shell.AddScript(script).AddCommand("Out-Default");
        shell.Commands.Commands[0].MergeMyResults(PipelineResultTypes.Error, PipelineResultTypes.Output);
        shell.Invoke();
        return Host.Console.TakeText().ReplaceLineEndings("\n");
    }

    /// <summary>Starts a script and does not wait.</summary>
    /// <param name="script">The script.</param>
    public RunningScript Start(string script) => new(this, script);

    public void Dispose() => Runspace.Dispose();
}
