using System.Collections;
using System.Collections.Concurrent;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;
using GenieLoad.Engine.Simulation;
using GenieLoad.Model;

namespace GenieLoad.PowerShell.Commands;

/// <summary>The simulators that run in this process, in whatever session they were started.</summary>
internal static class RunningSimulators
{
    private static readonly ConcurrentDictionary<int, (GenieSimulator Simulator, Guid? Session)> ById = new();

    /// <summary>All of them, the oldest first.</summary>
    public static IReadOnlyList<GenieSimulator> All => [.. ById.Values.Select(entry => entry.Simulator).OrderBy(simulator => simulator.Id)];

    // Known on the pipeline's own thread, where cmdlets and the module's removal run.
    private static Guid? ThisSession => Runspace.DefaultRunspace?.InstanceId;

    /// <summary>Starts one and keeps it.</summary>
    /// <exception cref="GenieLoadException">A setting cannot be used.</exception>
    public static GenieSimulator Start(SimulatorOptions options)
    {
        GenieSimulator simulator = GenieSimulator.Start(options);
        ById[simulator.Id] = (simulator, ThisSession);
        return simulator;
    }

    /// <summary>One of them.</summary>
    /// <exception cref="GenieLoadException"><c>SimulatorNotFound</c>: none with this id runs.</exception>
    public static GenieSimulator Find(int id) => ById.TryGetValue(id, out (GenieSimulator Simulator, Guid? Session) entry)
        ? entry.Simulator
        : throw SimulatorErrors.SimulatorNotFound(id, [.. ById.Keys.Order()]);

    /// <summary>Stops one and forgets it.</summary>
    public static void Stop(GenieSimulator simulator)
    {
        simulator.Dispose();
        ById.TryRemove(simulator.Id, out _);
    }

    /// <summary>Stops those that were started in the session of the calling thread.</summary>
    public static void StopAllOfThisSession()
    {
        Guid? session = ThisSession;
        foreach ((GenieSimulator simulator, Guid? startedIn) in ById.Values)
        {
            if (startedIn == session)
                Stop(simulator);
        }
    }
}

/// <summary>What can go wrong with the simulators of a process.</summary>
internal static class SimulatorErrors
{
    public static GenieLoadException SimulatorNotFound(int id, IReadOnlyList<int> running) => new(
        nameof(SimulatorNotFound),
        ErrorKind.NotFound,
        $"No simulator with id {id} runs in this process"
            + (running.Count == 0 ? "; none does." : $"; there is {string.Join(", ", running)}."),
        running.Count == 0 ? "Start one with Start-GenieSimulator." : "Get-GenieSimulator lists those that run.",
        id);
}

/// <summary>Offers the ids of the simulators that run.</summary>
public sealed class SimulatorIdCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        RunningSimulators.All
            .Select(simulator => (Id: simulator.Id.ToString(CultureInfo.InvariantCulture), Simulator: simulator))
            .Where(item => item.Id.StartsWith(wordToComplete ?? "", StringComparison.Ordinal))
            .Select(item => new CompletionResult(
                item.Id, item.Id, CompletionResultType.ParameterValue, $"{item.Simulator.Options.SpaceTitle} at {item.Simulator.Uri}"));
}

/// <summary>Offers error types that a message can end with; any other is taken too.</summary>
public sealed class FailedErrorTypeCompleter : IArgumentCompleter
{
    private static readonly string[] Types =
    [
        "SQL_EXECUTION_EXCEPTION", "RETRYABLE_PROCESSING_EXCEPTION", "GENERIC_CHAT_COMPLETION_EXCEPTION", "CONTEXT_EXCEEDED_EXCEPTION",
        "CONTENT_FILTER_EXCEPTION", "BUDGET_EXCEEDED_EXCEPTION", "WAREHOUSE_ACCESS_MISSING_EXCEPTION",
    ];

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Types.Where(type => type.StartsWith(wordToComplete ?? "", StringComparison.OrdinalIgnoreCase))
            .Select(type => new CompletionResult(type));
}

/// <summary>Stops the simulators of a session that removes the module.</summary>
public sealed class SimulatorCleanup : IModuleAssemblyCleanup
{
    /// <summary>Called by PowerShell on every removal, and before an import that is forced.</summary>
    /// <param name="psModuleInfo">The module that goes.</param>
    public void OnRemove(PSModuleInfo psModuleInfo) => RunningSimulators.StopAllOfThisSession();
}
