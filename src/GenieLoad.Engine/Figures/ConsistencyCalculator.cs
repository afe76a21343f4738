using GenieLoad.Engine.Statistics;
using GenieLoad.Model;

namespace GenieLoad.Engine.Figures;

/// <summary>How alike the answers to each question of a run are.</summary>
internal sealed class ConsistencyCalculator
{
    private readonly AnswerIdentities _identities;
    private readonly QuietPart _part;

    /// <param name="identities">What the answers of the run say.</param>
    /// <param name="part">What of it was quiet.</param>
    public ConsistencyCalculator(AnswerIdentities identities, QuietPart part)
    {
        _identities = identities;
        _part = part;
    }

    /// <summary>The figures of one question.</summary>
    /// <param name="rows">All rows that asked it and count.</param>
    public QuestionConsistency Of(IReadOnlyList<QuestionResult> rows)
    {
        QuestionResult[] compared = [.. rows.Where(_identities.IsCompared)];
        int[] counts = [.. compared.GroupBy(_identities.Of).Select(group => group.Count())];
        AgreementStratum stratum = StratumOf(compared);
        AgreementTest parts = AgreementTest.Shares([stratum]);
        bool isParted = _part.UpTo is not null;
        return new QuestionConsistency
        {
            QuestionId = rows[0].QuestionId,
            Connection = rows[0].Connection,
            Question = rows[0].Question.Length == 0 ? null : rows[0].Question,
            AnswerCount = compared.Length,
            DifferentCount = counts.Length,
            ModalShare = compared.Length == 0 ? null : 100.0 * counts.Max() / compared.Length,
            PairwiseAgreement = 100 * Agreement.Pairwise(counts),
            SqlLevel = SqlLevel(compared),
            SqlCount = CountOf(rows, AnswerKind.Sql),
            TextCount = CountOf(rows, AnswerKind.Text),
            ClarificationCount = CountOf(rows, AnswerKind.Clarification),
            EmptyCount = CountOf(rows, AnswerKind.Empty),
            ErrorCount = CountOf(rows, AnswerIdentities.Error),
            QuietCount = isParted ? stratum.IsSecond.Count(busy => !busy) : null,
            BusyCount = isParted ? stratum.IsSecond.Count(busy => busy) : null,
            QuietAgreement = 100 * parts.First,
            BusyAgreement = 100 * parts.Second,
            AcrossAgreement = 100 * parts.Across,
            RightCount = Expected(rows, Expectation.Right),
            WrongCount = Expected(rows, Expectation.Wrong),
            NotComparableCount = Expected(rows, Expectation.NotComparable),
            Remarks = string.Join("; ", AnswerRemarks.Of(rows)),
        };
    }

    /// <summary>The answers of a question in the two parts of the run; those of which the load is not known are left out.</summary>
    /// <param name="compared">Answers of one question that are compared.</param>
    public AgreementStratum StratumOf(IReadOnlyList<QuestionResult> compared)
    {
        Dictionary<AnswerIdentity, int> numbers = [];
        QuestionResult[] parted = [.. compared.Where(row => _part.IsBusy(row) is not null)];
        return new AgreementStratum(
            [
                .. parted.Select(row =>
                {
                    AnswerIdentity identity = _identities.Of(row)!.Value;
                    numbers.TryAdd(identity, numbers.Count);
                    return numbers[identity];
                }),
            ],
            [.. parted.Select(row => _part.IsBusy(row)!.Value)]);
    }

    private static int CountOf(IEnumerable<QuestionResult> rows, string kind) => rows.Count(row => AnswerIdentities.KindOf(row) == kind);

    private static int? Expected(IReadOnlyList<QuestionResult> rows, string expectation) =>
        rows.Any(row => row.Expectation is not null) ? rows.Count(row => row.Expectation == expectation) : null;

    private static string? SqlLevel(IEnumerable<QuestionResult> rows)
    {
        QuestionResult[] queries = [.. rows.Where(row => row.SqlSignature is not null)];
        return queries.Length < 2 ? null : SqlLevels.StrictestOf(queries);
    }
}
