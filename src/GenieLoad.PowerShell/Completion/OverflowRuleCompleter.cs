using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using GenieLoad.Model;

namespace GenieLoad.PowerShell.Completion;

/// <summary>Completes what may become of questions beyond the workers.</summary>
public sealed class OverflowRuleCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string typed = (wordToComplete ?? "").Trim('\'', '"');
        return OverflowRule.All
            .Where(rule => rule.StartsWith(typed, StringComparison.OrdinalIgnoreCase))
            .Select(rule => new CompletionResult(rule));
    }
}
