using System.Management.Automation;
using GenieLoad.Engine.Runs;
using GenieLoad.Model;
using GenieLoad.PowerShell.Formatting;
using GenieLoad.PowerShell.Pipeline;

namespace GenieLoad.PowerShell.Commands;

/// <summary>Reads the runs kept on this machine: lists them, or loads those asked for.</summary>
[Cmdlet(VerbsCommon.Get, "GenieRun", DefaultParameterSetName = ListSet)]
[OutputType(typeof(LoadRun))]
public sealed class GetGenieRunCommand : GenieCmdlet
{
    private const string ListSet = "List";
    private const string IdSet = "Id";
    private const string LatestSet = "Latest";
    private const string PathSet = "Path";

    // The format file shows runs under this name in one line each.
    private const string ListTypeName = "GenieLoad.Model.LoadRun#List";

    /// <summary>Ids of the runs to load.</summary>
    [Parameter(
        Mandatory = true, Position = 0, ParameterSetName = IdSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true,
        HelpMessage = "Ids of the runs to load, such as 20261123-192455-high_load-3f9a.")]
    [ArgumentCompleter(typeof(RunIdCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] RunId { get; set; } = [];

    /// <summary>Loads the newest run.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LatestSet, HelpMessage = "Loads the newest run.")]
    public SwitchParameter Latest { get; set; }

    /// <summary>Only runs of this scenario; <c>*</c> and <c>?</c> are wildcards.</summary>
    [Parameter(ParameterSetName = ListSet, HelpMessage = "Only runs of this scenario; * and ? are wildcards.")]
    [Parameter(ParameterSetName = LatestSet, HelpMessage = "Only runs of this scenario; * and ? are wildcards.")]
    [ArgumentCompleter(typeof(RunScenarioCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string? ScenarioName { get; set; }

    /// <summary>Folders of runs, wherever they are.</summary>
    [Parameter(
        Mandatory = true, ParameterSetName = PathSet, ValueFromPipelineByPropertyName = true,
        HelpMessage = "Folders of runs, wherever they are, or the run.json in them.")]
    [Alias("PSPath")]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>Shows all that the summary has; the objects are the same.</summary>
    [Parameter(HelpMessage = "Shows all that the summary has: percentiles, rates, causes, thresholds, health.")]
    public SwitchParameter Detailed { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        switch (ParameterSetName)
        {
            case IdSet:
                foreach (string id in RunId)
                    Attempt(() => Show(Read(new RunStore().Find(id).Path)));
                break;
            case PathSet:
                foreach (string path in Path)
                    Attempt(() => Show(Read(Paths.Target(path))));
                break;
            case LatestSet:
                Attempt(() => Show(Read(new RunStore().Latest(ScenarioName, WriteWarning).Folder.Path)));
                break;
            default:
                WriteList();
                break;
        }
    }

    private void WriteList()
    {
        foreach (StoredRun stored in new RunStore().List(ScenarioName, WriteWarning))
        {
            StopToken.ThrowIfCancellationRequested();
            Attempt(() => Show(Read(stored.Folder.Path), ListTypeName));
        }
    }

    private void Show(LoadRun run, string? typeName = null)
    {
        PSObject shown = new(run);
        if ((Detailed ? RunSummaryView.Detailed : typeName) is { } name)
            shown.TypeNames.Insert(0, name);
        WriteObject(shown);
    }

    private LoadRun Read(string path) => RunReader.Read(path, WriteWarning);
}
