namespace GenieLoad.Engine.Simulation.Records;

/// <summary>The truth about one evaluation, as a simulator knows it.</summary>
public sealed class SimulatedEvaluation
{
    /// <summary>Id of the evaluation.</summary>
    public required string EvaluationId { get; init; }

    /// <summary>Id of its space.</summary>
    public required string SpaceId { get; init; }

    /// <summary>Instant at which it was accepted.</summary>
    public required SimulatedInstant AcceptedAt { get; init; }

    /// <summary>Instant at which it ends, maybe still to come.</summary>
    public required SimulatedInstant EndedAt { get; init; }

    /// <summary>Status in which it ends.</summary>
    public required string FinalStatus { get; init; }

    /// <summary>Its benchmarks, in the order in which they are evaluated.</summary>
    public required IReadOnlyList<SimulatedVerdict> Verdicts { get; init; }
}

/// <summary>The truth about one benchmark of an evaluation.</summary>
public sealed class SimulatedVerdict
{
    /// <summary>Id of the benchmark.</summary>
    public required string BenchmarkId { get; init; }

    /// <summary>The question.</summary>
    public required string Question { get; init; }

    /// <summary>Instant at which it is asked.</summary>
    public required SimulatedInstant StartedAt { get; init; }

    /// <summary>Instant at which it is judged.</summary>
    public required SimulatedInstant EndedAt { get; init; }

    /// <summary>Questions in progress when it was asked; <see langword="null"/> until then.</summary>
    public required int? InProgress { get; init; }

    /// <summary>GOOD, BAD or NEEDS_REVIEW; <see langword="null"/> until it is judged, and where the evaluation ends before.</summary>
    public required string? Verdict { get; init; }
}
