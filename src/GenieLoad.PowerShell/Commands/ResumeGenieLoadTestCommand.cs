using System.Management.Automation;
using GenieLoad.Engine.Planning;
using GenieLoad.Engine.Running;
using GenieLoad.Engine.Running.Stopping;
using GenieLoad.Engine.Runs;
using GenieLoad.Model;
using GenieLoad.PowerShell.Connections;
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

    /// <summary>Id of the run.</summary>
    [Parameter(
        Mandatory = true, Position = 0, ParameterSetName = IdSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true,
        HelpMessage = "Id of the run, such as 20261123-192455-high_load-3f9a.")]
    [ArgumentCompleter(typeof(UnfinishedRunIdCompleter))]
    [ValidateNotNullOrEmpty]
    public string RunId { get; set; } = "";

    /// <summary>Folder of the run, wherever it is.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PathSet, HelpMessage = "Folder of the run, wherever it is, or the run.json in it.")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>The newest run.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LatestSet, HelpMessage = "The newest run.")]
    public SwitchParameter Latest { get; set; }

    /// <summary>Connections of the run; the session's current one by default.</summary>
    [Parameter(HelpMessage = "Connection to use, or its name; the session's current one by default. Of a run of several: "
        + "all of them, under the same names.")]
    [ConnectionTransformation]
    [ArgumentCompleter(typeof(ConnectionNameCompleter))]
    [ValidateNotNullOrEmpty]
    public Connection[] Connection { get; set; } = [];

    /// <inheritdoc/>
    protected override void Process()
    {
        // Held from here on to the end of the run, or nobody could say what is left to ask.
        UnfinishedRun unfinished = UnfinishedRun.Take(FolderPath(), WriteWarning);
        bool begun = false;
        try
        {
            if (Work(unfinished) is not LoadTestWork work)
                return;
            Begin(work);
            begun = true;
        }
        finally
        {
            if (!begun)
                unfinished.Dispose();
        }
    }

    /// <returns><see langword="null"/> where it is not wanted.</returns>
    private LoadTestWork? Work(UnfinishedRun unfinished)
    {
        LoadRun run = unfinished.Run;
        LoadTestOptions runOptions = RunOptions(LoadTestOptions.Of(unfinished.Settings, StopGraceSeconds));
        List<IStopRule> rules = Rules();
        if (!ShouldProcess(run.RunId, Intention(unfinished)))
            return null;
        Connection[] connections = Connection.Length > 0 ? Connection : [ConnectedTo(null)];
        RunConnection[] named = NamesOf(connections, run);
        CheckJob(connections);
        var display = new RunDisplay(run.Plan) { IsInOwnFolder = ParameterSetName == PathSet, FinishedBefore = unfinished.Finished.Count };
        return new LoadTestWork
        {
            Display = display,
            Connections = connections,
            Spaces = [.. named.Select(one => one.SpaceId)],
            Named = named,
            Held = unfinished,
            Carry = (targets, stop) => LoadTest.ResumeAsync(targets, unfinished, runOptions, ResendAmbiguous, display, stop, rules),
        };
    }

    /// <summary>The connections under the names that the run's rows carry.</summary>
    private static RunConnection[] NamesOf(Connection[] connections, LoadRun run)
    {
        RunConnection[] known = run.Connections.Count > 0
            ? [.. run.Connections]
            : [new RunConnection { Name = run.SpaceId, WorkspaceUrl = run.WorkspaceUrl, SpaceId = run.SpaceId }];
        // One connection can only be the run's only one, whatever its name.
        IEnumerable<string> names = connections.Length == 1 && known.Length == 1
            ? [known[0].Name]
            : RunConnections.Of(connections).Select(connection => connection.Name);
        return
        [
            .. connections.Zip(names, (connection, name) =>
            {
                RunConnection planned = Array.Find(known, one => one.Name == name) ?? throw LoadTestErrors.NotOfThisRun(run, name);
                return string.Equals(connection.WorkspaceUrl, planned.WorkspaceUrl, StringComparison.OrdinalIgnoreCase)
                    ? planned
                    : throw LoadTestErrors.OtherWorkspace(run, connection.WorkspaceUrl);
            }),
        ];
    }

    private string FolderPath() => ParameterSetName switch
    {
        PathSet => Paths.Target(Path),
        LatestSet => new RunStore().Latest(warn: WriteWarning).Folder.Path,
        _ => new RunStore().Find(RunId).Path,
    };

    private string Intention(UnfinishedRun unfinished)
    {
        int lost = ResendAmbiguous ? 0 : unfinished.Lost.Count;
        int toAsk = unfinished.Run.Results.Count - unfinished.Finished.Count - unfinished.Open.Count - lost;
        return $"Ask {toAsk} questions, fetch the answers of {unfinished.Open.Count}, and keep "
            + $"{unfinished.Finished.Count} that are finished";
    }
}
