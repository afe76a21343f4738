namespace GenieLoad.Engine.Running;

/// <summary>How far a run is, at one instant.</summary>
public sealed record RunProgress
{
    /// <summary>Questions planned.</summary>
    public required int Planned { get; init; }

    /// <summary>Whether somebody has paused the run: no question starts until it is continued.</summary>
    public bool IsPaused { get; init; }

    /// <summary>Whether the run is being brought to an early end: no further question is sent.</summary>
    public bool IsEnding { get; init; }

    /// <summary>Most questions in flight now; the plan's, unless somebody has changed it.</summary>
    public int WorkerCount { get; init; }

    /// <summary>
    /// Most questions a minute now; the plan's, unless somebody has changed it; <see langword="null"/> for no limit.
    /// </summary>
    public double? QuestionsPerMinute { get; init; }

    /// <summary>Due, and waiting for a worker, for the pace, or for the conversation's previous turn.</summary>
    public required int Waiting { get; init; }

    /// <summary>Asked, and not at their end.</summary>
    public required int InFlight { get; init; }

    /// <summary>Of those in flight: sleeping because of a 429.</summary>
    public required int Throttled { get; init; }

    /// <summary>Seconds that all questions together have slept because of 429 so far.</summary>
    public double ThrottleSeconds { get; init; }

    /// <summary>Answered in full.</summary>
    public required int Succeeded { get; init; }

    /// <summary>Come to an end otherwise.</summary>
    public required int Failed { get; init; }

    /// <summary>Shed, or broken off by the end of the run: neither answered nor failed.</summary>
    public int LeftOut { get; init; }

    /// <summary>Questions in flight by the status last seen.</summary>
    public required IReadOnlyDictionary<string, int> InFlightByStatus { get; init; }

    /// <summary>Seconds since the start.</summary>
    public required double ElapsedSeconds { get; init; }

    /// <summary>Seconds left, as far as can be told; <see langword="null"/> before the first answer.</summary>
    public required double? RemainingSeconds { get; init; }

    /// <summary>At their end, whatever it was.</summary>
    public int Done => Succeeded + Failed + LeftOut;

    /// <summary>Share of the questions at their end, in percent.</summary>
    public int Percent => Planned == 0 ? 100 : (int)(100L * Done / Planned);
}
