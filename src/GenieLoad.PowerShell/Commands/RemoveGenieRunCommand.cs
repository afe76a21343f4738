using System.Management.Automation;
using GenieLoad.Engine.Runs;
using GenieLoad.Model;

namespace GenieLoad.PowerShell.Commands;

/// <summary>Deletes runs from this machine, with everything that is kept of them.</summary>
[Cmdlet(VerbsCommon.Remove, "GenieRun", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = IdSet)]
[OutputType(typeof(void))]
public sealed class RemoveGenieRunCommand : GenieCmdlet
{
    private const string IdSet = "Id";
    private const string PathSet = "Path";
    private const string InputSet = "InputObject";

    /// <summary>Ids of the runs to delete.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = IdSet, HelpMessage = "Ids of the runs to delete, such as 20261123-192455-high_load-3f9a.")]
    [ArgumentCompleter(typeof(RunIdCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] RunId { get; set; } = [];

    /// <summary>Folders of the runs to delete, wherever they are.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PathSet, HelpMessage = "Folders of the runs to delete, wherever they are.")]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>Runs to delete.</summary>
    [Parameter(Mandatory = true, ParameterSetName = InputSet, ValueFromPipeline = true, HelpMessage = "Runs to delete, as Get-GenieRun gives them.")]
    [ValidateNotNull]
    public LoadRun[] InputObject { get; set; } = [];

    /// <inheritdoc/>
    protected override void Process()
    {
        switch (ParameterSetName)
        {
            case IdSet:
                foreach (string id in RunId)
                    Attempt(() => Remove(new RunStore().Find(id)));
                break;
            case PathSet:
                foreach (string path in Path)
                    Attempt(() => Remove(new RunFolder(Paths.Target(path))));
                break;
            default:
                foreach (LoadRun run in InputObject)
                    Attempt(() => Remove(new RunFolder(run.RunPath ?? throw RunErrors.RunHasNoFolder(run))));
                break;
        }
    }

    private void Remove(RunFolder folder)
    {
        RunRemoval removal = RunRemoval.Of(folder);
        if (ShouldProcess($"run {removal.RunId} in {folder}", "Delete with all its answers"))
            removal.CarryOut();
    }
}
