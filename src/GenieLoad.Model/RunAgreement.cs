namespace GenieLoad.Model;

/// <summary>
/// How alike the answers of a run to the same question are, whether the load changed them, and how many were the expected ones. See
/// <c>docs/consistency.md</c>.
/// </summary>
public sealed record RunAgreement
{
    /// <summary>Answers that are compared: first turns of which it is known what they say.</summary>
    public required int AnswerCount { get; init; }

    /// <summary>Questions with two answers or more.</summary>
    public required int QuestionCount { get; init; }

    /// <summary>Of these: questions whose answers all say the same.</summary>
    public required int SameCount { get; init; }

    /// <summary>
    /// Share of the pairs of answers to one question that say the same, in percent, each question weighted with its answers;
    /// <see langword="null"/> where no question has two.
    /// </summary>
    public double? PairwiseAgreement { get; init; }

    /// <summary>Lower end of its 95 % interval.</summary>
    public double? PairwiseAgreementLower { get; init; }

    /// <summary>Upper end of its 95 % interval.</summary>
    public double? PairwiseAgreementUpper { get; init; }

    /// <summary>Share of the answers that are the most frequent one of their question, in percent.</summary>
    public double? ModalShare { get; init; }

    /// <summary>
    /// Questions in flight up to which an answer counts as quiet, its own included; above, as busy. <see langword="null"/> where the load
    /// does not part the answers.
    /// </summary>
    public int? QuietUpTo { get; init; }

    /// <summary>Answers of the quiet part that have a busy one to compare with.</summary>
    public int QuietCount { get; init; }

    /// <summary>Answers of the busy part that have a quiet one to compare with.</summary>
    public int BusyCount { get; init; }

    /// <summary>Pairwise agreement within the quiet part, in percent.</summary>
    public double? QuietAgreement { get; init; }

    /// <summary>Pairwise agreement within the busy part, in percent.</summary>
    public double? BusyAgreement { get; init; }

    /// <summary>Share of the pairs of a quiet and a busy answer that say the same, in percent.</summary>
    public double? AcrossAgreement { get; init; }

    /// <summary>
    /// How often chance alone would set quiet and busy answers so far apart, 0 to 1, by exchanging answers of one question between the
    /// parts.
    /// </summary>
    public double? PValue { get; init; }

    /// <summary>Whether the load changed the answers, one of <see cref="AgreementVerdict"/>.</summary>
    public required string Verdict { get; init; }

    /// <summary>The verdict in words.</summary>
    public string Reason { get; init; } = "";

    /// <summary>
    /// What sort of answer busy questions get, by what they get when it is quiet; empty where the load does not part them.
    /// </summary>
    public RowList<KindChange> Kinds { get; init => field = value ?? new([]); } = new([]);

    /// <summary>Answers that are the expected one; <see langword="null"/> where nothing was checked.</summary>
    public int? RightCount { get; init; }

    /// <summary>Answers that are not.</summary>
    public int? WrongCount { get; init; }

    /// <summary>Answers that could not be compared with the expected one.</summary>
    public int? NotComparableCount { get; init; }

    /// <summary>Share of right answers among those that could be compared, in percent.</summary>
    public double? ExpectedAnswerShare => RightCount + WrongCount > 0 ? 100.0 * RightCount / (RightCount + WrongCount) : null;

    /// <summary>What can make answers differ although nothing is wrong.</summary>
    public RowList<string> Confounders { get; init => field = value ?? new([]); } = new([]);

    /// <summary>Agreement and verdict in one line.</summary>
    public override string ToString() =>
        FormattableString.Invariant($"agreement {PairwiseAgreement:0.0} % of {AnswerCount} answers; {Verdict}");
}
