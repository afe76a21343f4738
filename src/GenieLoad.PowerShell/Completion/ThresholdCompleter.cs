using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using GenieLoad.Engine.Verdicts;

namespace GenieLoad.PowerShell.Completion;

/// <summary>
/// Completes the figures of a threshold, which begin a text: <c>'P95ResponseSeconds &lt; '</c>; behind a figure, whole thresholds.
/// </summary>
public sealed class ThresholdCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string typed = (wordToComplete ?? "").Trim('\'', '"').TrimStart();
        string[] whole = [.. ThresholdExamples.Of(typed)];
        if (whole.Length > 0)
            return whole.Select(text => new CompletionResult($"'{text}'", text, CompletionResultType.ParameterValue, text));
        return FigureCatalog.Beginning(typed)
            .Select(name => new CompletionResult(
                $"'{name} {ThresholdExamples.OperatorFor(name)} '", name, CompletionResultType.ParameterValue, name));
    }
}
