using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using GenieLoad.Engine.Scenarios;
using GenieLoad.Engine.Scenarios.Arrivals;
using GenieLoad.Model;

namespace GenieLoad.PowerShell.Completion;

/// <summary>Completes the names of scenarios, with what each does as tooltip.</summary>
public sealed class ScenarioNameCompleter : IArgumentCompleter
{
    /// <summary>The scenarios whose names begin with what has been typed.</summary>
    /// <param name="commandName">Not used.</param>
    /// <param name="parameterName">Not used.</param>
    /// <param name="wordToComplete">What has been typed.</param>
    /// <param name="commandAst">Not used.</param>
    /// <param name="fakeBoundParameters">Not used.</param>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string typed = (wordToComplete ?? "").Trim('\'', '"');
        return BuiltInScenarios.All
            .Where(scenario => scenario.Name.StartsWith(typed, StringComparison.OrdinalIgnoreCase))
            .Select(scenario => new CompletionResult(scenario.Name, scenario.Name, CompletionResultType.ParameterValue, Tooltip(scenario)));
    }

    private static string Tooltip(Scenario scenario) =>
        $"{scenario.Description}: {scenario.QuestionCount} questions {Arrival.Of(scenario).Description}, {scenario.WorkerCount} workers";
}
