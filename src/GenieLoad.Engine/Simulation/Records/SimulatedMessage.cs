using GenieLoad.Model;

namespace GenieLoad.Engine.Simulation.Records;

/// <summary>A status a message was in, and for how long.</summary>
/// <param name="Status">Such as ASKING_AI.</param>
/// <param name="StartedAt">First instant in it.</param>
/// <param name="EndedAt">First instant of the next one.</param>
public sealed record SimulatedPhase(string Status, SimulatedInstant StartedAt, SimulatedInstant EndedAt)
{
    /// <summary>Seconds in it.</summary>
    public double Seconds => (EndedAt.Utc - StartedAt.Utc).TotalSeconds;
}

/// <summary>The truth about one accepted question, as a simulator knows it.</summary>
public sealed class SimulatedMessage
{
    /// <summary>Id of the message.</summary>
    public required string MessageId { get; init; }

    /// <summary>How it was asked: a name of <see cref="QuestionMode"/>.</summary>
    public required string Mode { get; init; }

    /// <summary>The same id, as agent mode calls it.</summary>
    public string ResponseId => MessageId;

    /// <summary>Id of its conversation.</summary>
    public required string ConversationId { get; init; }

    /// <summary>Id of its space.</summary>
    public required string SpaceId { get; init; }

    /// <summary>Place in the conversation, from 1.</summary>
    public required int Turn { get; init; }

    /// <summary>What was asked.</summary>
    public required string Question { get; init; }

    /// <summary>Which acceptance of the same text it is, from 1.</summary>
    public required int Occurrence { get; init; }

    /// <summary>Who asked, as the billing tables name him.</summary>
    public required string Identity { get; init; }

    /// <summary>DBU that Genie charges for it; billed in the hour in which it ends.</summary>
    public required decimal GenieDbu { get; init; }

    /// <summary>Instant at which the call that asked it had arrived in full.</summary>
    public required SimulatedInstant ReceivedAt { get; init; }

    /// <summary>Instant at which it was accepted; its phases begin here.</summary>
    public required SimulatedInstant AcceptedAt { get; init; }

    /// <summary>
    /// Fault of the call that asked it. The asker learns its id only with <see cref="SimulatedFault.None"/> and
    /// <see cref="SimulatedFault.SlowBody"/>; in agent mode, also where the stream breaks later than it says so.
    /// </summary>
    public required SimulatedFault AskFault { get; init; }

    /// <summary>Instant at which the asker had been told that it is accepted; <see langword="null"/> when a fault hid it.</summary>
    public SimulatedInstant? AcceptanceDeliveredAt { get; init; }

    /// <summary>
    /// What it went through, in order, without its end; phases of no length included. In agent mode, by <see cref="AgentStatus"/>.
    /// </summary>
    public required IReadOnlyList<SimulatedPhase> Phases { get; init; }

    /// <summary>In agent mode, what happens in its turn, in order; empty otherwise.</summary>
    public required IReadOnlyList<SimulatedAgentEvent> Events { get; init; }

    /// <summary>Instant at which it ends, maybe still to come.</summary>
    public required SimulatedInstant CompletedAt { get; init; }

    /// <summary>Status in which it ends.</summary>
    public required string FinalStatus { get; init; }

    /// <summary>How its answer differs from the usual one to its question; <see langword="null"/> for the usual one.</summary>
    public SimulatedDrift? Drift { get; init; }

    /// <summary>Error type of one that ends as FAILED.</summary>
    public string? ErrorType { get; init; }

    /// <summary>Instant at which a reply that tells its end was first sent in full; <see langword="null"/> until then.</summary>
    public SimulatedInstant? EndDeliveredAt { get; init; }

    /// <summary>Times it was polled.</summary>
    public required int Polls { get; init; }

    /// <summary>What the warehouse ran for it, in order; a query that the asker had run again comes last.</summary>
    public required IReadOnlyList<SimulatedStatement> Statements { get; init; }

    /// <summary>Seconds from acceptance to the end.</summary>
    public double AnswerSeconds => (CompletedAt.Utc - AcceptedAt.Utc).TotalSeconds;
}
