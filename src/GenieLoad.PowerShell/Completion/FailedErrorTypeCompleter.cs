using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace GenieLoad.PowerShell.Completion;

/// <summary>Offers error types that a message can end with; any other is taken too.</summary>
public sealed class FailedErrorTypeCompleter : IArgumentCompleter
{
    private static readonly string[] Types =
    [
        "SQL_EXECUTION_EXCEPTION", "RETRYABLE_PROCESSING_EXCEPTION", "GENERIC_CHAT_COMPLETION_EXCEPTION", "CONTEXT_EXCEEDED_EXCEPTION",
        "CONTENT_FILTER_EXCEPTION", "BUDGET_EXCEEDED_EXCEPTION", "WAREHOUSE_ACCESS_MISSING_EXCEPTION",
    ];

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Types.Where(type => type.StartsWith(wordToComplete ?? "", StringComparison.OrdinalIgnoreCase))
            .Select(type => new CompletionResult(type));
}
