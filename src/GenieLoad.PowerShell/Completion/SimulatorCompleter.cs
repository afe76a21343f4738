using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using GenieLoad.PowerShell.Commands;

namespace GenieLoad.PowerShell.Completion;

/// <summary>Completes a simulator with those that run, or else with a new one.</summary>
public sealed class SimulatorCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        RunningSimulators.All
            .Select(simulator => (Text: FormattableString.Invariant($"(Get-GenieSimulator {simulator.Id})"), Meaning: $"{simulator.Uri}"))
            .Append((Text: "(Start-GenieSimulator)", Meaning: "a new one"))
            .Where(way => way.Text.StartsWith(wordToComplete ?? "", StringComparison.OrdinalIgnoreCase))
            .Select(way => new CompletionResult(way.Text, way.Text, CompletionResultType.ParameterValue, way.Meaning));
}
