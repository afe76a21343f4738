using GenieLoad.Model;

namespace GenieLoad.Engine.Figures;

/// <summary>How a run stands, or how it ended.</summary>
/// <param name="State">One of <see cref="RunState"/>.</param>
/// <param name="CompletedAt">End of the run, UTC; <see langword="null"/> while it runs.</param>
/// <param name="TotalDurationSeconds">Seconds from the start of the run to the last question's end, time between interruption and
/// resumption left out.</param>
public sealed record RunStatus(string State, DateTime? CompletedAt, double TotalDurationSeconds)
{
    /// <summary>What ended it early, one of <see cref="Model.StopCause"/>; <see langword="null"/> when nothing did.</summary>
    public string? StopCause { get; init; }

    /// <summary>Why it ended as it did, where there is more to say than its state.</summary>
    public string? Reason { get; init; }

    /// <summary>What was seen of the generator; <see langword="null"/> when nobody watched.</summary>
    public GeneratorRecord? Generator { get; init; }

    /// <summary>What the answers told of its clock; <see langword="null"/> where they did not.</summary>
    public ClockReading? Clock { get; init; }

    /// <summary>When it was interrupted and resumed, in order.</summary>
    public IReadOnlyList<RunInterruption> Interruptions { get; init; } = [];

    /// <summary>How it was steered while it ran, in order.</summary>
    public IReadOnlyList<RunChange> Changes { get; init; } = [];

    /// <summary>
    /// What the expected SQL gave at the start and at the end; <see langword="null"/> where nobody has looked at the end.
    /// </summary>
    public IReadOnlyList<ExpectedAnswer>? ExpectedAnswers { get; init; }

    /// <summary>What the SQL warehouses were while it ran; empty where they may not be seen.</summary>
    public IReadOnlyList<WarehouseSample> WarehouseSamples { get; init; } = [];
}
