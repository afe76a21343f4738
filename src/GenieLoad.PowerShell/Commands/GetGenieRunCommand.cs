using System.Management.Automation;
using GenieLoad.Engine.Runs;
using GenieLoad.Model;
using GenieLoad.PowerShell.Completion;
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
        HelpMessage = "Ids of the runs to load, such as 20261123-192455-high_load-3f9a; * and ? are wildcards.")]
    [ArgumentCompleter(typeof(RunIdCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] RunId { get; set; } = [];

    /// <summary>Loads the newest run.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LatestSet, HelpMessage = "Load the newest run.")]
    public SwitchParameter Latest { get; set; }

    /// <summary>Only runs of this scenario; <c>*</c> and <c>?</c> are wildcards.</summary>
    [Parameter(ParameterSetName = ListSet, HelpMessage = "Only runs of this scenario; * and ? are wildcards.")]
    [Parameter(ParameterSetName = LatestSet, HelpMessage = "Only runs of this scenario; * and ? are wildcards.")]
    [ArgumentCompleter(typeof(RunScenarioCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string? ScenarioName { get; set; }

    /// <summary>Only runs in these states.</summary>
    [Parameter(ParameterSetName = ListSet, HelpMessage = "Only runs in these states.")]
    [Parameter(ParameterSetName = LatestSet, HelpMessage = "Only runs in these states.")]
    [ValidateSet(RunState.Running, RunState.Completed, RunState.Stopped, RunState.Interrupted)]
    public string[] State { get; set; } = [];

    /// <summary>Folder under which the runs are kept.</summary>
    [Parameter(ParameterSetName = IdSet,
        HelpMessage = "Folder where runs are stored. Default: GENIELOAD_HOME, otherwise your local application data.")]
    [Parameter(ParameterSetName = ListSet,
        HelpMessage = "Folder where runs are stored. Default: GENIELOAD_HOME, otherwise your local application data.")]
    [Parameter(ParameterSetName = LatestSet,
        HelpMessage = "Folder where runs are stored. Default: GENIELOAD_HOME, otherwise your local application data.")]
    [Alias("RunPath")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(FolderCompleter))]
    public string? StorePath { get; set; }

    /// <summary>Folders of runs, wherever they are.</summary>
    [Parameter(
        Mandatory = true, ParameterSetName = PathSet, ValueFromPipelineByPropertyName = true,
        HelpMessage = "Folders of runs in any location, or their run.json files; a folder that contains runs lists them. * and ? are "
            + "wildcards.")]
    [Alias("PSPath")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>Shows all that the summary has; the objects are the same.</summary>
    [Parameter(HelpMessage = "Show the full summary: percentiles, rates, causes, thresholds, health.")]
    public SwitchParameter Detailed { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        switch (ParameterSetName)
        {
            case IdSet:
                foreach (string id in RunId)
                    Attempt(() => WriteById(id, isOneOfSeveral: RunId.Length > 1));
                break;
            case PathSet:
                foreach (string path in Path)
                    Attempt(() => WriteByPath(path, isOneOfSeveral: Path.Length > 1));
                break;
            case LatestSet:
                Attempt(() => Show(Read(Paths.Store(StorePath).Latest(Filter, WriteWarning).Folder.Path)));
                break;
            default:
                RunStore store = Paths.Store(StorePath);
                if (StorePath is not null && !Directory.Exists(store.RunsPath))
                    WriteWarning($"There are no runs in '{store.Root}'.");
                WriteList(store, Filter);
                break;
        }
    }

    private StoredRunFilter Filter => new() { ScenarioName = ScenarioName, States = State };

    private void WriteById(string id, bool isOneOfSeveral)
    {
        if (WildcardPattern.ContainsWildcardCharacters(id))
            WriteList(Paths.Store(StorePath), new StoredRunFilter { RunId = id });
        else
            Show(Read(Paths.Store(StorePath).Find(id).Path), isOneOfSeveral ? ListTypeName : null);
    }

    private void WriteByPath(string path, bool isOneOfSeveral)
    {
        string[] folders = [.. Paths.Folders(path)];
        foreach (string folder in folders)
        {
            if (RunStore.At(folder) is { } store)
                WriteList(store, new StoredRunFilter());
            else
                Show(Read(folder), isOneOfSeveral || folders.Length > 1 ? ListTypeName : null);
        }
    }

    private void WriteList(RunStore store, StoredRunFilter filter)
    {
        foreach (RunReading reading in ReadAhead.Of(store.List(filter, WriteWarning)))
        {
            StopToken.ThrowIfCancellationRequested();
            Attempt(() => Show(reading.Take(WriteWarning), ListTypeName));
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
