using System.Management.Automation;
using GenieLoad.Engine.Runs;
using GenieLoad.Model;
using GenieLoad.PowerShell.Completion;
using GenieLoad.PowerShell.Input;
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
    private const string RetentionSet = "Retention";

    /// <summary>Ids of the runs to delete.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = IdSet,
        HelpMessage = "Ids of the runs to delete, such as 20261123-192455-high_load-3f9a.")]
    [ArgumentCompleter(typeof(RunIdCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] RunId { get; set; } = [];

    /// <summary>Folders of the runs to delete, wherever they are.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PathSet, HelpMessage = "Folders of the runs to delete, in any location.")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(FolderCompleter))]
    public string[] Path { get; set; } = [];

    /// <summary>Runs to delete.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = InputSet, ValueFromPipeline = true,
        HelpMessage = "Runs from Get-GenieRun to delete.")]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(RunIdCompleter))]
    public LoadRun[] InputObject { get; set; } = [];

    /// <summary>Deletes the runs that began earlier than this before now.</summary>
    [Parameter(ParameterSetName = RetentionSet,
        HelpMessage = "Delete runs that started longer ago than this, such as '30d'; at least one hour. A plain number is seconds.")]
    [ArgumentCompleter(typeof(AgeCompleter))]
    [DurationTransformation]
    [ValidateDuration(3600, 315_360_000)]
    public TimeSpan OlderThan { get; set; }

    /// <summary>Number of the newest runs to keep.</summary>
    [Parameter(ParameterSetName = RetentionSet, HelpMessage = "Number of the newest runs to keep, however old they are.")]
    [ValidateRange(0, 1_000_000)]
    [ArgumentCompleter(typeof(CountCompleter))]
    public int KeepLatest { get; set; }

    /// <summary>Only runs of this scenario.</summary>
    [Parameter(ParameterSetName = RetentionSet, HelpMessage = "Delete only runs of this scenario; * and ? are wildcards.")]
    [ArgumentCompleter(typeof(RunScenarioCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string? ScenarioName { get; set; }

    /// <summary>Folder under which the runs are kept.</summary>
    [Parameter(ParameterSetName = IdSet,
        HelpMessage = "Folder where runs are stored. Default: GENIELOAD_HOME, otherwise your local application data.")]
    [Parameter(ParameterSetName = RetentionSet,
        HelpMessage = "Folder where runs are stored. Default: GENIELOAD_HOME, otherwise your local application data.")]
    [Alias("RunPath")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(FolderCompleter))]
    public string? StorePath { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        switch (ParameterSetName)
        {
            case IdSet:
                foreach (string id in RunId)
                    Attempt(() =>
                    {
                        RunStore store = Paths.Store(StorePath);
                        Remove(RunRemoval.Of(store.FindLeftover(id), store));
                    });
                break;
            case PathSet:
                foreach (string path in Path)
                    Attempt(() => Remove(RunRemoval.Of(new RunFolder(Paths.Target(path)), RunStore.IfAny())));
                break;
            case RetentionSet:
                RemoveExpired(Paths.Store(StorePath));
                break;
            default:
                foreach (LoadRun run in InputObject)
                    Attempt(() => Remove(
                        RunRemoval.Of(new RunFolder(run.RunPath ?? throw RunErrors.RunHasNoFolder(run)), RunStore.IfAny(), run.RunId)));
                break;
        }
    }

    private void RemoveExpired(RunStore store)
    {
        bool hasAge = Given(nameof(OlderThan));
        if (!hasAge && !Given(nameof(KeepLatest)))
            throw RunErrors.NoRetention();
        var retention = new RunRetention(hasAge ? OlderThan : null, KeepLatest);
        IReadOnlyList<StoredRun> runs = store.List(new StoredRunFilter { ScenarioName = ScenarioName }, WriteWarning);
        foreach (StoredRun run in retention.Expired(runs, DateTime.UtcNow))
            Attempt(() => Remove(RunRemoval.Of(run.Folder, store, run.RunId)));
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
