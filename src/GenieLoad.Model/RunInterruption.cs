namespace GenieLoad.Model;

/// <summary>
/// A run came to an early end and was resumed later. In between, no time of the run passed: its offsets go on where they had stopped.
/// </summary>
public sealed class RunInterruption
{
    /// <summary>Seconds of the run that had passed.</summary>
    public required double OffsetSeconds { get; init; }

    /// <summary>When it ended, as far as its folder tells, local time.</summary>
    public required DateTime InterruptedAt { get; init => field = LocalTime.Of(value); }

    /// <summary>When it was resumed, local time.</summary>
    public required DateTime ResumedAt { get; init => field = LocalTime.Of(value); }

    /// <summary>State it had: <c>Stopped</c> or <c>Interrupted</c>; see <see cref="RunState"/>.</summary>
    public required string State { get; init; }

    /// <summary>Why it had ended, where that is known.</summary>
    public string? Reason { get; init; }

    /// <summary>Seconds of the clock on the wall between the two.</summary>
    public double PauseSeconds => (ResumedAt.ToUniversalTime() - InterruptedAt.ToUniversalTime()).TotalSeconds;

    /// <summary>Where it stopped, and for how long.</summary>
    public override string ToString() => FormattableString.Invariant($"at {OffsetSeconds:0.#} s, resumed {PauseSeconds:0} s later");
}
