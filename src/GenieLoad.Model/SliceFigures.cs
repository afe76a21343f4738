namespace GenieLoad.Model;

/// <summary>Figures of some of a run's questions: those of one text, turn, outcome, last status, connection or mode.</summary>
public sealed record SliceFigures
{
    /// <summary>
    /// What the run was cut by: <c>Question</c>, <c>Turn</c>, <c>Outcome</c>, <c>Status</c>, <c>ResultCache</c>, <c>Connection</c> or
    /// <c>Mode</c>.
    /// </summary>
    public required string Slice { get; init; }

    /// <summary>What these questions have in common, such as the question's id, <c>2</c> or <c>TimedOut</c>.</summary>
    public required string Key { get; init; }

    /// <summary>The same in words where the key is an id, such as the question's text.</summary>
    public string? Label { get; init; }

    /// <summary>Number of questions.</summary>
    public required int Count { get; init; }

    /// <summary>Of these: never asked, because the run ended first or they were shed.</summary>
    public int NotAskedCount { get; init; }

    /// <summary>Of these: broken off by the end of the run.</summary>
    public int BrokenOffCount { get; init; }

    /// <summary>Of these: asked, and come to an end.</summary>
    public int EndedCount => Count - NotAskedCount - BrokenOffCount;

    /// <summary>Of these: answered in full.</summary>
    public required int SuccessfulCount { get; init; }

    /// <summary>Of these: come to an end in any other way.</summary>
    public int FailedCount => EndedCount - SuccessfulCount;

    /// <summary>Share of those that came to an end that was answered in full, in percent.</summary>
    public double? SuccessRate => EndedCount == 0 ? null : 100.0 * SuccessfulCount / EndedCount;

    /// <summary>Mean ResponseSeconds of those answered in full.</summary>
    public double? MeanResponseSeconds { get; init; }

    /// <summary>Median ResponseSeconds of those answered in full.</summary>
    public double? P50ResponseSeconds { get; init; }

    /// <summary>95th percentile of ResponseSeconds of those answered in full; weak below 72 answers.</summary>
    public double? P95ResponseSeconds { get; init; }

    /// <summary>Greatest ResponseSeconds of those answered in full.</summary>
    public double? MaximumResponseSeconds { get; init; }

    /// <summary>Seconds slept because of 429s, over all of them.</summary>
    public required double ThrottleSeconds { get; init; }

    /// <summary>
    /// Mean time of the model in seconds, before and after the statements, of the answers whose statements are known;
    /// <see langword="null"/> for none.
    /// </summary>
    public double? MeanModelSeconds { get; init; }

    /// <summary>Mean wait for the SQL warehouse in seconds, its start and its queue, of the same answers.</summary>
    public double? MeanWarehouseSeconds { get; init; }

    /// <summary>Mean time of compiling and executing statements and fetching their results, in seconds, of the same answers.</summary>
    public double? MeanExecutionSeconds { get; init; }

    /// <summary>Slice, key and counts in one line.</summary>
    public override string ToString() =>
        FormattableString.Invariant($"{Slice} {Key}: {SuccessfulCount} of {EndedCount}, median {P50ResponseSeconds:0.00} s");
}
