using GenieLoad.Engine.Simulation.Records;

namespace GenieLoad.Engine.Simulation.Script;

/// <summary>An event of an agent turn and the instant at which it happens.</summary>
/// <param name="Kind">What happens.</param>
/// <param name="ItemId">Id of the item; of no item for the first and the last.</param>
/// <param name="DueAt">The instant.</param>
internal sealed record ScriptedEvent(SimulatedAgentEventKind Kind, string ItemId, long DueAt)
{
    /// <summary>Which of its kind it is, from 0.</summary>
    public int Number { get; init; }

    /// <summary>The statement of a call, and of its output.</summary>
    public ScriptedStatement? Statement { get; init; }

    /// <summary>What ties an output to its call.</summary>
    public string? CallId { get; init; }

    /// <summary>Whether it is an item of the response.</summary>
    public bool IsItem => Kind is not (SimulatedAgentEventKind.Created or SimulatedAgentEventKind.Terminal);
}
