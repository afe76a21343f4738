using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using GenieLoad.Engine.Questions;

namespace GenieLoad.PowerShell.Completion;

/// <summary>Completes a question with the sample questions.</summary>
public sealed class QuestionCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string typed = (wordToComplete ?? "").Trim('\'', '"');
        return SampleQuestions.All.Select(question => question.Text)
            .Where(text => text.StartsWith(typed, StringComparison.OrdinalIgnoreCase))
            .Select(text => new CompletionResult(
                $"'{CodeGeneration.EscapeSingleQuotedStringContent(text)}'", text, CompletionResultType.ParameterValue,
                "a sample question"));
    }
}
