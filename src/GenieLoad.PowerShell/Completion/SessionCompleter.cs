using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;

namespace GenieLoad.PowerShell.Completion;

/// <summary>Offers the open sessions, and all of them where there are several.</summary>
public sealed class SessionCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        using var shell = System.Management.Automation.PowerShell.Create(RunspaceMode.CurrentRunspace);
        PSSession[] sessions =
        [
            .. shell.AddCommand("Get-PSSession").Invoke<PSSession>()
                .Where(session => session.Runspace.RunspaceStateInfo.State == RunspaceState.Opened),
        ];
        IEnumerable<(string Text, string Meaning)> offers = sessions.Select(session => (
            Text: string.Create(CultureInfo.InvariantCulture, $"(Get-PSSession -Id {session.Id})"),
            Meaning: $"{session.Name} to {session.ComputerName}"));
        if (sessions.Length > 1)
            offers = offers.Prepend(("(Get-PSSession)", string.Create(CultureInfo.InvariantCulture, $"all {sessions.Length} sessions")));
        return offers.Where(offer => offer.Text.StartsWith(wordToComplete ?? "", StringComparison.OrdinalIgnoreCase))
            .Select(offer => new CompletionResult(offer.Text, offer.Text, CompletionResultType.ParameterValue, offer.Meaning));
    }
}
