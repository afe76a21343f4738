namespace GenieLoad.Model;

/// <summary>A number of people that was tried: simulated people who asked, waited, thought and asked again until a test decided.</summary>
public sealed record CapacityProbe
{
    /// <summary>How many people asked.</summary>
    public required int People { get; init; }

    /// <summary>
    /// <c>Pass</c>: that many meet every service level. <c>Fail</c>: they do not. <c>Undecided</c>: too close to tell, or ended before it
    /// was decided.
    /// </summary>
    public required string Verdict { get; init; }

    /// <summary>Answers that counted, at the level that decided.</summary>
    public required int Answers { get; init; }

    /// <summary>How many of them missed it: late, failed, or turned away.</summary>
    public required int Misses { get; init; }

    /// <summary>Misses as a share of the answers, 0 to 1; <see langword="null"/> without answers.</summary>
    public double? MissShare => Answers == 0 ? null : (double)Misses / Answers;

    /// <summary>The level that decided.</summary>
    public required string Slo { get; init; }

    /// <summary>Share of questions that may miss that level, 0 to 1.</summary>
    public required double AllowedMissShare { get; init; }

    /// <summary>Questions that were sent, those that warmed up among them.</summary>
    public required int QuestionsSpent { get; init; }

    /// <summary>Questions a minute that were sent while it lasted.</summary>
    public double? QuestionsPerMinute { get; init; }

    /// <summary>Seconds that it took.</summary>
    public required double DurationSeconds { get; init; }

    /// <summary>The run that it is kept as.</summary>
    public required string RunId { get; init; }

    /// <summary>What the answers say, and why it ended, in words.</summary>
    public required string Reason { get; init; }

    /// <summary>People and verdict in one line.</summary>
    public override string ToString() => FormattableString.Invariant($"{People} people: {Verdict} ({Misses} of {Answers} missed)");
}
