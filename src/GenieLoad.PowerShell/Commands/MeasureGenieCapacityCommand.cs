using System.Management.Automation;
using GenieLoad.Engine.Sessions;
using GenieLoad.Model;
using GenieLoad.PowerShell.Completion;
using GenieLoad.PowerShell.Input;
using GenieLoad.PowerShell.LoadTests;
using GenieLoad.PowerShell.Pipeline;

namespace GenieLoad.PowerShell.Commands;

/// <summary>Predicts from a finished run how many people a space supports.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "GenieCapacity", DefaultParameterSetName = LimitSet)]
[OutputType(typeof(SpaceCapacity))]
public sealed class MeasureGenieCapacityCommand : GenieCmdlet
{
    private const string LimitSet = "Limit";
    private const string RateSet = "Rate";

    /// <summary>The run whose service times are used.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true,
        HelpMessage = "A finished run with 30 answers or more, its id or its folder: its service times are used.")]
    [Alias("InputObject", "Run")]
    [RunReferenceTransformation]
    [ArgumentCompleter(typeof(RunIdCompleter))]
    [ValidateNotNull]
    public LoadRun From { get; set; } = null!;

    /// <summary>Service levels, all of which must be met.</summary>
    [Parameter(Mandatory = true, Position = 0,
        HelpMessage = "Service levels such as 'P90ResponseSeconds <= 60' or 'SuccessRate >= 95%'; all must be met.")]
    [ArgumentCompleter(typeof(ThresholdCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Slo { get; set; } = [];

    /// <summary>Predicts only; nothing is asked.</summary>
    [Parameter(HelpMessage = "Predict from the run, without asking anything. Required: probes with simulated "
        + "people are not available yet.")]
    public SwitchParameter PredictOnly { get; set; }

    /// <summary>Think time.</summary>
    [Parameter(HelpMessage = "Think time of a person: a mean such as '180s', a range such as '60s-300s', or 'fixed 180s'.")]
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

    /// <summary>Questions that arrive at random instead of people.</summary>
    [Parameter(HelpMessage = "Predict questions per minute that arrive at random (open model) instead of people.")]
    public SwitchParameter OpenModel { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        if (!PredictOnly)
            throw LoadTestErrors.ProbesNotAvailable();
        WriteObject(CapacityPrediction.Of(new CapacityRequest
        {
            Run = From,
            Slo = Slo,
            ThinkTime = ThinkTime,
            Limit = RateLimit,
            QuestionsPerMinute = ParameterSetName == RateSet ? QuestionsPerMinute : null,
            Burst = Burst,
            IsOpen = OpenModel,
        }));
    }
}
