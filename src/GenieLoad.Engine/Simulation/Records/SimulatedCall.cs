namespace GenieLoad.Engine.Simulation.Records;

/// <summary>One HTTP call, as a simulator saw it.</summary>
public sealed class SimulatedCall
{
    internal const long NoInstant = long.MinValue;

    private readonly SimulatorClock _clock;
    private long _completedAt = NoInstant;

    internal SimulatedCall(SimulatorClock clock, long sequence, SimulatedOperation operation, long arrivedAt)
    {
        _clock = clock;
        Sequence = sequence;
        Operation = operation;
        ArrivedTimestamp = arrivedAt;
    }

    /// <summary>Number in order of handling, from 1.</summary>
    public long Sequence { get; }

    /// <summary>What was called for.</summary>
    public SimulatedOperation Operation { get; }

    /// <summary>Whether it asked a question.</summary>
    public bool IsQuestion => Operation
        is SimulatedOperation.StartConversation or SimulatedOperation.CreateMessage or SimulatedOperation.CreateResponse;

    /// <summary>The question's text, of a call that asked one.</summary>
    public string? Question { get; internal set; }

    /// <summary>Instant at which it had arrived in full.</summary>
    public SimulatedInstant ArrivedAt => _clock.Instant(ArrivedTimestamp);

    /// <summary>Instant at which the answer had been sent, or the connection reset; <see langword="null"/> until then.</summary>
    public SimulatedInstant? CompletedAt =>
        Volatile.Read(ref _completedAt) is var value && value == NoInstant ? null : _clock.Instant(value);

    /// <summary>HTTP status sent; 0 when the connection was reset before one.</summary>
    public int Status { get; internal set; }

    /// <summary>What was done wrong on purpose.</summary>
    public SimulatedFault Fault { get; internal set; }

    /// <summary>Whether it asked a question that was accepted, even where a fault hid that from the asker.</summary>
    public bool Accepted { get; internal set; }

    /// <summary>Message it was about, or that it made.</summary>
    public string? MessageId { get; internal set; }

    /// <summary>Id that the answer carries.</summary>
    public string RequestId { get; internal set; } = "";

    internal long ArrivedTimestamp { get; }

    internal void Complete(long now) => Volatile.Write(ref _completedAt, now);
}
