using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace GenieLoad.PowerShell.Completion;

/// <summary>Completes where MLflow is: the forms of its address, or a folder once a path has been begun.</summary>
public sealed class TrackingUriCompleter : IArgumentCompleter
{
    private static readonly Forms Addresses = new();

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        (wordToComplete ?? "").Trim('\'', '"') is ['.' or '/' or '\\' or '~', ..] or [_, ':', '/' or '\\', ..]
            ? PathCompletion.Of(wordToComplete)
            : Addresses.CompleteArgument(commandName, parameterName, wordToComplete ?? "", commandAst, fakeBoundParameters);

    private sealed class Forms() : ExampleCompleter(
        ("databricks", "the workspace of the connection"),
        ("databricks://profile", "the workspace of a profile of .databrickscfg"),
        ("http://127.0.0.1:5000", "a tracking server"),
        ("./mlruns", "a folder"));
}
