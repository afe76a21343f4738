using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Language;
using GenieLoad.PowerShell.Commands;

namespace GenieLoad.PowerShell.Completion;

/// <summary>Offers the ids of the simulators that run.</summary>
public sealed class SimulatorIdCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        RunningSimulators.All
            .Select(simulator => (Id: simulator.Id.ToString(CultureInfo.InvariantCulture), Simulator: simulator))
            .Where(item => item.Id.StartsWith(wordToComplete ?? "", StringComparison.Ordinal))
            .Select(item => new CompletionResult(
                item.Id, item.Id, CompletionResultType.ParameterValue, $"{item.Simulator.Options.SpaceTitle} at {item.Simulator.Uri}"));
}
