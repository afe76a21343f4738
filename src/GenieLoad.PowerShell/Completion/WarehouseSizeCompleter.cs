using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace GenieLoad.PowerShell.Completion;

/// <summary>Offers the sizes of SQL warehouses; any other is taken too.</summary>
public sealed class WarehouseSizeCompleter : IArgumentCompleter
{
    private static readonly string[] Sizes =
        ["2X-Small", "X-Small", "Small", "Medium", "Large", "X-Large", "2X-Large", "3X-Large", "4X-Large", "5X-Large"];

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Sizes.Where(size => size.StartsWith(wordToComplete ?? "", StringComparison.OrdinalIgnoreCase))
            .Select(size => new CompletionResult(size));
}
