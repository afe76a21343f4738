using System.Management.Automation;
using GenieLoad.Engine.Planning;
using GenieLoad.Model;

namespace GenieLoad.PowerShell.Commands;

/// <summary>Makes a scenario of one's own.</summary>
[Cmdlet(VerbsCommon.New, "GenieScenario")]
[OutputType(typeof(Scenario))]
public sealed class NewGenieScenarioCommand : GenieCmdlet
{
    /// <summary>Name: letters, digits, <c>_</c>, <c>-</c> and <c>.</c>.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true,
        HelpMessage = "Name of the scenario: letters, digits, '_', '-' and '.'.")]
    public string Name { get; set; } = "";

    /// <summary>Questions in the whole test, 1 to 1,000,000.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true,
        HelpMessage = "Questions in the whole test, 1 to 1,000,000.")]
    public int QuestionCount { get; set; }

    /// <summary>Time over which the questions are spread, up to 30 days; all at once when left out or 0.</summary>
    [Parameter(Position = 2, ValueFromPipelineByPropertyName = true,
        HelpMessage = "Time over which the questions are spread, such as 30, '30s', '2m' or 'immediate'.")]
    [Alias("DurationSeconds")]
    [DurationTransformation]
    public TimeSpan? Duration { get; set; }

    /// <summary>Most questions in flight at once, 1 to 100,000; 10, or the number of questions if less, when left out.</summary>
    [Parameter(Position = 3, ValueFromPipelineByPropertyName = true,
        HelpMessage = "Most questions in flight at once, 1 to 100,000.")]
    public int? WorkerCount { get; set; }

    /// <summary>One line for people.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, HelpMessage = "One line for people.")]
    [AllowEmptyString]
    public string Description { get; set; } = "";

    /// <inheritdoc/>
    protected override void Process() => Attempt(() => WriteObject(ScenarioRules.Check(new Scenario
    {
        Name = Name,
        QuestionCount = QuestionCount,
        DurationSeconds = Duration is TimeSpan spread && spread != TimeSpan.Zero ? spread.TotalSeconds : null,
        WorkerCount = WorkerCount ?? ScenarioRules.WorkersFor(QuestionCount),
        Description = Description,
    })));
}
