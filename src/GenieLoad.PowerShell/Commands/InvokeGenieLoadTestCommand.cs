using System.Management.Automation;
using GenieLoad.Engine.Costs;
using GenieLoad.Engine.Genie.Polling;
using GenieLoad.Engine.Running;
using GenieLoad.Engine.Scenarios;
using GenieLoad.Engine.Sessions;
using GenieLoad.Model;
using GenieLoad.PowerShell.Completion;
using GenieLoad.PowerShell.Connections;
using GenieLoad.PowerShell.Formatting;
using GenieLoad.PowerShell.Input;
using GenieLoad.PowerShell.LoadTests;

namespace GenieLoad.PowerShell.Commands;

/// <summary>Runs a load test of a Genie space.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "GenieLoadTest", SupportsShouldProcess = true)]
[OutputType(typeof(LoadRun), typeof(QuestionResult))]
public sealed partial class InvokeGenieLoadTestCommand : LoadTestCmdlet
{
    private readonly List<Question> _questions = [];
    private string? _firstSpace;
    private Scenario? _piped;
    private bool _isQuestionTyped;

    /// <summary>Connections to use; the session's current one by default.</summary>
    [Parameter(HelpMessage = "Connection to use, or its name. Default: the current one. With several, each gets a share of the questions.")]
    [ConnectionTransformation]
    [ArgumentCompleter(typeof(ConnectionNameCompleter))]
    [ValidateNotNullOrEmpty]
    public Connection[] Connection { get; set; } = [];

    /// <summary>Shares of the connections.</summary>
    [Parameter(HelpMessage = "Weights of several connections, such as 3, 1. Default: equal shares.")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(WeightCompleter))]
    public double[] ConnectionWeight { get; set; } = [];

    /// <summary>Space to ask; the connection's by default.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true,
        HelpMessage = "Id of the space to ask, or the address of its page. Default: the space of the connection.")]
    [Alias("AgentId")]
    [SpaceIdTransformation]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(SpaceIdCompleter))]
    public string? SpaceId { get; set; }

    /// <summary>Shape of the load.</summary>
    [Parameter(Position = 0,
        HelpMessage = "Name of a scenario, path of a scenario file, hashtable or scenario object. Without it, an ad-hoc test runs.")]
    [ArgumentCompleter(typeof(ScenarioReferenceCompleter))]
    [ScenarioTransformation]
    [ValidateNotNull]
    public Scenario? Scenario { get; set; }

    /// <summary>What to ask; the sample questions by default.</summary>
    [Parameter(ValueFromPipeline = true,
        HelpMessage = "Questions to ask: texts, or rows from Import-GenieQuestion or Import-Csv. Default: the ten sample questions.")]
    [ArgumentCompleter(typeof(QuestionCompleter))]
    public object?[]? Question { get; set; } = [];

    // Nothing here turns texts into scenarios, as it does for -Scenario: questions come through the same pipe.
    /// <summary>Shape of the load, from the pipeline.</summary>
    [Parameter(ValueFromPipeline = true,
        HelpMessage = "Scenario from Import-GenieScenario, New-GenieScenario or Get-GenieScenario, usually from the pipeline.")]
    [AllowNull]
    [ArgumentCompleter(typeof(ScenarioObjectCompleter))]
    public Scenario? InputObject { get; set; }

    /// <summary>Questions in the whole test, over the scenario's.</summary>
    [Parameter(HelpMessage = "Number of questions in the test, 1 to 1,000,000. Overrides the scenario.")]
    [Alias("Count")]
    [ValidateRange(1, ScenarioRules.MaximumQuestionCount)]
    [ArgumentCompleter(typeof(CountCompleter))]
    public int QuestionCount { get; set; }

    /// <summary>Time over which the questions are spread, over the scenario's.</summary>
    [Parameter(HelpMessage = "Time over which the questions are spread, such as 30, '30s' or '2m'; 0 for all at once. Overrides the "
        + "scenario.")]
    [ArgumentCompleter(typeof(DurationCompleter))]
    [DurationTransformation]
    public TimeSpan Duration { get; set; }

    /// <summary>Arrivals in a time, over the scenario's.</summary>
    [Parameter(HelpMessage = "Rate of questions, such as '20/min' or '0.5/s'. With a duration, it determines the number. Overrides the "
        + "scenario.")]
    [ArgumentCompleter(typeof(RateCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Rate { get; set; }

    /// <summary>How the arrivals lie in time, over the scenario's.</summary>
    [Parameter(HelpMessage = "How questions arrive: ConstantRate (evenly) or Poisson (at random). Overrides the scenario. "
        + "New-GenieScenario has more arrivals.")]
    [ValidateSet(ArrivalShape.ConstantRate, ArrivalShape.Poisson)]
    public string? Arrival { get; set; }

    /// <summary>Most questions in flight at once, over the scenario's.</summary>
    [Parameter(HelpMessage = "Maximum number of questions in flight at once, 1 to 100,000. Overrides the scenario.")]
    [Alias("Workers")]
    [ValidateRange(1, ScenarioRules.MaximumWorkerCount)]
    [ArgumentCompleter(typeof(CountCompleter))]
    public int WorkerCount { get; set; }

    /// <summary>Most questions sent per minute, over the scenario's.</summary>
    [Parameter(HelpMessage = "Maximum number of questions sent per minute by all users; polls do not count. Overrides the scenario.")]
    [ArgumentCompleter(typeof(PerMinuteCompleter))]
    public double QuestionsPerMinute { get; set; }

    /// <summary>How many of the first questions only warm up, over the scenario's.</summary>
    [Parameter(HelpMessage = "Number of questions at the start that only warm up and are left out of the figures. Overrides the scenario.")]
    [ValidateRange(0, ScenarioRules.MaximumQuestionCount)]
    [ArgumentCompleter(typeof(CountCompleter))]
    public int WarmUpCount { get; set; }

    /// <summary>What becomes of questions beyond the workers, over the scenario's.</summary>
    [Parameter(HelpMessage = "Wait or Shed: what happens to a question if no worker is free. Overrides the scenario.")]
    [ArgumentCompleter(typeof(OverflowRuleCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Overflow { get; set; }

    /// <summary>Users of a closed test, instead of the scenario's arrivals.</summary>
    [Parameter(HelpMessage = "Number of users who each ask one question after the other, 1 to 100,000. Overrides the scenario.")]
    [Alias("Users")]
    [ValidateRange(1, ScenarioRules.MaximumWorkerCount)]
    [ArgumentCompleter(typeof(CountCompleter))]
    public int UserCount { get; set; }

    /// <summary>Questions that each user asks.</summary>
    [Parameter(HelpMessage = "Number of questions that each user asks.")]
    [ValidateRange(1, ScenarioRules.MaximumQuestionCount)]
    [ArgumentCompleter(typeof(CountCompleter))]
    public int QuestionsPerUser { get; set; }

    /// <summary>Time between an answer and the next question of a user or conversation.</summary>
    [Parameter(HelpMessage = "Time between an answer and the next question of a user or conversation: fixed ('5s') or random within a "
        + "range ('2s-10s').")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ThinkTimeCompleter))]
    [SecondsTransformation(IsText = true)]
    public string? ThinkTime { get; set; }

    /// <summary>How questions are asked, over the scenario's.</summary>
    [Parameter(HelpMessage = "Chat, Agent, or both: the mode of Genie in which questions are asked. Overrides the scenario.")]
    [ValidateNotNullOrEmpty]
    [ValidateSet(QuestionMode.Chat, QuestionMode.Agent)]
    public string[] Mode { get; set; } = [];

    /// <summary>Shares of the modes, over the scenario's.</summary>
    [Parameter(HelpMessage = "Weights of several modes, such as 3, 1. Default: equal shares. Overrides the scenario.")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(WeightCompleter))]
    public double[] ModeWeight { get; set; } = [];

    /// <summary>Questions per minute that the workspace takes, for the plan that is shown.</summary>
    [Parameter(HelpMessage = "Questions per minute that the workspace accepts, for the shortest time that -WhatIf shows. Default 5. Does "
        + "not slow the test.")]
    [ArgumentCompleter(typeof(PerMinuteCompleter))]
    public double WorkspaceLimit { get; set; }

    /// <summary>Price of a DBU of Genie, for the plan that is shown.</summary>
    [Parameter(HelpMessage = "Price of a DBU of Genie, in your currency: -WhatIf shows prices too. Default: DBU only.")]
    [ValidateRange(0.0, 1e6)]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public double PricePerDbu { get; set; }

    /// <summary>Price of a DBU of the warehouse, for the plan that is shown.</summary>
    [Parameter(HelpMessage = "Price of a DBU of the SQL warehouse, in your currency: -WhatIf shows prices too. Default: DBU only.")]
    [ValidateRange(0.0, 1e6)]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public double WarehousePricePerDbu { get; set; }

    /// <summary>Name of the test.</summary>
    [Parameter(HelpMessage = "Name of the test. Default: scenario, number of questions and duration.")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public string? Name { get; set; }

    /// <summary>Seed of everything random.</summary>
    [Parameter(HelpMessage = "Seed of all random values: the same seed gives the same plan. Default: random, and stored with the run.")]
    [ArgumentCompleter(typeof(SeedCompleter))]
    public int Seed { get; set; }

    /// <summary>Gives every question an ending of its own, so that no cache can answer.</summary>
    [Parameter(HelpMessage = "Add a unique ending to every question, so no cache can answer it.")]
    public SwitchParameter UniqueQuestion { get; set; }

    /// <summary>How the waits between the polls of a question are chosen.</summary>
    [Parameter(HelpMessage = "Backoff: each wait is 1.5 times the one before. Fixed: every -PollInterval. Adaptive: based on the answers "
        + "so far.")]
    [ValidateSet(Model.PollPolicy.Backoff, Model.PollPolicy.Fixed, Model.PollPolicy.Adaptive)]
    public string PollPolicy { get; set; } = Model.PollPolicy.Backoff;

    /// <summary>Folder under which the run is kept.</summary>
    [Parameter(HelpMessage = "Folder where the run is stored. Default: GENIELOAD_HOME, otherwise your local application data.")]
    [Alias("RunPath")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(FolderCompleter))]
    public string? StorePath { get; set; }

    /// <summary>What the run is to meet, instead of the scenario's thresholds.</summary>
    [Parameter(HelpMessage = "Thresholds such as 'P95ResponseSeconds < 30', 'SuccessRate >= 99'. Overrides the scenario.")]
    [ArgumentCompleter(typeof(ThresholdCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Threshold { get; set; } = [];

    /// <summary>Makes a miss an error.</summary>
    [Parameter(HelpMessage = "End with an error, after the run is written, if a threshold is missed or undecided, or the run is invalid.")]
    public SwitchParameter FailOnThreshold { get; set; }

    /// <summary>Ends a test that cannot meet its thresholds any more.</summary>
    [Parameter(HelpMessage = "End the test as soon as a threshold can no longer be met.")]
    public SwitchParameter AbortOnFail { get; set; }

    /// <summary>Time before <see cref="AbortOnFail"/> looks.</summary>
    [Parameter(HelpMessage = "Time after the start when -AbortOnFail begins to check, such as 30 or '2m'. Default 60 seconds.")]
    [ArgumentCompleter(typeof(DurationCompleter))]
    [DurationTransformation]
    public TimeSpan AbortDelay { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Keeps question, SQL and answer out of every file.</summary>
    [Parameter(HelpMessage = "Leave questions, SQL, answers and error texts of the service out of the run and all files.")]
    public SwitchParameter ExcludeText { get; set; }

    /// <summary>Most questions that need no consent.</summary>
    [Parameter(HelpMessage = "Confirm tests with more questions than this. Default 200.")]
    [ValidateRange(0, ScenarioRules.MaximumQuestionCount)]
    [ArgumentCompleter(typeof(CountCompleter))]
    public int ConfirmQuestionCount { get; set; } = 200;

    /// <summary>Longest expected time that needs no consent.</summary>
    [Parameter(HelpMessage = "Confirm tests that take longer than this at the known rate limit. Default 1 hour.")]
    [ArgumentCompleter(typeof(DurationCompleter))]
    [DurationTransformation]
    [ValidateDuration(0, 2_678_400)]
    public TimeSpan ConfirmDuration { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Consents to a test of any size.</summary>
    [Parameter(HelpMessage = "Run a test of any size without asking.")]
    public SwitchParameter Force { get; set; }

    private string Policy => Model.PollPolicy.All.First(policy => policy.Equals(PollPolicy, StringComparison.OrdinalIgnoreCase));

    /// <inheritdoc/>
    protected override void Begin()
    {
        base.Begin();
        _isQuestionTyped = Given(nameof(Question));
    }

    /// <inheritdoc/>
    protected override void Process()
    {
        // One test asks one space; the last of several that come through the pipe must not win in silence.
        if (SpaceId is not null && (_firstSpace ??= SpaceId) != SpaceId)
            throw LoadTestErrors.SeveralSpaces(_firstSpace, SpaceId);
        // Not by a transformation of the parameter: what it refuses of the pipeline PowerShell leaves out, and half the list would be
        // asked.
        Take(InputObject);
        foreach (object? question in Question ?? [null])
        {
            // PowerShell gives what comes through the pipe to every parameter that takes it, and this one takes anything.
            if (InputConversion.Unwrap(question) is Scenario scenario)
                Take(scenario);
            else if (!QuestionTransformationAttribute.IsEmptyRow(question))
                _questions.Add(QuestionTransformationAttribute.ToQuestion(question));
        }
    }

    /// <inheritdoc/>
    protected override void End()
    {
        if (_piped is not null && Scenario is not null)
            throw LoadTestErrors.SeveralScenarios(Scenario.Name, _piped.Name);
        CheckSessions();
        Carry(LoadTestSession.Of(Request()), Connection, isInOwnFolder: StorePath is not null);
    }

    /// <inheritdoc/>
    private protected override bool IsWanted(LoadTestSession session)
    {
        string plan = session.Describe(ConsoleWidth.Of(Host));
        bool isWanted = ShouldProcess(plan, $"Run this load test?\n{plan}", "Load test");
        // Before anything is sent, and before anybody is asked for consent.
        foreach (string warning in session.Warnings)
            WriteWarning(warning);
        return isWanted;
    }

    /// <summary>As above. Whoever was asked by -Confirm has answered.</summary>
    private protected override bool Consents(LoadTestSession session)
    {
        bool consents = (!session.AsksForConsent || Force || Given("Confirm")
            || new Consent(ConfirmQuestionCount, ConfirmDuration).Given(this, session.Preview!)) && ConsentsToEvaluations(session);
        if (consents && _questions.Count == 0 && Plan is null)
            WriteVerbose("No -Question is given: the ten sample questions are asked.");
        return consents;
    }

    private void Take(Scenario? scenario)
    {
        if (scenario is not null && (_piped ??= scenario) != scenario)
            throw LoadTestErrors.SeveralScenarios(_piped.Name, scenario.Name);
    }

    private LoadTestRequest Request()
    {
        // Nothing through the pipe means an empty list, which is refused; nothing given at all means the samples.
        bool isListed = _questions.Count > 0 || _isQuestionTyped || (MyInvocation.ExpectingInput && _piped is null);
        return new LoadTestRequest
        {
            Scenario = Scenario ?? _piped,
            Questions = isListed ? _questions : null,
            ReplaySpeed = ReplaySpeed(),
            Overrides = WithGiven(new ScenarioOverrides { DurationSeconds = Given(nameof(Duration)) ? Duration.TotalSeconds : null }),
            Plan = Plan,
            Start = Start(),
            Name = Name,
            Seed = Given(nameof(Seed)) ? Seed : null,
            UniqueQuestion = UniqueQuestion,
            Connections = Connection,
            ConnectionWeights = ConnectionWeight.Length > 0 ? ConnectionWeight : null,
            SpaceId = SpaceId,
            Thresholds = Threshold,
            FailOnThreshold = FailOnThreshold,
            AbortDelaySeconds = AbortOnFail ? AbortDelay.TotalSeconds : null,
            WorkspaceLimit = Given(nameof(WorkspaceLimit)) ? WorkspaceLimit : null,
            Current = OpenConnections.Current,
            Prices = new CostPrices(
                Given(nameof(PricePerDbu)) ? PricePerDbu : null, Given(nameof(WarehousePricePerDbu)) ? WarehousePricePerDbu : null),
            Store = Paths.Store(StorePath),
            CheckAnswer = CheckAnswer,
            Options = WithEvaluations(
                SessionOptions(new LoadTestOptions { Poll = new PollOptions { Policy = Policy }, ExcludeText = ExcludeText })),
        };
    }
}
