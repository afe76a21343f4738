using System.Management.Automation;
using GenieLoad.Engine.Genie;
using GenieLoad.Engine.Planning;
using GenieLoad.Engine.Running;
using GenieLoad.Engine.Running.Stopping;
using GenieLoad.Engine.Runs;
using GenieLoad.Model;

namespace GenieLoad.PowerShell.Commands;

/// <summary>Goes on with a load test that was stopped or interrupted.</summary>
[Cmdlet(VerbsLifecycle.Resume, "GenieLoadTest", SupportsShouldProcess = true, DefaultParameterSetName = IdSet)]
[OutputType(typeof(LoadRun), typeof(QuestionResult))]
public sealed class ResumeGenieLoadTestCommand : CallingCmdlet
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
    [Parameter(HelpMessage = "Connection to use; the session's current one by default. Of a run of several: all of them, under the same names.")]
    [ValidateNotNullOrEmpty]
    public Connection[] Connection { get; set; } = [];

    /// <summary>Most questions asked, those before the interruption included.</summary>
    [Parameter(HelpMessage = "Most questions asked, those before the interruption included. No limit by default.")]
    [ValidateRange(1, int.MaxValue)]
    public int MaximumQuestion { get; set; }

    /// <summary>Longest time, that before the interruption included.</summary>
    [Parameter(HelpMessage = "Longest time of the test, that before the interruption included, such as 600 or '10m'. No limit by default.")]
    [DurationTransformation]
    [ValidateDuration(0.001, 2_678_400)]
    public TimeSpan MaximumDuration { get; set; }

    /// <summary>Most questions that may fail from now on.</summary>
    [Parameter(HelpMessage = "Most questions that may fail from now on, as a count such as 5 or a share such as '10%'. No limit by default.")]
    [FailureLimitTransformation]
    [ValidateNotNull]
    public FailureLimit? MaximumFailure { get; set; }

    /// <summary>Most seconds lost to the rate limit from now on.</summary>
    [Parameter(HelpMessage = "Most seconds that all questions together may wait because of 429 from now on. No limit by default.")]
    [ValidateRange(0.001, 2_678_400)]
    public double MaximumThrottleSeconds { get; set; }

    /// <summary>Time that questions in flight have to come to their end when the test ends early.</summary>
    [Parameter(HelpMessage = "Time that questions in flight have when the test ends early. 5 seconds after Ctrl+C, 30 after a rule by default.")]
    [DurationTransformation]
    [ValidateDuration(0, 86_400)]
    public TimeSpan StopGrace { get; set; }

    /// <summary>Goes on although the service refuses for good.</summary>
    [Parameter(HelpMessage = "Go on although the service refuses for good: credential, right, space, warehouse or budget missing.")]
    public SwitchParameter SkipStopRule { get; set; }

    /// <summary>Deletes the conversations of the test after it.</summary>
    [Parameter(HelpMessage = "Delete the conversations that the test created, after it.")]
    public SwitchParameter RemoveConversation { get; set; }

    /// <summary>Writes each question's row as it finishes, instead of the run.</summary>
    [Parameter(HelpMessage = "Write each question's row as it finishes, instead of the run at the end.")]
    public SwitchParameter PassThruResult { get; set; }

    /// <summary>Runs the test as a job.</summary>
    [Parameter(HelpMessage = "Run the test as a job of this session and return the job.")]
    public SwitchParameter AsJob { get; set; }

    /// <inheritdoc/>
    private protected override TimeSpan LongestStop => LoadTestStart.LongestStop(Limits, RemoveConversation);

    private RunLimits Limits => new()
    {
        MaximumQuestion = MaximumQuestion,
        MaximumDuration = MaximumDuration,
        MaximumFailure = MaximumFailure,
        MaximumThrottleSeconds = MaximumThrottleSeconds,
        StopGrace = MyInvocation.BoundParameters.ContainsKey(nameof(StopGrace)) ? StopGrace : null,
        SkipsStopRules = SkipStopRule,
    };

    /// <inheritdoc/>
    protected override void Process()
    {
        UnfinishedRun unfinished = RunReader.ReadUnfinished(FolderPath(), WriteWarning);
        LoadRun run = unfinished.Run;
        GenieClientOptions clientOptions = ClientOptions();
        RunLimits limits = Limits;
        LoadTestOptions walkOptions = LoadTestOptions.Of(unfinished.Settings, limits.UserGraceSeconds);
        IStopRule[] rules = [.. limits.Rules()];
        if (!ShouldProcess(run.RunId, Intention(unfinished)))
            return;
        Connection[] connections = Connection.Length > 0 ? Connection : [ConnectedTo(null)];
        RunConnection[] named = NamesOf(connections, run);
        foreach (Connection connection in connections)
            LoadTestStart.CheckJob(AsJob, connection);
        OpenLog();
        var display = new RunDisplay(run.Plan) { IsInOwnFolder = ParameterSetName == PathSet, FinishedBefore = unfinished.Finished.Count };
        LoadTestStart.Begin(this, AsJob, new LoadTestWork
        {
            Display = display,
            Connections = connections,
            Spaces = [.. named.Select(one => one.SpaceId)],
            Named = named,
            OpenClient = (connection, time, sinks) => OpenClient(connection, clientOptions, time, sinks),
            Carry = (targets, stop) => LoadTest.ResumeAsync(targets, unfinished, walkOptions, ResendAmbiguous, display, stop, rules),
            StreamsRows = PassThruResult,
            RemovesConversations = RemoveConversation,
            LongestStop = LongestStop,
            Log = TakeLog(),
        });
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
                RunConnection planned = Array.Find(known, one => one.Name == name) ?? throw AskingErrors.NotOfThisRun(run, name);
                return string.Equals(connection.WorkspaceUrl, planned.WorkspaceUrl, StringComparison.OrdinalIgnoreCase)
                    ? planned
                    : throw AskingErrors.OtherWorkspace(run, connection.WorkspaceUrl);
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
        return $"Ask {toAsk} questions, fetch the answers of {unfinished.Open.Count}, and keep {unfinished.Finished.Count} that are finished";
    }
}
