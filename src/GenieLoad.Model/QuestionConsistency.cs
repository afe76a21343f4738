namespace GenieLoad.Model;

/// <summary>
/// How alike the answers to one question of a run are. Only first turns count, and only answers of which it is known what they say; see
/// <c>docs/consistency.md</c>.
/// </summary>
public sealed record QuestionConsistency
{
    /// <summary>Id of the question in its list.</summary>
    public required string QuestionId { get; init; }

    /// <summary>Name of the connection that it was asked on: each space answers for itself.</summary>
    public string? Connection { get; init; }

    /// <summary>What was asked; <see langword="null"/> where the run does not keep texts.</summary>
    public string? Question { get; init; }

    /// <summary>Answers that are compared.</summary>
    public required int AnswerCount { get; init; }

    /// <summary>Number of different answers among them.</summary>
    public required int DifferentCount { get; init; }

    /// <summary>Share of the most frequent answer, in percent; <see langword="null"/> without an answer.</summary>
    public double? ModalShare { get; init; }

    /// <summary>
    /// Share of the pairs of answers that say the same, in percent: the probability that two people who ask it get one answer.
    /// <see langword="null"/> below two answers.
    /// </summary>
    public double? PairwiseAgreement { get; init; }

    /// <summary>
    /// The strictest level at which all its queries are the same: <c>Exact</c>, <c>Lexical</c>, <c>Masked</c>, <c>Shape</c>, or
    /// <c>None</c>; <see langword="null"/> below two queries.
    /// </summary>
    public string? SqlLevel { get; init; }

    /// <summary>Answers with a query.</summary>
    public int SqlCount { get; init; }

    /// <summary>Answers of text alone.</summary>
    public int TextCount { get; init; }

    /// <summary>Questions back.</summary>
    public int ClarificationCount { get; init; }

    /// <summary>Answers without anything in them.</summary>
    public int EmptyCount { get; init; }

    /// <summary>Questions that Genie could not answer; they are in no other count.</summary>
    public int ErrorCount { get; init; }

    /// <summary>Answers of the quiet part of the run; see <see cref="RunAgreement.QuietUpTo"/>.</summary>
    public int? QuietCount { get; init; }

    /// <summary>Answers of its busy part.</summary>
    public int? BusyCount { get; init; }

    /// <summary>Pairwise agreement within the quiet part, in percent.</summary>
    public double? QuietAgreement { get; init; }

    /// <summary>Pairwise agreement within the busy part, in percent.</summary>
    public double? BusyAgreement { get; init; }

    /// <summary>Share of the pairs of a quiet and a busy answer that say the same, in percent.</summary>
    public double? AcrossAgreement { get; init; }

    /// <summary>Answers that are the expected one; <see langword="null"/> where nothing is expected.</summary>
    public int? RightCount { get; init; }

    /// <summary>Answers that are not.</summary>
    public int? WrongCount { get; init; }

    /// <summary>Answers that could not be compared with the expected one.</summary>
    public int? NotComparableCount { get; init; }

    /// <summary>Share of right answers among those that could be compared, in percent.</summary>
    public double? ExpectedAnswerShare => RightCount + WrongCount > 0 ? 100.0 * RightCount / (RightCount + WrongCount) : null;

    /// <summary>What can make answers differ although nothing is wrong, such as relative dates; empty for nothing.</summary>
    public string Remarks { get; init; } = "";

    /// <summary>Id, number of answers and agreement in one line.</summary>
    public override string ToString() =>
        FormattableString.Invariant($"{QuestionId}: {DifferentCount} different of {AnswerCount} answers, ")
        + FormattableString.Invariant($"agreement {PairwiseAgreement:0.0} %");
}
