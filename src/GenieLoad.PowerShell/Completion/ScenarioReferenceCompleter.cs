using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace GenieLoad.PowerShell.Completion;

/// <summary>Completes what stands for a scenario: its name, or where no name fits the file that holds it.</summary>
public sealed class ScenarioReferenceCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        CompletionResult[] names =
        [
            .. new ScenarioNameCompleter().CompleteArgument(
                commandName, parameterName, wordToComplete, commandAst, fakeBoundParameters),
        ];
        return names.Length > 0 ? names : PathCompletion.Of(wordToComplete, ".json", ".psd1");
    }
}
