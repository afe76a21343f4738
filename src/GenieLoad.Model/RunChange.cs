namespace GenieLoad.Model;

/// <summary>A change to a run while it ran, and what held from then on.</summary>
public sealed record RunChange
{
    /// <summary>Seconds after the start of the run.</summary>
    public required double OffsetSeconds { get; init; }

    /// <summary>When, local time.</summary>
    public required DateTime ChangedAt { get; init => field = LocalTime.Of(value); }

    /// <summary>What was changed, such as <c>paused</c> or <c>10 questions a minute</c>; several changes are parted by <c>, </c>.</summary>
    public required string Change { get; init; }

    /// <summary>Whether the run was paused from then on.</summary>
    public bool IsPaused { get; init; }

    /// <summary>Most questions a minute from then on; <see langword="null"/> for no limit.</summary>
    public double? QuestionsPerMinute { get; init; }

    /// <summary>Most questions in flight from then on.</summary>
    public required int WorkerCount { get; init; }

    /// <summary>When, and what.</summary>
    public override string ToString() => FormattableString.Invariant($"at {OffsetSeconds:0.#} s: {Change}");
}
