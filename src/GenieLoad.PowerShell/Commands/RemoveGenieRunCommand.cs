using System.Management.Automation;
using GenieLoad.Engine.Runs;
using GenieLoad.Model;
using GenieLoad.PowerShell.Pipeline;

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
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = IdSet,
        HelpMessage = "Ids of the runs to delete, such as 20261123-192455-high_load-3f9a.")]
    [ArgumentCompleter(typeof(RunIdCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] RunId { get; set; } = [];

    /// <summary>Folders of the runs to delete, wherever they are.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PathSet, HelpMessage = "Folders of the runs to delete, wherever they are.")]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>Runs to delete.</summary>
    [Parameter(Mandatory = true, ParameterSetName = InputSet, ValueFromPipeline = true,
        HelpMessage = "Runs to delete, as Get-GenieRun gives them.")]
    [ValidateNotNull]
    public LoadRun[] InputObject { get; set; } = [];

    /// <inheritdoc/>
    protected override void Process()
    {
        switch (ParameterSetName)
        {
            case IdSet:
                foreach (string id in RunId)
                    Attempt(() =>
                    {
                        RunStore store = new();
                        Remove(RunRemoval.Of(store.FindLeftover(id), store));
                    });
                break;
            case PathSet:
                foreach (string path in Path)
                    Attempt(() => Remove(RunRemoval.Of(new RunFolder(Paths.Target(path)), RunStore.IfAny())));
                break;
            default:
                foreach (LoadRun run in InputObject)
                    Attempt(() => Remove(
                        RunRemoval.Of(new RunFolder(run.RunPath ?? throw RunErrors.RunHasNoFolder(run)), RunStore.IfAny(), run.RunId)));
                break;
        }
    }

    private void Remove(RunRemoval removal)
    {
        string strangers = StrangerNames.InWords(removal.Strangers);
        string action = removal.Strangers.Count == 0
            ? "Delete with all its answers"
            : $"Delete with all its answers, but not {strangers}, which GenieLoad did not write";
        if (!ShouldProcess($"{removal.Subject} in {removal.Folder}", action))
            return;
        removal.CarryOut();
        if (removal.Strangers.Count > 0)
            WriteWarning($"The folder '{removal.Folder}' stays: GenieLoad did not write {strangers}.");
    }
}
