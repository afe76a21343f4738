namespace GenieLoad.Model;

/// <summary>
/// Two runs, or several of either kind, beside each other: what changed from the reference to the difference, and whether chance explains
/// it.
/// </summary>
public sealed class RunComparison
{
    /// <summary>One of <see cref="ChangeVerdict"/>, from median, tail and success rate. <c>docs/comparing.md</c> has the rule.</summary>
    public required string Verdict { get; init; }

    /// <summary>The row that the verdict comes from, in words.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Id of the run that is compared against; of the first, where there are several.</summary>
    public required string ReferenceRunId { get; init; }

    /// <summary>Id of the run that is looked at; of the first, where there are several.</summary>
    public required string DifferenceRunId { get; init; }

    /// <summary>Ids of all runs that are compared against.</summary>
    public RowList<string> ReferenceRunIds { get; init; } = new([]);

    /// <summary>Ids of all runs that are looked at.</summary>
    public RowList<string> DifferenceRunIds { get; init; } = new([]);

    /// <summary>Start of the (first) reference run, local time.</summary>
    public required DateTime ReferenceStartedAt { get; init => field = LocalTime.Of(value); }

    /// <summary>Start of the (first) difference run, local time.</summary>
    public required DateTime DifferenceStartedAt { get; init => field = LocalTime.Of(value); }

    /// <summary>Changes up to this share of the reference value count as none, in percent.</summary>
    public required double TolerancePercent { get; init; }

    /// <summary>The same for success rate and throttle share, in percentage points.</summary>
    public required double TolerancePoints { get; init; }

    /// <summary>Whether the runs share a question: answers are compared with answers to the same question, others are left out.</summary>
    public required bool IsPaired { get; init; }

    /// <summary>Questions that every run asked.</summary>
    public required int SharedQuestionCount { get; init; }

    /// <summary>Resamples behind the bootstrap intervals and permutation tests; 0 where runs are the unit.</summary>
    public required int ResampleCount { get; init; }

    /// <summary>
    /// What an answer is worth against an independent one, above 0 and up to 1: less than 1 where response times hang on those before them,
    /// such as in a queue.
    /// </summary>
    public double EffectiveShare { get; init; } = 1;

    /// <summary>
    /// Runs that each side should have, because answers waited for each other so much that one run cannot tell a change; else
    /// <see langword="null"/>.
    /// </summary>
    public int? NeededRunCount { get; init; }

    /// <summary>Why the runs may not be comparable.</summary>
    public required RowList<string> Warnings { get; init; }

    /// <summary>Figures over the whole run: response time, rates, then every phase.</summary>
    public required RowList<ComparisonRow> Rows { get; init; }

    /// <summary>Median response time per question, the largest change first.</summary>
    public required RowList<ComparisonRow> Questions { get; init; }

    /// <summary>
    /// Whether each question is answered as before, those that are not first; empty where a run knows nothing of its answers.
    /// </summary>
    public RowList<AnswerComparison> Answers { get; init; } = new([]);

    /// <summary>Questions that are answered otherwise than before: <c>Different</c> or <c>Shifted</c>.</summary>
    public int ChangedAnswerCount => Answers.Count(row => row.Verdict is AnswerVerdict.Different or AnswerVerdict.Shifted);

    /// <summary>P1 to P99 of response time in both runs; none when a run has no answer.</summary>
    public RowList<PercentilePair> ResponsePercentiles { get; init; } = new([]);

    /// <summary>Verdict and runs in one line.</summary>
    public override string ToString() => $"{Verdict}: {DifferenceRunId} against {ReferenceRunId}";
}
