using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace GenieLoad.PowerShell.Completion;

/// <summary>Completes a parameter that takes anything of a form with examples of it: PowerShell would offer the names of files.</summary>
/// <param name="examples">What can be typed, quoted where it has to be, and what it means.</param>
public abstract class ExampleCompleter(params (string Text, string Meaning)[] examples) : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string typed = (wordToComplete ?? "").Trim('\'', '"');
        CompletionResult[] fitting =
        [
            .. examples.Where(example => example.Text.Trim('\'').StartsWith(typed, StringComparison.OrdinalIgnoreCase))
                .Select(example => new CompletionResult(
                    example.Text, example.Text.Trim('\''), CompletionResultType.ParameterValue, example.Meaning)),
        ];
        // What fits no example is a value all the same, and none of it the name of a file.
        return fitting.Length > 0 || typed.Length == 0 ? fitting : [new CompletionResult(wordToComplete!)];
    }
}
