using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace GenieLoad.PowerShell.Connections;

/// <summary>Completes the spaces of the session's connections. The workspace is not asked: completion must not wait for it.</summary>
public sealed class SpaceIdCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string typed = (wordToComplete ?? "").Trim('\'', '"');
        CompletionResult[] known =
        [
            .. OpenConnections.All.Where(connection => connection.SpaceId?.StartsWith(typed, StringComparison.OrdinalIgnoreCase) == true)
                .DistinctBy(connection => connection.SpaceId)
                .Select(connection => new CompletionResult(
                    connection.SpaceId!, connection.SpaceId!, CompletionResultType.ParameterValue,
                    connection.SpaceTitle ?? connection.WorkspaceUrl)),
        ];
        // What is not known is an id all the same, and no name of a file.
        return known.Length > 0 || typed.Length == 0 ? known : [new CompletionResult(wordToComplete!)];
    }
}
