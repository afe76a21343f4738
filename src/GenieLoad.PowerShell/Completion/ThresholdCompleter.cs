using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using GenieLoad.Engine.Verdicts;

namespace GenieLoad.PowerShell.Completion;

/// <summary>Completes the figures of a threshold. What is completed begins a text: <c>'P95ResponseSeconds &lt; '</c>.</summary>
public sealed class ThresholdCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string typed = (wordToComplete ?? "").Trim('\'', '"');
        return FigureCatalog.Beginning(typed)
            .Select(name => new CompletionResult($"'{name} {Comparison(name)} '", name, CompletionResultType.ParameterValue, name));
    }

    private static char Comparison(string name) =>
        name is "SuccessRate" or "SuccessfulCount" || name.EndsWith("PerSecond", StringComparison.Ordinal) ? '>' : '<';
}
