using System.Management.Automation;
using GenieLoad.Engine.Planning;
using GenieLoad.Model;

namespace GenieLoad.PowerShell.Commands;

/// <summary>Gets the built-in scenarios.</summary>
[Cmdlet(VerbsCommon.Get, "GenieScenario")]
[OutputType(typeof(Scenario))]
public sealed class GetGenieScenarioCommand : GenieCmdlet
{
    /// <summary>Names of the wanted scenarios, wildcards allowed; all when left out.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true,
        HelpMessage = "Names of scenarios; wildcards are allowed.")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ScenarioNameCompleter))]
    public string[] Name { get; set; } = ["*"];

    /// <inheritdoc/>
    protected override void Process()
    {
        foreach (string name in Name)
        {
            if (WildcardPattern.ContainsWildcardCharacters(name))
                WriteMatching(new WildcardPattern(name, WildcardOptions.IgnoreCase));
            else
                Attempt(() => WriteObject(ScenarioCatalog.Find(name)));
        }
    }

    private void WriteMatching(WildcardPattern pattern)
    {
        foreach (Scenario scenario in BuiltInScenarios.All)
        {
            if (pattern.IsMatch(scenario.Name))
                WriteObject(scenario);
        }
    }
}
