using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using GenieLoad.Model;

namespace GenieLoad.PowerShell.Completion;

/// <summary>Completes how questions are asked.</summary>
public sealed class QuestionModeCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string typed = (wordToComplete ?? "").Trim('\'', '"');
        return QuestionMode.All
            .Where(mode => mode.StartsWith(typed, StringComparison.OrdinalIgnoreCase))
            .Select(mode => new CompletionResult(mode));
    }
}
