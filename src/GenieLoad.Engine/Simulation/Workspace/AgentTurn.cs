using System.Collections.Concurrent;
using GenieLoad.Engine.Simulation.Records;
using GenieLoad.Engine.Simulation.Script;

namespace GenieLoad.Engine.Simulation.Workspace;

/// <summary>What an agent turn has beside its script: what its stream has told, and whether it was ended early.</summary>
internal sealed class AgentTurn
{
    private readonly ConcurrentDictionary<(SimulatedAgentEventKind, string), long> _toldAt = new();

    // Whoever waits goes on within the call that ends the turn, so that on a fake clock nothing depends on other threads.
    private readonly TaskCompletionSource _endedEarly = new();

    /// <summary>Done when the turn is ended before its script.</summary>
    public Task EndedEarly => _endedEarly.Task;

    public void EndEarly() => _endedEarly.TrySetResult();

    /// <summary>The stream has told an event; only the first time counts.</summary>
    public void Told(ScriptedEvent one, long now) => _toldAt.TryAdd((one.Kind, one.ItemId), now);

    /// <summary>The truth about an event, for the record.</summary>
    public SimulatedAgentEvent ToRecord(ScriptedEvent one, string responseId, SimulatorClock clock) => new(
        one.Kind, one.IsItem ? one.ItemId : responseId, clock.Instant(one.DueAt),
        _toldAt.TryGetValue((one.Kind, one.ItemId), out long at) ? clock.Instant(at) : null);
}
