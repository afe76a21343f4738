using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace GenieLoad.PowerShell.Completion;

/// <summary>Completes an instant some minutes ahead, as text that means the same on every machine.</summary>
public sealed class InstantCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        DateTime now = DateTime.UtcNow;
        foreach (int minutes in new[] { 2, 5, 15, 60 })
        {
            string text = now.AddMinutes(minutes).ToString("yyyy-MM-ddTHH:mm:00Z", CultureInfo.InvariantCulture);
            if (text.StartsWith(wordToComplete, StringComparison.OrdinalIgnoreCase))
                yield return new CompletionResult(text, text, CompletionResultType.ParameterValue, $"in {minutes} minutes, UTC");
        }
    }
}
