namespace GenieLoad.Engine.Simulation.Records;

/// <summary>The truth about a question that was asked before the simulator began.</summary>
public sealed class SimulatedPastMessage
{
    /// <summary>Id of the message.</summary>
    public required string MessageId { get; init; }

    /// <summary>Id of its conversation.</summary>
    public required string ConversationId { get; init; }

    /// <summary>Id of its space.</summary>
    public required string SpaceId { get; init; }

    /// <summary>Place in the conversation, from 1.</summary>
    public required int Turn { get; init; }

    /// <summary>What was asked.</summary>
    public required string Question { get; init; }

    /// <summary>Who asked, as messages name people.</summary>
    public required long UserId { get; init; }

    /// <summary>Whether it was asked by whoever holds the simulator's token.</summary>
    public required bool IsOwn { get; init; }

    /// <summary>Whether its conversation was held in agent mode.</summary>
    public required bool IsAgent { get; init; }

    /// <summary>Whether others see the prompt only.</summary>
    public required bool IsPrivate { get; init; }

    /// <summary>Instant at which it was asked, UTC.</summary>
    public required DateTime AskedAt { get; init; }

    /// <summary>Instant at which its answer was there, UTC.</summary>
    public required DateTime AnsweredAt { get; init; }

    /// <summary>Whether it failed.</summary>
    public required bool Failed { get; init; }

    /// <summary>Thumb of whoever asked: POSITIVE, NEGATIVE or <see langword="null"/>.</summary>
    public string? Rating { get; init; }
}
