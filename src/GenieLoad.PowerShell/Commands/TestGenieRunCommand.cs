using System.Management.Automation;
using GenieLoad.Engine.Verdicts;
using GenieLoad.Model;
using GenieLoad.PowerShell.Completion;
using GenieLoad.PowerShell.Input;
using GenieLoad.PowerShell.Pipeline;

namespace GenieLoad.PowerShell.Commands;

/// <summary>Checks runs against thresholds.</summary>
[Cmdlet(VerbsDiagnostic.Test, "GenieRun", DefaultParameterSetName = RunFirst)]
[OutputType(typeof(ThresholdResult), typeof(bool))]
public sealed class TestGenieRunCommand : GenieCmdlet
{
    private const string RunFirst = "Run";
    private const string RunPiped = "Pipeline";

    private const string RunHelp = "A run from Invoke-GenieLoadTest or Get-GenieRun; or its id, its folder, "
        + "or a .json file of Export-GenieRun.";

    private const string ThresholdHelp = "Thresholds such as 'P95ResponseSeconds < 30', 'SuccessRate >= 99'. Default: those the run "
        + "was started with.";

    private readonly List<(LoadRun Run, IReadOnlyList<ThresholdResult> Results)> _judged = [];
    private IReadOnlyList<Threshold> _thresholds = [];

    /// <summary>The runs.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = RunFirst, HelpMessage = RunHelp)]
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = RunPiped, ValueFromPipeline = true, HelpMessage = RunHelp)]
    [RunReferenceTransformation(LeavesThresholds = true)]
    [ArgumentCompleter(typeof(RunReferenceCompleter))]
    [ValidateNotNullOrEmpty]
    public LoadRun[] InputObject { get; set; } = [];

    /// <summary>What the run is to meet.</summary>
    [Parameter(Position = 1, ParameterSetName = RunFirst, HelpMessage = ThresholdHelp)]
    [Parameter(Position = 0, ParameterSetName = RunPiped, HelpMessage = ThresholdHelp)]
    [ArgumentCompleter(typeof(ThresholdCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Threshold { get; set; } = [];

    /// <summary>Writes only whether every threshold passed.</summary>
    [Parameter(HelpMessage = "Return one Boolean: whether every threshold of every run passed.")]
    public SwitchParameter Quiet { get; set; }

    /// <summary>Makes a miss an error.</summary>
    [Parameter(HelpMessage = "End with an error, after all results are returned, if a threshold is missed or undecided, "
        + "or the run is invalid.")]
    public SwitchParameter FailOnThreshold { get; set; }

    /// <inheritdoc/>
    protected override void Begin() => _thresholds = ThresholdText.ParseAll(Threshold);

    /// <inheritdoc/>
    protected override void Process()
    {
        foreach (LoadRun run in InputObject)
            Judge(run);
    }

    /// <inheritdoc/>
    protected override void End()
    {
        if (Quiet)
            WriteObject(_judged.Count > 0 && _judged.All(judged => judged.Results.All(result => result.Verdict == Verdict.Pass)));
        if (!FailOnThreshold)
            return;
        foreach ((LoadRun run, IReadOnlyList<ThresholdResult> results) in _judged)
            ThresholdJudge.Demand(run, results);
    }

    private void Judge(LoadRun run)
    {
        IReadOnlyList<Threshold> thresholds = _thresholds.Count > 0 ? _thresholds : RunThresholds.Of(run);
        IReadOnlyList<ThresholdResult> results = ThresholdJudge.Judge(run, thresholds);
        _judged.Add((run, results));
        if (run.Health is { Verdict: HealthVerdict.Invalid } health)
            WriteWarning($"Run {run.RunId} is invalid: {health.Reasons}.");
        if (!Quiet)
            WriteObject(results, enumerateCollection: true);
    }
}
