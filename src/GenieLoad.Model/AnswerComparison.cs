namespace GenieLoad.Model;

/// <summary>Whether one question is answered as before; see <c>docs/consistency.md</c>.</summary>
public sealed record AnswerComparison
{
    /// <summary>Id of the question in its list.</summary>
    public required string QuestionId { get; init; }

    /// <summary>What was asked; empty where a run does not keep texts.</summary>
    public string Question { get; init; } = "";

    /// <summary>One of <see cref="AnswerVerdict"/>.</summary>
    public required string Verdict { get; init; }

    /// <summary>Answers of the reference that are compared.</summary>
    public required int ReferenceCount { get; init; }

    /// <summary>Answers of the difference that are compared.</summary>
    public required int DifferenceCount { get; init; }

    /// <summary>Pairwise agreement within the reference, in percent; <see langword="null"/> below two answers.</summary>
    public double? ReferenceAgreement { get; init; }

    /// <summary>Pairwise agreement within the difference, in percent; <see langword="null"/> below two answers.</summary>
    public double? DifferenceAgreement { get; init; }

    /// <summary>Share of the pairs of an answer of each side that say the same, in percent.</summary>
    public double? AcrossAgreement { get; init; }

    /// <summary>
    /// How often chance alone would set the sides so far apart, 0 to 1, corrected for the number of questions (Holm);
    /// <see langword="null"/> with too few answers, and where more than two runs are compared.
    /// </summary>
    public double? PValue { get; init; }

    /// <summary>Kind of most answers of the reference, one of <see cref="AnswerKind"/>.</summary>
    public string? ReferenceKind { get; init; }

    /// <summary>Kind of most answers of the difference, one of <see cref="AnswerKind"/>.</summary>
    public string? DifferenceKind { get; init; }

    /// <summary>
    /// The strictest level at which the most frequent queries of both sides are the same: <c>Exact</c>, <c>Lexical</c>, <c>Masked</c>,
    /// <c>Shape</c>, or <c>None</c>; <see langword="null"/> where a side has none.
    /// </summary>
    public string? SqlLevel { get; init; }

    /// <summary>The verdict in words.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Id and verdict in one line.</summary>
    public override string ToString() => $"{QuestionId}: {Verdict}";
}
