namespace GenieLoad.Engine.Simulation.Records;

/// <summary>The truth about one event of an agent turn; maybe still to come.</summary>
/// <param name="Kind">What happens.</param>
/// <param name="ItemId">Id of the item; of the response for <see cref="SimulatedAgentEventKind.Created"/> and
/// <see cref="SimulatedAgentEventKind.Terminal"/>.</param>
/// <param name="DueAt">Instant at which it happens in the service.</param>
/// <param name="DeliveredAt">Instant at which the stream had first told it intact; <see langword="null"/> until then, and for ever where
/// the stream ended before.</param>
public sealed record SimulatedAgentEvent(
    SimulatedAgentEventKind Kind, string ItemId, SimulatedInstant DueAt, SimulatedInstant? DeliveredAt);
