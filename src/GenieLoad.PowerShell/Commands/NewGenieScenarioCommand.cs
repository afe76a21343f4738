using System.Management.Automation;
using GenieLoad.Engine.Scenarios;
using GenieLoad.Engine.Verdicts;
using GenieLoad.Model;
using GenieLoad.PowerShell.Completion;
using GenieLoad.PowerShell.Input;
using GenieLoad.PowerShell.Pipeline;

namespace GenieLoad.PowerShell.Commands;

/// <summary>Makes a scenario of one's own.</summary>
[Cmdlet(VerbsCommon.New, "GenieScenario")]
[OutputType(typeof(Scenario))]
public sealed class NewGenieScenarioCommand : GenieCmdlet
{
    private bool _isArrivalTyped;
    private bool _isModeTyped;
    private bool _isModeWeightTyped;

    /// <summary>Name: letters, digits, <c>_</c>, <c>-</c> and <c>.</c>.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true,
        HelpMessage = "Name of the scenario: letters, digits, '_', '-' and '.'.")]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public string Name { get; set; } = "";

    /// <summary>Questions in the whole test, 1 to 1,000,000; may be left out where it follows from the shape.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true,
        HelpMessage = "Number of questions in the test, 1 to 1,000,000. Not needed if a rate and a duration, or the arrivals, determine "
            + "it.")]
    [ArgumentCompleter(typeof(CountCompleter))]
    public int? QuestionCount { get; set; }

    /// <summary>Time over which the questions are spread, up to 30 days; all at once when left out or 0.</summary>
    [Parameter(Position = 2, ValueFromPipelineByPropertyName = true,
        HelpMessage = "Time over which the questions are spread, such as 30, '30s', '2m' or 'immediate'.")]
    [Alias("DurationSeconds")]
    [ArgumentCompleter(typeof(DurationCompleter))]
    [DurationTransformation]
    public TimeSpan? Duration { get; set; }

    /// <summary>Most questions in flight at once, 1 to 100,000; 10, or the number of questions if less, when left out.</summary>
    [Parameter(Position = 3, ValueFromPipelineByPropertyName = true,
        HelpMessage = "Maximum number of questions in flight at once, 1 to 100,000.")]
    [Alias("MaximumInFlight", "Workers")]
    [ArgumentCompleter(typeof(CountCompleter))]
    public int? WorkerCount { get; set; }

    /// <summary>One line for people.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, HelpMessage = "Description in one line.")]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(FreeTextCompleter))]
    public string Description { get; set; } = "";

    /// <summary>How arrivals lie in time, one of <see cref="ArrivalShape"/>; by default what the other parameters speak of.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true,
        HelpMessage = "Even, Immediate, ConstantRate, Poisson, Gamma, Ramp, Stages or Replay. Default: determined by the other "
            + "parameters.")]
    [ArgumentCompleter(typeof(ArrivalShapeCompleter))]
    public string? Arrival { get; set; }

    /// <summary>Arrivals in a time, such as <c>20/min</c>; the first rate of a ramp.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true,
        HelpMessage = "Rate of questions, such as '20/min' or '0.5/s'; the first rate of a ramp.")]
    [ArgumentCompleter(typeof(RateCompleter))]
    public string? Rate { get; set; }

    /// <summary>Last rate of a ramp.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, HelpMessage = "Last rate of a ramp, such as '60/min'.")]
    [ArgumentCompleter(typeof(RateCompleter))]
    public string? FinalRate { get; set; }

    /// <summary>Burstiness of <see cref="ArrivalShape.Gamma"/>, 0.01 to 100.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true,
        HelpMessage = "Burstiness of Gamma, 0.01 to 100: 1 is Poisson, higher values give bursts, lower values are more even.")]
    [ArgumentCompleter(typeof(BurstinessCompleter))]
    public double? Burstiness { get; set; }

    /// <summary>Rates and how long each lasts.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, HelpMessage = "Rates and how long each lasts: '10/min for 5m', '30/min for 5m'.")]
    [ArgumentCompleter(typeof(StageCompleter))]
    public string[]? Stages { get; set; }

    /// <summary>File with the instants that are replayed.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true,
        HelpMessage = "File with the times to replay: a .csv from Export-GenieRun, or one number of seconds per line.")]
    public string? ReplayPath { get; set; }

    /// <summary>Users of a closed test, 1 to 100,000.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true,
        HelpMessage = "Number of users who each ask one question after the other, 1 to 100,000 (closed test).")]
    [Alias("Users")]
    [ArgumentCompleter(typeof(CountCompleter))]
    public int? UserCount { get; set; }

    /// <summary>Questions that each user asks.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true,
        HelpMessage = "Number of questions that each user asks.")]
    [ArgumentCompleter(typeof(CountCompleter))]
    public int? QuestionsPerUser { get; set; }

    /// <summary>Time between an answer and the next question of a user or conversation.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true,
        HelpMessage = "Time between an answer and the next question: fixed ('5s') or random within a range ('2s-10s').")]
    [ArgumentCompleter(typeof(ThinkTimeCompleter))]
    [SecondsTransformation(IsText = true)]
    public string? ThinkTime { get; set; }

    /// <summary>Time over which the users begin.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true,
        HelpMessage = "Time over which the users start, such as '30s'. Default: all at once.")]
    [Alias("StaggerSeconds")]
    [ArgumentCompleter(typeof(DurationCompleter))]
    [DurationTransformation]
    public TimeSpan? Stagger { get; set; }

    /// <summary>Questions in one conversation, 1 to 10,000.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true,
        HelpMessage = "Number of questions asked one after the other in each conversation, 1 to 10,000.")]
    [ArgumentCompleter(typeof(CountCompleter))]
    public int? TurnsPerConversation { get; set; }

    /// <summary>How questions are asked, each of <see cref="QuestionMode"/>.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true,
        HelpMessage = "Chat (default), Agent, or both: the mode of Genie in which questions are asked.")]
    [ArgumentCompleter(typeof(QuestionModeCompleter))]
    public string[]? Mode { get; set; }

    /// <summary>Weights of several modes.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, HelpMessage = "Weights of several modes, such as 3, 1. Default: equal shares.")]
    [ArgumentCompleter(typeof(WeightCompleter))]
    [NumbersTransformation]
    public double[]? ModeWeight { get; set; }

    /// <summary>Most questions sent per minute, over all users.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true,
        HelpMessage = "Maximum number of questions sent per minute by all users; polls do not count.")]
    [ArgumentCompleter(typeof(PerMinuteCompleter))]
    public double? QuestionsPerMinute { get; set; }

    /// <summary>What becomes of questions beyond the workers, one of <see cref="OverflowRule"/>.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true,
        HelpMessage = "Wait (default) or Shed: what happens to a question if no worker is free.")]
    [ArgumentCompleter(typeof(OverflowRuleCompleter))]
    public string? Overflow { get; set; }

    /// <summary>How many of the first questions only warm up.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true,
        HelpMessage = "Number of questions at the start that only warm up and are left out of the figures.")]
    [ArgumentCompleter(typeof(CountCompleter))]
    public int? WarmUpCount { get; set; }

    /// <summary>What a run is to meet.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true,
        HelpMessage = "Limits that a run must meet, such as 'P95ResponseSeconds < 30', 'SuccessRate >= 99'.")]
    [Alias("Thresholds")]
    [ArgumentCompleter(typeof(ThresholdCompleter))]
    public string[]? Threshold { get; set; }

    /// <inheritdoc/>
    protected override void Begin()
    {
        _isArrivalTyped = Given(nameof(Arrival));
        _isModeTyped = Given(nameof(Mode));
        _isModeWeightTyped = Given(nameof(ModeWeight));
    }

    /// <inheritdoc/>
    protected override void Process() => Attempt(() => WriteObject(new ScenarioDraft([.. Fields()], areParameters: true).ToScenario()));

    /// <summary>A field for each parameter, by its name.</summary>
    private IEnumerable<ScenarioField> Fields() =>
        from parameter in GetType().GetProperties()
        where parameter.IsDefined(typeof(ParameterAttribute), inherit: true)
        orderby parameter.MetadataToken
        select new ScenarioField(parameter.Name, Fit(parameter.Name, parameter.GetValue(this)));

    /// <summary>A value as a draft takes it. An empty property of an object in the pipeline comes as null.</summary>
    private object? Fit(string parameter, object? value) => parameter switch
    {
        nameof(Stages) => Stages is null ? null : string.Join(", ", Stages),
        nameof(ReplayPath) => string.IsNullOrWhiteSpace(ReplayPath) ? null : Paths.LiteralFile(ReplayPath),
        // Of a piped scenario these two follow from the duration, which may be another now.
        nameof(Arrival) => !_isArrivalTyped && Arrival is (ArrivalShape.Even or ArrivalShape.Immediate) ? null : Arrival,
        // Weights of a piped scenario are those of its own modes.
        nameof(ModeWeight) => _isModeTyped && !_isModeWeightTyped ? null : ModeWeight,
        // Read here, so that a typo is refused now and not when a test begins.
        nameof(Threshold) => string.Join("; ", ThresholdText.ParseAll(Threshold)),
        _ => value,
    };
}
