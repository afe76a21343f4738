using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace GenieLoad.PowerShell.Completion;

/// <summary>Completes a folder: the files beside it would not do.</summary>
public sealed class FolderCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        PathCompletion.Of(wordToComplete);
}
