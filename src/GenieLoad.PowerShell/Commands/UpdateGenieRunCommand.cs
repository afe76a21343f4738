using System.Management.Automation;
using GenieLoad.Engine.Genie;
using GenieLoad.Engine.Sessions;
using GenieLoad.Model;
using GenieLoad.PowerShell.Connections;
using GenieLoad.PowerShell.Input;
using GenieLoad.PowerShell.Pipeline;

namespace GenieLoad.PowerShell.Commands;

/// <summary>Adds to finished runs what the workspace knows of them.</summary>
[Cmdlet(VerbsData.Update, "GenieRun", SupportsShouldProcess = true)]
[OutputType(typeof(LoadRun))]
public sealed class UpdateGenieRunCommand : ConnectedCmdlet
{
    /// <summary>The runs.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true,
        HelpMessage = "A run from Invoke-GenieLoadTest or Get-GenieRun; or its id or its folder.")]
    [Alias("Run")]
    [RunReferenceTransformation]
    [ArgumentCompleter(typeof(RunIdCompleter))]
    [ValidateNotNullOrEmpty]
    public LoadRun[] InputObject { get; set; } = [];

    /// <summary>Adds what the query history says of their statements.</summary>
    [Parameter(Mandatory = true,
        HelpMessage = "Read the statements of the run from the query history: how long they waited, compiled and executed.")]
    public SwitchParameter Statement { get; set; }

    /// <summary>Connections of the run; the session's current one by default.</summary>
    [Parameter(HelpMessage = "Connection to use, or its name. Default: the current one. For a run with several: all of them, with the same "
        + "names.")]
    [ConnectionTransformation]
    [ArgumentCompleter(typeof(ConnectionNameCompleter))]
    [ValidateNotNullOrEmpty]
    public Connection[] Connection { get; set; } = [];

    /// <inheritdoc/>
    protected override void Process()
    {
        foreach (LoadRun run in InputObject)
            Attempt(() => Update(run));
    }

    private void Update(LoadRun run)
    {
        ICmdletChannel? pipeline = null;
        StatementUpdate update = StatementUpdate.Of(run.RunPath ?? throw RunErrors.RunHasNoFolder(run), run.RunId, WriteWarning);
        update.Progress = (known, wanted) => pipeline!.Report(new ProgressLine(
            $"Statements of run {run.RunId}", $"{known} of {wanted} known", 100 * known / Math.Max(1, wanted)));
        Connection[] connections = Connection.Length > 0 ? Connection : [ConnectedTo(null)];
        if (!ShouldProcess(run.RunId, update.Describe()))
            return;
        LoadRun updated = Run(async (channel, stop) =>
        {
            pipeline = channel;
            return await update.RunAsync(
                connections,
                connection => OpenClient(connection, new GenieClientOptions { ClientCount = connections.Length }, channel.Log),
                stop).ConfigureAwait(false);
        });
        WriteObject(updated);
        foreach (string warning in update.Warnings(updated))
            WriteWarning(warning);
    }
}
