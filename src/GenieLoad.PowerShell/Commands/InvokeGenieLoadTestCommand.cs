using System.Management.Automation;
using GenieLoad.Engine.Genie;
using GenieLoad.Engine.Planning;
using GenieLoad.Engine.Running;
using GenieLoad.Engine.Runs;
using GenieLoad.Engine.Verdicts;
using GenieLoad.Model;

namespace GenieLoad.PowerShell.Commands;

/// <summary>Runs a load test of a Genie space.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "GenieLoadTest", SupportsShouldProcess = true)]
[OutputType(typeof(LoadRun), typeof(QuestionResult))]
public sealed class InvokeGenieLoadTestCommand : AskingCmdlet
{
    private readonly List<Question> _questions = [];
    private string? _firstSpace;

    /// <summary>Shape of the load.</summary>
    [Parameter(Position = 0, HelpMessage = "Name of a scenario, path of a scenario file, hashtable or scenario. Without one: an ad-hoc test.")]
    [ArgumentCompleter(typeof(ScenarioNameCompleter))]
    [ScenarioTransformation]
    [ValidateNotNull]
    public Scenario? Scenario { get; set; }

    /// <summary>What to ask; the sample questions by default.</summary>
    [Parameter(ValueFromPipeline = true,
        HelpMessage = "What to ask: texts, or rows of Import-GenieQuestion or Import-Csv. The ten sample questions by default.")]
    public object?[]? Question { get; set; } = [];

    /// <summary>Questions in the whole test, over the scenario's.</summary>
    [Parameter(HelpMessage = "Questions in the whole test, 1 to 1,000,000, instead of the scenario's number.")]
    [ValidateRange(1, ScenarioRules.MaximumQuestionCount)]
    public int QuestionCount { get; set; }

    /// <summary>Time over which the questions are spread, over the scenario's.</summary>
    [Parameter(HelpMessage = "Time over which the questions are spread, such as 30, '30s' or '2m', instead of the scenario's; 0 for all at once.")]
    [DurationTransformation]
    public TimeSpan Duration { get; set; }

    /// <summary>Most questions in flight at once, over the scenario's.</summary>
    [Parameter(HelpMessage = "Most questions in flight at once, 1 to 100,000, instead of the scenario's number.")]
    [ValidateRange(1, ScenarioRules.MaximumWorkerCount)]
    public int WorkerCount { get; set; }

    /// <summary>Most questions sent per minute, over the scenario's.</summary>
    [Parameter(HelpMessage = "Most questions sent per minute, over all users, instead of the scenario's number; polls do not count.")]
    public double QuestionsPerMinute { get; set; }

    /// <summary>How many of the first questions only warm up, over the scenario's.</summary>
    [Parameter(HelpMessage = "How many of the first questions only warm up and are left out of the figures, instead of the scenario's number.")]
    [ValidateRange(0, ScenarioRules.MaximumQuestionCount)]
    public int WarmUpCount { get; set; }

    /// <summary>Name of the test.</summary>
    [Parameter(HelpMessage = "Name of the test; made of scenario, questions and duration by default.")]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>Seed of everything random.</summary>
    [Parameter(HelpMessage = "Seed of everything random: the same seed gives the same plan. Drawn by default, and kept with the run.")]
    public int Seed { get; set; }

    /// <summary>Gives every question an ending of its own, so that no cache can answer.</summary>
    [Parameter(HelpMessage = "Give every question an ending of its own, so that no cache can answer.")]
    public SwitchParameter UniqueQuestion { get; set; }

    /// <summary>Folder under which the run is kept.</summary>
    [Parameter(HelpMessage = "Folder under which the run is kept. Else GENIELOAD_HOME, else your local application data.")]
    [ValidateNotNullOrEmpty]
    public string? RunPath { get; set; }

    /// <summary>Writes each question's row as it finishes, instead of the run.</summary>
    [Parameter(HelpMessage = "Write each question's row as it finishes, instead of the run at the end.")]
    public SwitchParameter PassThruResult { get; set; }

    /// <summary>What the run is to meet, instead of the scenario's thresholds.</summary>
    [Parameter(HelpMessage = "Thresholds such as 'P95ResponseSeconds < 30', 'SuccessRate >= 99', instead of the scenario's.")]
    [ArgumentCompleter(typeof(ThresholdCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Threshold { get; set; } = [];

    /// <summary>Makes a miss an error.</summary>
    [Parameter(HelpMessage = "End with an error, after the run is written, when a threshold is missed or undecided, or the run is no ground for a verdict.")]
    public SwitchParameter FailOnThreshold { get; set; }

    /// <summary>Ends a test that cannot meet its thresholds any more.</summary>
    [Parameter(HelpMessage = "End the test as soon as a threshold cannot be met any more.")]
    public SwitchParameter AbortOnFail { get; set; }

    /// <summary>Time before <see cref="AbortOnFail"/> looks.</summary>
    [Parameter(HelpMessage = "Time after the start before which -AbortOnFail does not look, such as 30 or '2m'. 60 seconds by default.")]
    [DurationTransformation]
    public TimeSpan AbortDelay { get; set; } = TimeSpan.FromSeconds(60);

    /// <inheritdoc/>
    protected override void Process()
    {
        // One test asks one space; the last of several that come through the pipe must not win in silence.
        if (SpaceId is not null && (_firstSpace ??= SpaceId) != SpaceId)
            throw AskingErrors.SeveralSpaces(_firstSpace, SpaceId);
        // Not by a transformation of the parameter: what it refuses of the pipeline PowerShell leaves out, and half the list would be asked.
        foreach (object? question in Question ?? [null])
            _questions.Add(QuestionTransformationAttribute.ToQuestion(question));
    }

    /// <inheritdoc/>
    protected override void End()
    {
        (Plan plan, IReadOnlyList<Threshold> thresholds) = RunThresholds.Set(MakePlan(), Threshold, Scenario);
        if (thresholds.Count == 0 && (FailOnThreshold || AbortOnFail))
            throw RunThresholds.Missing(FailOnThreshold ? nameof(FailOnThreshold) : nameof(AbortOnFail));
        GenieClientOptions clientOptions = ClientOptions();
        LoadTestOptions walkOptions = WalkOptions();
        string preview = PlanPreviewText.Format(PlanPreviewBuilder.Build(plan));
        if (!ShouldProcess(preview, $"Run this load test?\n{preview}", "Load test"))
            return;
        if (_questions.Count == 0)
            WriteVerbose("No -Question is given: the ten sample questions are asked.");
        Connection connection = Connected;
        string space = SpaceOf(connection);
        OpenLog();
        RunStore store = new(RunPath is null ? null : Paths.Target(RunPath));
        RunDisplay display = new(plan) { IsInOwnFolder = RunPath is not null };
        using AbortRule rule = new(AbortOnFail ? thresholds : [], AbortDelay.TotalSeconds, display);
        LoadRun? finished = null;
        try
        {
            Run(async (channel, stop) =>
            {
                display.Channel = channel;
                display.StreamsRows = PassThruResult;
                using GenieApiClient client = OpenClient(connection, clientOptions, LogSinks(channel));
                // Says at once what is wrong with workspace, credential or space, and opens the first connection outside the measured time.
                Connection target = await new GenieConnector(client).CheckAsync(space, connection.IsSimulator, stop).ConfigureAwait(false);
                using var ended = CancellationTokenSource.CreateLinkedTokenSource(stop, rule.Hopeless);
                LoadRun run = await LoadTest.RunAsync(client, target, plan, walkOptions, store, rule, ended.Token).ConfigureAwait(false);
                finished = run;
                await display.RowsWritten.ConfigureAwait(false);
                if (!PassThruResult)
                    await channel.WriteAsync(run).ConfigureAwait(false);
            });
        }
        catch (PipelineStoppedException) when (display.StopNotice is string notice)
        {
            // After a stop the streams take nothing any more; the host still does, and somebody wants to know where the answers are.
            Host.UI.WriteLine(notice);
            throw;
        }

        if (rule.StopReason is string reason)
            WriteWarning(reason);
        if (FailOnThreshold && finished is not null)
            ThresholdJudge.Demand(finished, ThresholdJudge.Judge(finished, thresholds));
    }

    private Plan MakePlan()
    {
        bool Given(string parameter) => MyInvocation.BoundParameters.ContainsKey(parameter);
        var overrides = new ScenarioOverrides
        {
            QuestionCount = Given(nameof(QuestionCount)) ? QuestionCount : null,
            DurationSeconds = Given(nameof(Duration)) ? Duration.TotalSeconds : null,
            WorkerCount = Given(nameof(WorkerCount)) ? WorkerCount : null,
            QuestionsPerMinute = Given(nameof(QuestionsPerMinute)) ? QuestionsPerMinute : null,
            WarmUpCount = Given(nameof(WarmUpCount)) ? WarmUpCount : null,
        };
        Scenario scenario = overrides.Apply(Scenario, _questions.Count);
        // Nothing through the pipe means an empty list, which is refused; nothing given at all means the samples.
        IReadOnlyList<Question> questions = _questions.Count > 0 || Given(nameof(Question)) || MyInvocation.ExpectingInput
            ? _questions
            : SampleQuestions.All;
        return PlanBuilder.Build(scenario, questions, new PlanOptions
        {
            Name = Name,
            Seed = Given(nameof(Seed)) ? Seed : Random.Shared.Next(),
            UniqueQuestion = UniqueQuestion,
        });
    }
}
