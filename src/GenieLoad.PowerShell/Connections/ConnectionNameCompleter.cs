using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using GenieLoad.Model;

namespace GenieLoad.PowerShell.Connections;

/// <summary>Completes the names of the session's connections, with workspace and space as tooltip.</summary>
public sealed class ConnectionNameCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string typed = (wordToComplete ?? "").Trim('\'', '"');
        return OpenConnections.All
            .Where(connection => connection.Name?.StartsWith(typed, StringComparison.OrdinalIgnoreCase) == true)
            .Select(connection => new CompletionResult(
                Quoted(connection.Name!), connection.Name!, CompletionResultType.ParameterValue, Tooltip(connection)));
    }

    private static string Quoted(string name) => name.All(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.')
        ? name
        : $"'{CodeGeneration.EscapeSingleQuotedStringContent(name)}'";

    private static string Tooltip(Connection connection) =>
        connection.SpaceId is null
            ? connection.WorkspaceUrl
            : $"{connection.SpaceTitle ?? connection.SpaceId} on {connection.WorkspaceUrl}";
}
