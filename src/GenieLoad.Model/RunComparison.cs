namespace GenieLoad.Model;

/// <summary>Two runs beside each other: what changed from the reference to the difference, and whether chance explains it.</summary>
public sealed class RunComparison
{
    /// <summary>One of <see cref="ChangeVerdict"/>: the worst of median, P95 and success rate. <c>docs/comparing.md</c> has the rule.</summary>
    public required string Verdict { get; init; }

    /// <summary>Id of the run that is compared against.</summary>
    public required string ReferenceRunId { get; init; }

    /// <summary>Id of the run that is looked at.</summary>
    public required string DifferenceRunId { get; init; }

    /// <summary>Start of the reference run, local time.</summary>
    public required DateTime ReferenceStartedAt { get; init => field = LocalTime.Of(value); }

    /// <summary>Start of the difference run, local time.</summary>
    public required DateTime DifferenceStartedAt { get; init => field = LocalTime.Of(value); }

    /// <summary>Changes up to this share of the reference value count as none, in percent.</summary>
    public required double TolerancePercent { get; init; }

    /// <summary>The same for success rate and throttle share, in percentage points.</summary>
    public required double TolerancePoints { get; init; }

    /// <summary>Whether answers were compared question by question; else the runs were compared as wholes.</summary>
    public required bool IsPaired { get; init; }

    /// <summary>Questions that both runs asked.</summary>
    public required int SharedQuestionCount { get; init; }

    /// <summary>Resamples behind the bootstrap intervals and permutation tests.</summary>
    public required int ResampleCount { get; init; }

    /// <summary>Why the runs may not be comparable.</summary>
    public required RowList<string> Warnings { get; init; }

    /// <summary>Figures over the whole run: response time, rates, then every phase.</summary>
    public required RowList<ComparisonRow> Rows { get; init; }

    /// <summary>Median response time per question, the largest change first.</summary>
    public required RowList<ComparisonRow> Questions { get; init; }

    /// <summary>P1 to P99 of response time in both runs; none when a run has no answer.</summary>
    public RowList<PercentilePair> ResponsePercentiles { get; init; } = new([]);

    /// <summary>Verdict and runs in one line.</summary>
    public override string ToString() => $"{Verdict}: {DifferenceRunId} against {ReferenceRunId}";
}
