using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using GenieLoad.Engine.Credentials;

namespace GenieLoad.PowerShell.Completion;

/// <summary>Completes the kinds of credential.</summary>
public sealed class AuthTypeCompleter : IArgumentCompleter
{
    /// <summary>The kinds whose names begin with what has been typed.</summary>
    /// <param name="commandName">Not used.</param>
    /// <param name="parameterName">Not used.</param>
    /// <param name="wordToComplete">What has been typed.</param>
    /// <param name="commandAst">Not used.</param>
    /// <param name="fakeBoundParameters">Not used.</param>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string typed = (wordToComplete ?? "").Trim('\'', '"');
        return AuthType.All
            .Where(name => name.StartsWith(typed, StringComparison.OrdinalIgnoreCase))
            .Select(name => new CompletionResult(name, name, CompletionResultType.ParameterValue, name));
    }
}
