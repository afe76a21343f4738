using System.Management.Automation;
using GenieLoad.Engine.Genie;
using GenieLoad.Engine.Running;
using GenieLoad.Engine.Sessions;
using GenieLoad.Model;
using GenieLoad.PowerShell.Completion;
using GenieLoad.PowerShell.Connections;
using GenieLoad.PowerShell.Input;
using GenieLoad.PowerShell.LoadTests;
using GenieLoad.PowerShell.Pipeline;

namespace GenieLoad.PowerShell.Commands;

/// <summary>Predicts how many people a space supports, and tests that with simulated people.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "GenieCapacity", SupportsShouldProcess = true, DefaultParameterSetName = LimitSet)]
[OutputType(typeof(SpaceCapacity))]
public sealed class MeasureGenieCapacityCommand : AskingCmdlet
{
    private const string LimitSet = "Limit";
    private const string RateSet = "Rate";
    private const string ResumeSet = "Resume";

    // What a load test of the defaults needs no consent for either.
    private const int MostWithoutConsent = 100;

    private TimeSpan? _longestStop;

    /// <summary>Service levels, all of which must be met.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = LimitSet,
        HelpMessage = "Service levels such as 'P90ResponseSeconds <= 60' or 'SuccessRate >= 95%'; all must be met.")]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = RateSet,
        HelpMessage = "Service levels such as 'P90ResponseSeconds <= 60' or 'SuccessRate >= 95%'; all must be met.")]
    [ArgumentCompleter(typeof(ThresholdCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Slo { get; set; } = [];

    /// <summary>The run whose service times are used.</summary>
    [Parameter(ValueFromPipeline = true,
        HelpMessage = "A finished run with 30 answers or more, its id or its folder: its service times are used instead of a baseline.")]
    [Alias("InputObject", "Run")]
    [RunReferenceTransformation]
    [ArgumentCompleter(typeof(RunIdCompleter))]
    [ValidateNotNull]
    public LoadRun? From { get; set; }

    /// <summary>A probe of the measurement to resume.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ResumeSet,
        HelpMessage = "Resume a measurement that was stopped: any of its probes, its id or its folder.")]
    [RunReferenceTransformation]
    [ArgumentCompleter(typeof(RunIdCompleter))]
    [ValidateNotNull]
    public LoadRun? Resume { get; set; }

    /// <summary>Think time.</summary>
    [Parameter(ParameterSetName = LimitSet,
        HelpMessage = "Think time of a person: a mean such as '180s', a range such as '60s-300s', or 'fixed 180s'.")]
    [Parameter(ParameterSetName = RateSet,
        HelpMessage = "Think time of a person: a mean such as '180s', a range such as '60s-300s', or 'fixed 180s'.")]
    [ArgumentCompleter(typeof(ThinkTimeCompleter))]
    [SecondsTransformation(IsText = true)]
    [ValidateNotNullOrEmpty]
    public string? ThinkTime { get; set; }

    /// <summary>The rate limit as it was measured.</summary>
    [Parameter(ParameterSetName = LimitSet,
        HelpMessage = "The limit as Measure-GenieRateLimit returns it; the one the run met by default.")]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    [ValidateNotNull]
    public RateLimit? RateLimit { get; set; }

    /// <summary>The rate limit in questions a minute.</summary>
    [Parameter(Mandatory = true, ParameterSetName = RateSet, HelpMessage = "The limit in questions per minute, 0.01 to 1,000,000.")]
    [ArgumentCompleter(typeof(PerMinuteCompleter))]
    [ValidateRange(0.01, 1_000_000)]
    public double QuestionsPerMinute { get; set; }

    /// <summary>Burst of the rate limit.</summary>
    [Parameter(ParameterSetName = RateSet, HelpMessage = "Questions that the limit accepts at once after a rest, 1 to 100,000. Default 1.")]
    [ArgumentCompleter(typeof(CountCompleter))]
    [ValidateRange(1, 100_000)]
    public int Burst { get; set; } = 1;

    /// <summary>Predicts only.</summary>
    [Parameter(ParameterSetName = LimitSet, HelpMessage = "Predict only; with -From nothing is asked.")]
    [Parameter(ParameterSetName = RateSet, HelpMessage = "Predict only; with -From nothing is asked.")]
    public SwitchParameter PredictOnly { get; set; }

    /// <summary>Questions that arrive at random instead of people.</summary>
    [Parameter(ParameterSetName = LimitSet,
        HelpMessage = "Predict questions per minute that arrive at random (open model) instead of people; nothing is tested.")]
    [Parameter(ParameterSetName = RateSet,
        HelpMessage = "Predict questions per minute that arrive at random (open model) instead of people; nothing is tested.")]
    public SwitchParameter OpenModel { get; set; }

    /// <summary>What is asked.</summary>
    [Parameter(ParameterSetName = LimitSet,
        HelpMessage = "Questions to ask in turn: texts, or rows from Import-GenieQuestion. Default: the sample questions.")]
    [Parameter(ParameterSetName = RateSet,
        HelpMessage = "Questions to ask in turn: texts, or rows from Import-GenieQuestion. Default: the sample questions.")]
    [QuestionTransformation]
    [ArgumentCompleter(typeof(QuestionCompleter))]
    [ValidateNotNullOrEmpty]
    public Question[]? Question { get; set; }

    /// <summary>How people ask.</summary>
    [Parameter(ParameterSetName = LimitSet,
        HelpMessage = "A scenario: think time and turns per conversation are taken from it; its people, times and rates are not used.")]
    [Parameter(ParameterSetName = RateSet,
        HelpMessage = "A scenario: think time and turns per conversation are taken from it; its people, times and rates are not used.")]
    [ArgumentCompleter(typeof(ScenarioReferenceCompleter))]
    [ScenarioTransformation]
    [ValidateNotNull]
    public Scenario? Scenario { get; set; }

    /// <summary>How questions are asked.</summary>
    [Parameter(ParameterSetName = LimitSet,
        HelpMessage = "Mode of Genie in which questions are asked: Chat or Agent. Default: that of -Scenario or -From, or Chat.")]
    [Parameter(ParameterSetName = RateSet,
        HelpMessage = "Mode of Genie in which questions are asked: Chat or Agent. Default: that of -Scenario or -From, or Chat.")]
    [ValidateSet(QuestionMode.Chat, QuestionMode.Agent)]
    public string? Mode { get; set; }

    /// <summary>Gives every question an ending of its own, so that no cache can answer.</summary>
    [Parameter(ParameterSetName = LimitSet,
        HelpMessage = "Add a unique ending to every question, so no cache can answer it.")]
    [Parameter(ParameterSetName = RateSet,
        HelpMessage = "Add a unique ending to every question, so no cache can answer it.")]
    public SwitchParameter UniqueQuestion { get; set; }

    /// <summary>Questions of the baseline.</summary>
    [Parameter(ParameterSetName = LimitSet,
        HelpMessage = "Number of questions of the baseline, 10 to 1,000. Default 30.")]
    [Parameter(ParameterSetName = RateSet,
        HelpMessage = "Number of questions of the baseline, 10 to 1,000. Default 30.")]
    [ArgumentCompleter(typeof(CountCompleter))]
    [ValidateRange(10, 1000)]
    public int BaselineQuestion { get; set; } = CapacitySessionRequest.DefaultBaselineQuestions;

    /// <summary>Most questions sent.</summary>
    [Parameter(HelpMessage = "Maximum number of questions, baseline and probes together, 10 to 1,000,000. Default 500.")]
    [ArgumentCompleter(typeof(CountCompleter))]
    [ValidateRange(10, 1_000_000)]
    public int MaximumQuestion { get; set; } = CapacitySessionRequest.DefaultMaximumQuestions;

    /// <summary>Most DBU of Genie.</summary>
    [Parameter(HelpMessage = "Maximum DBU of Genie for baseline and probes together, 8.6 or more. Each question sent counts as "
        + "0.86 DBU, the most that was measured; the warehouse is not counted. No limit by default.")]
    [ArgumentCompleter(typeof(DbuCompleter))]
    public double MaximumCostDbu { get; set; }

    /// <summary>Longest time.</summary>
    [Parameter(HelpMessage = "Maximum time of baseline and probes together, such as 3600 or '1h'. No limit by default.")]
    [ArgumentCompleter(typeof(DurationCompleter))]
    [DurationTransformation]
    [ValidateDuration(1, 2_678_400)]
    public TimeSpan MaximumDuration { get; set; }

    /// <summary>Connection to use; the session's current one by default.</summary>
    [Parameter(HelpMessage = "Connection to use, or its name. Default: the current one.")]
    [ConnectionTransformation]
    [ArgumentCompleter(typeof(ConnectionNameCompleter))]
    [ValidateNotNull]
    public Connection? Connection { get; set; }

    /// <summary>Folder under which the runs are kept.</summary>
    [Parameter(HelpMessage = "Folder where the runs are stored. Default: GENIELOAD_HOME, otherwise your local application data.")]
    [Alias("RunPath")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(FolderCompleter))]
    public string? StorePath { get; set; }

    /// <summary>Reads the statements of each step from the query history.</summary>
    [Parameter(HelpMessage = "Read the SQL statements of baseline and probes from the query history after each of them, so that "
        + "waits for the warehouse are told from the model. Asks no questions.")]
    public SwitchParameter IncludeStatement { get; set; }

    /// <summary>Leaves the conversations in the space.</summary>
    [Parameter(HelpMessage = "Leave the conversations in the space; they are deleted otherwise.")]
    public SwitchParameter KeepConversation { get; set; }

    /// <summary>Asks without consent, however many questions it may take.</summary>
    [Parameter(HelpMessage = "Do not ask for consent to more than 100 questions.")]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    private protected override TimeSpan LongestStop => _longestStop ?? base.LongestStop;

    /// <inheritdoc/>
    protected override void Process()
    {
        CapacityRequest prediction = new()
        {
            Run = From,
            Slo = Slo,
            ThinkTime = ThinkTime ?? ThinkTimeOf(Scenario),
            Limit = RateLimit,
            QuestionsPerMinute = ParameterSetName == RateSet ? QuestionsPerMinute : null,
            Burst = Burst,
            IsOpen = OpenModel,
        };
        if (From is not null && (PredictOnly || OpenModel))
            WriteObject(CapacityPrediction.Of(prediction));
        else
            Measure(prediction, ConnectedTo(Connection));
    }

    private void Measure(CapacityRequest prediction, Connection connection)
    {
        ICmdletChannel? pipeline = null;
        CapacitySessionRequest request = new()
        {
            Prediction = prediction,
            Questions = Question,
            TurnsPerConversation = Scenario?.TurnsPerConversation,
            Mode = Mode is null
                ? Scenario?.Mode
                : QuestionMode.All.First(known => known.Equals(Mode, StringComparison.OrdinalIgnoreCase)),
            ModeWeight = Mode is null ? Scenario?.ModeWeight : null,
            UniqueQuestion = UniqueQuestion,
            BaselineQuestions = BaselineQuestion,
            MaximumQuestions = MaximumQuestion,
            MaximumCostDbu = Given(nameof(MaximumCostDbu)) ? MaximumCostDbu : null,
            MaximumSeconds = Given(nameof(MaximumDuration)) ? MaximumDuration.TotalSeconds : null,
            PredictsOnly = PredictOnly || OpenModel,
            IncludesStatements = IncludeStatement,
            KeepsConversations = KeepConversation,
            Store = Paths.Store(StorePath),
            Run = RunOptions(new LoadTestOptions()),
        };
        CapacitySession session = Resume is null
            ? new CapacitySession(request, connection)
            : CapacitySession.Resume(Resume, request, connection, RunOptions, WriteWarning);
        session.Progress = progress => pipeline!.Report(new ProgressLine(
            "Measuring the capacity", progress.Status, Math.Min(100, 100 * progress.Spent / progress.Allowed)));
        session.Warn = text => pipeline!.WriteWarningAsync(text).AsTask();
        _longestStop = session.LongestStop;
        if (!ShouldProcess($"{connection}", session.Describe()) || !Consents(connection, session.MostAsked))
            return;
        OpenLog();
        try
        {
            WriteObject(Run(async (channel, stop) =>
            {
                pipeline = channel;
                var options = new GenieClientOptions { Retry = session.Retry };
                return await session.RunAsync((to, time) => OpenClient(to, options, time, LogSinks(channel)), stop).ConfigureAwait(false);
            }));
        }
        catch (PipelineStoppedException) when (session.StopNotice is string notice)
        {
            // After a stop the streams take nothing any more; the host still does.
            Host.UI.WriteLine(notice);
            throw;
        }
    }

    // A single time is a mean here, and always the same in a scenario.
    private static string? ThinkTimeOf(Scenario? scenario) =>
        scenario?.ThinkTime is string text ? text.Contains('-', StringComparison.Ordinal) ? text : $"fixed {text}" : null;

    private bool Consents(Connection connection, int most) =>
        Force || connection.IsSimulator
        || new Consent(MostWithoutConsent, TimeSpan.MaxValue).Given(
            this, most, TimeSpan.Zero, FormattableString.Invariant($"The measurement may ask {most:#,0} questions"));
}
