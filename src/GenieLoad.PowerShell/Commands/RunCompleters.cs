using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using GenieLoad.Engine.Runs;
using GenieLoad.Model;
using GenieLoad.PowerShell.Completion;

namespace GenieLoad.PowerShell.Commands;

/// <summary>Offers the ids of the runs kept on this machine, the newest first.</summary>
public sealed class RunIdCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        StoredRuns.Offers(wordToComplete, fakeBoundParameters, _ => true);
}

/// <summary>
/// Offers what stands for a run: its id, or where no id fits its folder or the <c>.json</c> file that it was exported to.
/// </summary>
public sealed class RunReferenceCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        CompletionResult[] ids =
        [
            .. new RunIdCompleter().CompleteArgument(commandName, parameterName, wordToComplete, commandAst, fakeBoundParameters),
        ];
        return ids.Length > 0 || string.IsNullOrEmpty(wordToComplete) ? ids : PathCompletion.Of(wordToComplete, ".json");
    }
}

/// <summary>Offers the ids of the runs that can be resumed, the newest first.</summary>
public sealed class UnfinishedRunIdCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        StoredRuns.Offers(wordToComplete, fakeBoundParameters, run => run.State is RunState.Stopped or RunState.Interrupted);
}

/// <summary>Offers the ids of the tests that are running, the newest first.</summary>
public sealed class RunningRunIdCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        StoredRuns.Offers(wordToComplete, fakeBoundParameters, run => run.State == RunState.Running);
}

/// <summary>Offers the scenarios that have runs on this machine.</summary>
public sealed class RunScenarioCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        StoredRuns.Matching(wordToComplete, fakeBoundParameters, run => run.ScenarioName)
            .GroupBy(run => run.ScenarioName, StringComparer.Ordinal)
            .OrderBy(runs => runs.Key, StringComparer.Ordinal)
            .Select(runs => new CompletionResult(
                runs.Key, runs.Key, CompletionResultType.ParameterValue, runs.Count() == 1 ? "1 run" : $"{runs.Count()} runs"));
}

/// <summary>The runs of the store for completion, where an error must never show.</summary>
internal static class StoredRuns
{
    /// <summary>Ids that begin with what was typed, of runs of one kind, with what is worth knowing of each.</summary>
    public static IEnumerable<CompletionResult> Offers(string? typed, IDictionary given, Func<StoredRun, bool> isWanted) =>
        Matching(typed, given, run => run.RunId).Where(isWanted).Select(run => new CompletionResult(
            run.RunId, run.RunId, CompletionResultType.ParameterValue, $"{run.Name}, {run.StartedAt:u}, {run.State}"));

    /// <summary>Runs whose name of one kind begins with what was typed.</summary>
    public static IEnumerable<StoredRun> Matching(string? typed, IDictionary given, Func<StoredRun, string> name)
    {
        string start = (typed ?? "").Trim('\'', '"');
        try
        {
            return new RunStore(given["StorePath"] as string ?? given["RunPath"] as string).List()
                .Where(run => name(run).StartsWith(start, StringComparison.OrdinalIgnoreCase));
        }
        catch (Exception exception) when (exception is GenieLoadException or IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
