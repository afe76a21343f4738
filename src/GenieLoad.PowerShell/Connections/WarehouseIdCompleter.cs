using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace GenieLoad.PowerShell.Connections;

/// <summary>Completes the warehouses of the session's connections, with the space and the size as tooltip.</summary>
public sealed class WarehouseIdCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        OpenConnections.All
            .Where(connection => connection.WarehouseId?.StartsWith(wordToComplete ?? "", StringComparison.OrdinalIgnoreCase) == true
                && connection.WarehouseId.All(char.IsAsciiLetterOrDigit))
            .DistinctBy(connection => connection.WarehouseId)
            .Select(connection => new CompletionResult(
                connection.WarehouseId, connection.WarehouseId, CompletionResultType.ParameterValue,
                $"{connection.WarehouseSize ?? "warehouse"} of {connection.SpaceTitle ?? connection.SpaceId ?? connection.WorkspaceUrl}"));
}
