using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace GenieLoad.PowerShell.Completion;

/// <summary>Completes what stands between the columns of a file.</summary>
public sealed class DelimiterCompleter : IArgumentCompleter
{
    private static readonly (string Text, string Name)[] Delimiters =
        [("';'", "semicolon"), ("','", "comma"), ("\"`t\"", "tab"), ("'|'", "vertical bar")];

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Delimiters
            .Where(delimiter => delimiter.Text.StartsWith(wordToComplete ?? "", StringComparison.Ordinal))
            .Select(delimiter =>
                new CompletionResult(delimiter.Text, delimiter.Name, CompletionResultType.ParameterValue, delimiter.Name));
}
