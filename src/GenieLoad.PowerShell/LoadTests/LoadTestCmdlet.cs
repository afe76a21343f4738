using System.Management.Automation;
using GenieLoad.Engine.Credentials;
using GenieLoad.Engine.Genie;
using GenieLoad.Engine.Running;
using GenieLoad.Engine.Running.Stopping;
using GenieLoad.Model;
using GenieLoad.PowerShell.Connections;
using GenieLoad.PowerShell.Input;
using GenieLoad.PowerShell.Pipeline;

namespace GenieLoad.PowerShell.LoadTests;

/// <summary>A cmdlet that carries out a load test: what may end it early, what it writes, and whether it runs as a job.</summary>
public abstract class LoadTestCmdlet : AskingCmdlet
{
    // Longer for rules: after Ctrl+C somebody is waiting for the prompt.
    private static readonly double UserGraceSeconds = new LoadTestOptions().StopGraceSeconds;
    private static readonly double RuleGraceSeconds = new RunBudget().GraceSeconds;

    // From a stop to the end: for writing the rest of the run to its folder.
    private static readonly TimeSpan ToDisk = TimeSpan.FromSeconds(10);

    /// <summary>Most questions asked.</summary>
    [Parameter(HelpMessage = "Most questions asked: the test ends in order once that many have been. No limit by default.")]
    [ValidateRange(1, int.MaxValue)]
    public int MaximumQuestion { get; set; }

    /// <summary>Longest time.</summary>
    [Parameter(HelpMessage = "Longest time of the test, such as 600 or '10m': after it no question is sent any more. No limit by default.")]
    [DurationTransformation]
    [ValidateDuration(0.001, 2_678_400)]
    public TimeSpan MaximumDuration { get; set; }

    /// <summary>Most questions that may fail.</summary>
    [Parameter(HelpMessage = "Most questions that may fail, as a count such as 5 or a share such as '10%'. No limit by default.")]
    [FailureLimitTransformation]
    [ValidateNotNull]
    public FailureLimit? MaximumFailure { get; set; }

    /// <summary>Most seconds lost to the rate limit.</summary>
    [Parameter(HelpMessage = "Most seconds that all questions together may wait because of 429. No limit by default.")]
    [ValidateRange(0.001, 2_678_400)]
    [SecondsTransformation]
    public double MaximumThrottleSeconds { get; set; }

    /// <summary>Time that questions in flight have to come to their end when the test ends early.</summary>
    [Parameter(HelpMessage = "Time that questions in flight have when the test ends early. 5 seconds after "
        + "Ctrl+C, 30 after a rule by default.")]
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
    private protected sealed override TimeSpan LongestStop =>
        TimeSpan.FromSeconds(StopGraceSeconds) + ToDisk + (RemoveConversation ? LoadTestWork.CleanupAfterStop : TimeSpan.Zero);

    /// <summary>Seconds that questions in flight have after Ctrl+C.</summary>
    private protected double StopGraceSeconds => Given(nameof(StopGrace)) ? StopGrace.TotalSeconds : UserGraceSeconds;

    /// <summary>Seconds that they have when a rule ends the test.</summary>
    private protected double GraceOfRules => Given(nameof(StopGrace)) ? StopGrace.TotalSeconds : RuleGraceSeconds;

    /// <summary>What may end the test early, as set.</summary>
    /// <exception cref="GenieLoadException"><c>InvalidOption</c>.</exception>
    private protected List<IStopRule> Rules()
    {
        var budget = new RunBudget
        {
            MaximumQuestions = Given(nameof(MaximumQuestion)) ? MaximumQuestion : null,
            MaximumDurationSeconds = Given(nameof(MaximumDuration)) ? MaximumDuration.TotalSeconds : null,
            MaximumFailures = MaximumFailure?.Count,
            MaximumFailurePercent = MaximumFailure?.Percent,
            MaximumThrottleSeconds = Given(nameof(MaximumThrottleSeconds)) ? MaximumThrottleSeconds : null,
            GraceSeconds = GraceOfRules,
        };
        budget.Validate();
        return SkipStopRule ? [new BudgetRule(budget)] : [new BudgetRule(budget), new ServiceRule(GraceOfRules)];
    }

    /// <summary>Refuses a job with a connection that needs the pipeline for its tokens.</summary>
    /// <param name="connections">The connections of the test.</param>
    /// <exception cref="GenieLoadException"><c>TokenProviderInJob</c>, <c>ConnectionClosed</c>.</exception>
    private protected void CheckJob(Connection[] connections)
    {
        if (AsJob && connections.Any(connection => OpenConnections.Access(connection).Credential is TokenProviderCredential))
            throw LoadTestErrors.TokenProviderInJob();
    }

    /// <summary>Opens what the work needs and begins it: on the pipeline, or as a job, which is then written to the output.</summary>
    /// <param name="work">The test.</param>
    /// <exception cref="GenieLoadException">What the test throws, unless it is a job; <c>FileNotWritable</c> for the log file.</exception>
    private protected void Begin(LoadTestWork work)
    {
        OpenLog();
        GenieClientOptions options = ClientOptions(work.Connections.Length);
        work.OpenClient = (connection, time, sinks) => OpenClient(connection, options, time, sinks);
        work.StreamsRows = PassThruResult;
        work.RemovesConversations = RemoveConversation;
        work.LongestStop = LongestStop;
        work.Log = TakeLog();
        if (AsJob)
        {
            var job = new LoadTestJob(MyInvocation.Line.Trim(), work.Display.Name, work, Shows("Verbose"), Shows("Debug"));
            JobRepository.Add(job);
            job.Start();
            WriteObject(job);
            return;
        }
        using LoadTestWork owned = work;
        try
        {
            Run(work.CarryOutAsync);
        }
        catch (PipelineStoppedException) when (work.Display.StopNotice is string notice)
        {
            // After a stop the streams take nothing any more; the host still does, and somebody wants to know where the answers are.
            Host.UI.WriteLine(notice);
            throw;
        }
    }
}
