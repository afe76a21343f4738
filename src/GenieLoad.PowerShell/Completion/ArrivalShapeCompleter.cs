using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using GenieLoad.Model;

namespace GenieLoad.PowerShell.Completion;

/// <summary>Completes the names of arrival shapes.</summary>
public sealed class ArrivalShapeCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string typed = (wordToComplete ?? "").Trim('\'', '"');
        return ArrivalShape.All
            .Where(shape => shape.StartsWith(typed, StringComparison.OrdinalIgnoreCase))
            .Select(shape => new CompletionResult(shape));
    }
}
