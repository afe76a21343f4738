using System.Management.Automation;
using GenieLoad.Engine.Running;
using GenieLoad.Engine.Runs;
using GenieLoad.Engine.Sessions;
using GenieLoad.Model;
using GenieLoad.PowerShell.Completion;
using GenieLoad.PowerShell.Connections;
using GenieLoad.PowerShell.Formatting;
using GenieLoad.PowerShell.LoadTests;

namespace GenieLoad.PowerShell.Commands;

/// <summary>Resumes a load test that was stopped or interrupted.</summary>
[Cmdlet(VerbsLifecycle.Resume, "GenieLoadTest", SupportsShouldProcess = true, DefaultParameterSetName = IdSet)]
[OutputType(typeof(LoadRun), typeof(QuestionResult))]
public sealed class ResumeGenieLoadTestCommand : LoadTestCmdlet
{
    private const string IdSet = "Id";
    private const string PathSet = "Path";
    private const string LatestSet = "Latest";

    private static readonly StoredRunFilter Resumable = new() { States = [RunState.Stopped, RunState.Interrupted] };

    /// <summary>Id of the run.</summary>
    [Parameter(
        Mandatory = true, Position = 0, ParameterSetName = IdSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true,
        HelpMessage = "Id of the run, such as 20261123-192455-high_load-3f9a.")]
    [ArgumentCompleter(typeof(UnfinishedRunIdCompleter))]
    [ValidateNotNullOrEmpty]
    public string RunId { get; set; } = "";

    /// <summary>Folder of the run, wherever it is.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PathSet, HelpMessage = "Folder of the run, in any location, or the run.json in it.")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>The newest run that can be resumed.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LatestSet, HelpMessage = "Resume the newest run that was stopped or interrupted.")]
    public SwitchParameter Latest { get; set; }

    /// <summary>Folder under which the runs are kept.</summary>
    [Parameter(ParameterSetName = IdSet,
        HelpMessage = "Folder where runs are stored. Default: GENIELOAD_HOME, otherwise your local application data.")]
    [Parameter(ParameterSetName = LatestSet,
        HelpMessage = "Folder where runs are stored. Default: GENIELOAD_HOME, otherwise your local application data.")]
    [Alias("RunPath")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(FolderCompleter))]
    public string? StorePath { get; set; }

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
        // Held from here on to the end of the run, or nobody could say what is left to ask.
        LoadTestSession session = LoadTestSession.Resume(
            UnfinishedRun.Take(FolderPath(), WriteWarning), settings => SessionOptions(LoadTestOptions.Of(settings)), ResendAmbiguous);
        Carry(session, Connection, isInOwnFolder: ParameterSetName == PathSet || StorePath is not null);
    }

    /// <inheritdoc/>
    private protected override bool IsWanted(LoadTestSession session) =>
        ShouldProcess(session.RunId!, session.Describe(ConsoleWidth.Of(Host)));

    private string FolderPath() => ParameterSetName switch
    {
        PathSet => Paths.Target(Path),
        LatestSet => Paths.Store(StorePath).Latest(Resumable, WriteWarning).Folder.Path,
        _ => Paths.Store(StorePath).Find(RunId).Path,
    };
}
