using System.Management.Automation;
using GenieLoad.Engine.Runs;
using GenieLoad.Engine.Runs.Merging;
using GenieLoad.Model;
using GenieLoad.PowerShell.Completion;
using GenieLoad.PowerShell.Pipeline;

namespace GenieLoad.PowerShell.Commands;

/// <summary>Makes one run of the shards of a test.</summary>
[Cmdlet(VerbsData.Merge, "GenieRun", SupportsShouldProcess = true, DefaultParameterSetName = PathSet)]
[OutputType(typeof(LoadRun))]
public sealed class MergeGenieRunCommand : GenieCmdlet
{
    private const string PathSet = "Path";
    private const string IdSet = "Id";
    private const string InputSet = "InputObject";

    private readonly List<string> _paths = [];

    /// <summary>Folders, archives and logs with the runs of the shards.</summary>
    [Parameter(
        Mandatory = true, Position = 0, ParameterSetName = PathSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true,
        HelpMessage = "Folders of the shards' runs, folders that contain them, .zip archives, or log files with log blocks; * and ? are "
            + "wildcards.")]
    [Alias("PSPath")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>Ids of the shards' runs.</summary>
    [Parameter(
        Mandatory = true, ParameterSetName = IdSet,
        HelpMessage = "Ids of the shards' runs, such as 20261123-192455-high_load-3f9a.")]
    [ArgumentCompleter(typeof(RunIdCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] RunId { get; set; } = [];

    /// <summary>The shards' runs.</summary>
    [Parameter(
        Mandatory = true, ParameterSetName = InputSet, ValueFromPipeline = true,
        HelpMessage = "Runs of the shards, from Get-GenieRun or Invoke-GenieLoadTest.")]
    [ArgumentCompleter(typeof(RunIdCompleter))]
    [ValidateNotNullOrEmpty]
    public LoadRun[] InputObject { get; set; } = [];

    /// <summary>Folder under which the merged run is kept, and the runs named by their ids are.</summary>
    [Parameter(HelpMessage = "Folder where runs are stored. Default: GENIELOAD_HOME, otherwise your local application data.")]
    [Alias("RunPath")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(FolderCompleter))]
    public string? StorePath { get; set; }

    /// <summary>Replaces a run that was merged from the same shards when they were not what they are now.</summary>
    [Parameter(HelpMessage = "Replace a run that was merged from these shards before they changed.")]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        foreach (string path in Path)
            _paths.AddRange(PathsOf(path));
        foreach (string id in RunId)
            _paths.Add(Paths.Store(StorePath).Find(id).Path);
        foreach (LoadRun run in InputObject)
            _paths.Add(run.RunPath ?? throw RunErrors.RunHasNoFolder(run));
    }

    /// <inheritdoc/>
    protected override void End()
    {
        RunStore store = Paths.Store(StorePath);
        List<string> warnings = [];
        void Warn(string text)
        {
            lock (warnings)
                warnings.Add(text);
        }
        using RunMerge merge = Run((_, _) => Task.FromResult(RunMerge.Of(_paths, store, Warn)));
        if (!ShouldProcess(merge.Target, $"Merge {merge.FoundCount} of {merge.ShardCount} shards"))
            return;
        LoadRun run = Run((_, stop) => Task.FromResult(merge.Carry(Force, stop)));
        foreach (string warning in warnings)
            WriteWarning(warning);
        WriteObject(run);
    }

    // What is on the pipeline as text may be an id; a file or folder of that name comes first.
    private IEnumerable<string> PathsOf(string path)
    {
        bool isName = path.IndexOfAny(['/', '\\', ':', '*', '?', '[']) < 0;
        if (isName && !System.IO.Path.Exists(Paths.Target(path)) && Paths.Store(StorePath).IdentifiedBy(path) is RunFolder folder)
            return [folder.Path];
        return Paths.Folders(path);
    }
}
