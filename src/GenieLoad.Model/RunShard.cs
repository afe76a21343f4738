namespace GenieLoad.Model;

/// <summary>One shard of a merged run: where it ran, and how it stands.</summary>
public sealed record RunShard
{
    /// <summary>Which part of the plan it is, such as <c>2/4</c>.</summary>
    public required string Shard { get; init; }

    /// <summary>Its number, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>Place that it asked from; <see langword="null"/> where the shard is missing.</summary>
    public string? Place { get; init; }

    /// <summary>Id of its run; <see langword="null"/> where the shard is missing.</summary>
    public string? RunId { get; init; }

    /// <summary>One of <see cref="RunState"/>; <see langword="null"/> where the shard is missing.</summary>
    public string? State { get; init; }

    /// <summary>Questions planned for it.</summary>
    public required int QuestionCount { get; init; }

    /// <summary>Questions of them that have no answer because it ended early, or is missing.</summary>
    public required int MissingCount { get; init; }

    /// <summary>
    /// Seconds from the earliest start of all shards to the instant from which its plan counts, each by its own clock; other than 0 where
    /// they were not given one start.
    /// </summary>
    public double StartOffsetSeconds { get; init; }

    /// <summary>Seconds by which it began after the instant set for all.</summary>
    public double? StartLagSeconds { get; init; }

    /// <summary>Greatest lateness of its generator, in seconds.</summary>
    public double? MaximumLagSeconds { get; init; }

    /// <summary>
    /// Seconds by which the service's clock was ahead of its clock, below 0 where it was behind; <see langword="null"/> where that is not
    /// known.
    /// </summary>
    public double? ClockOffsetSeconds { get; init; }

    /// <summary>The true <see cref="ClockOffsetSeconds"/> is at most so many seconds away.</summary>
    public double? ClockHalfWidthSeconds { get; init; }

    /// <summary>
    /// Seconds by which its instants were moved when it was merged: 0 where its clock may have been right, by its offset and half-width.
    /// </summary>
    public double MovedSeconds { get; init; }

    /// <summary>Whether its generator was fit, one of <see cref="HealthVerdict"/>; <see langword="null"/> where nobody knows.</summary>
    public string? Health { get; init; }

    /// <summary>Why it was not, parted by <c>; </c>; <see langword="null"/> where it was.</summary>
    public string? HealthReasons { get; init; }

    /// <summary>Version of GenieLoad that ran it.</summary>
    public string? GenieLoadVersion { get; init; }

    /// <summary>Number, place and state in one line.</summary>
    public override string ToString() => State is null ? $"{Shard}: missing" : $"{Shard} ({Place}): {State}";
}
