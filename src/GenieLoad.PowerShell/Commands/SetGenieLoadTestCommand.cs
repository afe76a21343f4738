using System.Management.Automation;
using GenieLoad.Engine.Runs;
using GenieLoad.Engine.Scenarios;
using GenieLoad.Model;
using GenieLoad.PowerShell.Completion;
using GenieLoad.PowerShell.LoadTests;
using GenieLoad.PowerShell.Pipeline;

namespace GenieLoad.PowerShell.Commands;

/// <summary>Changes a running load test: pauses it, or sets its pace or number of workers.</summary>
[Cmdlet(VerbsCommon.Set, "GenieLoadTest", SupportsShouldProcess = true, DefaultParameterSetName = IdSet)]
[OutputType(typeof(RunChange))]
public sealed class SetGenieLoadTestCommand : GenieCmdlet
{
    private const string IdSet = "Id";
    private const string PathSet = "Path";
    private const string JobSet = "Job";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Id of the run.</summary>
    [Parameter(
        Mandatory = true, Position = 0, ParameterSetName = IdSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true,
        HelpMessage = "Id of the running test, such as 20261123-192455-high_load-3f9a.")]
    [ArgumentCompleter(typeof(RunningRunIdCompleter))]
    [ValidateNotNullOrEmpty]
    public string RunId { get; set; } = "";

    /// <summary>Folder of the run, wherever it is.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PathSet, HelpMessage = "Folder of the running test, in any location.")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>Job of the run.</summary>
    [Parameter(Mandatory = true, ParameterSetName = JobSet, HelpMessage = "Job of Invoke-GenieLoadTest -AsJob.")]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    [ValidateNotNull]
    public Job? Job { get; set; }

    /// <summary>Folder under which the runs are kept.</summary>
    [Parameter(ParameterSetName = IdSet,
        HelpMessage = "Folder where runs are stored. Default: GENIELOAD_HOME, otherwise your local application data.")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(FolderCompleter))]
    public string? StorePath { get; set; }

    /// <summary>Whether the test is paused.</summary>
    [Parameter(HelpMessage = "Pause the test: no more questions start, and those in flight finish. -Paused:$false continues it.")]
    public SwitchParameter Paused { get; set; }

    /// <summary>Pace from now on.</summary>
    [Parameter(HelpMessage = "Most questions per minute from now on, 0.001 to 600,000; 0 removes the limit.")]
    [ArgumentCompleter(typeof(PerMinuteCompleter))]
    public double QuestionsPerMinute { get; set; }

    /// <summary>Workers from now on.</summary>
    [Parameter(HelpMessage = "Most questions in flight from now on, 1 to 100,000.")]
    [ValidateRange(1, ScenarioRules.MaximumWorkerCount)]
    [ArgumentCompleter(typeof(CountCompleter))]
    public int WorkerCount { get; set; }

    /// <summary>Writes the change.</summary>
    [Parameter(HelpMessage = "Return the change.")]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        var request = new SteeringRequest
        {
            IsPaused = Given(nameof(Paused)) ? Paused.IsPresent : null,
            QuestionsPerMinute = Given(nameof(QuestionsPerMinute)) ? QuestionsPerMinute : null,
            WorkerCount = Given(nameof(WorkerCount)) ? WorkerCount : null,
        };
        request.Validate();
        RunFolder folder = Folder();
        if (!ShouldProcess(folder.Name, $"Change the running test: {request}"))
            return;
        RunChange change = Run((_, stop) => SteeringInbox.SendAsync(folder, request, Patience, TimeProvider.System, stop));
        if (change.Change.Length == 0)
            WriteVerbose("The test is run like that already; nothing was changed.");
        if (PassThru)
            WriteObject(change);
    }

    private RunFolder Folder() => ParameterSetName switch
    {
        PathSet => new RunFolder(Paths.Target(Path)),
        JobSet => new RunFolder(OfJob(Job!)),
        _ => Paths.Store(StorePath).Find(RunId),
    };

    private static string OfJob(Job job) => job is LoadTestJob test
        ? test.RunPath ?? throw LoadTestErrors.JobHasNoRun(job.Name, $"{job.JobStateInfo.State}")
        : throw LoadTestErrors.NotALoadTestJob(job.Name);
}
