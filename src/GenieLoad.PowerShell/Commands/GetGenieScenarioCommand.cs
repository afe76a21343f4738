using System.Management.Automation;
using GenieLoad.Engine.Planning;
using GenieLoad.Engine.Questions;
using GenieLoad.Engine.Scenarios;
using GenieLoad.Engine.Verdicts;
using GenieLoad.Model;
using GenieLoad.PowerShell.Completion;
using GenieLoad.PowerShell.Input;
using GenieLoad.PowerShell.Pipeline;

namespace GenieLoad.PowerShell.Commands;

/// <summary>Gets the built-in scenarios, or the plans that they make.</summary>
[Cmdlet(VerbsCommon.Get, "GenieScenario", DefaultParameterSetName = ByName)]
[OutputType(typeof(Scenario), typeof(PlanPreview))]
public sealed class GetGenieScenarioCommand : GenieCmdlet
{
    private const string ByName = "Name";
    private const string ByObject = "Object";

    private int _drawnSeed;

    /// <summary>Names of the wanted scenarios, wildcards allowed; all when left out.</summary>
    [Parameter(Position = 0, ParameterSetName = ByName, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true,
        HelpMessage = "Names of scenarios; wildcards are allowed.")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ScenarioNameCompleter))]
    public string[] Name { get; set; } = ["*"];

    /// <summary>A scenario of one's own.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ByObject, ValueFromPipeline = true,
        HelpMessage = "Scenario from New-GenieScenario or Import-GenieScenario.")]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(ScenarioObjectCompleter))]
    public Scenario[] InputObject { get; set; } = [];

    /// <summary>Whether the plans are given instead of the scenarios.</summary>
    [Parameter(HelpMessage = "Return the plan of each scenario: times, counts per minute, shortest time, and the answers that percentiles "
        + "need.")]
    public SwitchParameter Plan { get; set; }

    /// <summary>Questions of the plan; the sample questions by default.</summary>
    [Parameter(HelpMessage = "Questions of the plan. Default: the ten sample questions.")]
    [QuestionTransformation]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(QuestionCompleter))]
    public Question[] Question { get; set; } = [];

    /// <summary>Seed of the plan.</summary>
    [Parameter(HelpMessage = "Seed of the plan: the same seed gives the same plan. Default: random.")]
    [ArgumentCompleter(typeof(SeedCompleter))]
    public int Seed { get; set; }

    /// <summary>Questions per minute that the workspace takes.</summary>
    [Parameter(HelpMessage = "Questions per minute that the workspace accepts, for the shortest time of the plan. Default 5.")]
    [ArgumentCompleter(typeof(PerMinuteCompleter))]
    public double WorkspaceLimit { get; set; }

    /// <inheritdoc/>
    protected override void Begin() => _drawnSeed = Random.Shared.Next();

    /// <inheritdoc/>
    protected override void Process()
    {
        foreach (Scenario scenario in InputObject)
            Attempt(() => Write(scenario));
        foreach (string name in ParameterSetName == ByName ? Name : [])
        {
            if (WildcardPattern.ContainsWildcardCharacters(name))
                WriteMatching(new WildcardPattern(name, WildcardOptions.IgnoreCase));
            else
                Attempt(() => Write(ScenarioCatalog.Find(name)));
        }
    }

    private void WriteMatching(WildcardPattern pattern)
    {
        foreach (Scenario scenario in BuiltInScenarios.All)
        {
            if (pattern.IsMatch(scenario.Name))
                Write(scenario);
        }
    }

    private void Write(Scenario scenario)
    {
        if (!Plan)
        {
            WriteObject(scenario);
            return;
        }
        var options = new PlanOptions { Seed = Given(nameof(Seed)) ? Seed : _drawnSeed };
        Plan plan = PlanBuilder.Build(scenario, Given(nameof(Question)) ? Question : SampleQuestions.All, options);
        plan = RunThresholds.Set(plan, [], scenario).Plan;
        WriteObject(PlanPreviewBuilder.Build(plan, Given(nameof(WorkspaceLimit)) ? WorkspaceLimit : null));
    }
}
