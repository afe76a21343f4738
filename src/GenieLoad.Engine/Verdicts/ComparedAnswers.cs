using GenieLoad.Engine.Figures;
using GenieLoad.Engine.Randomness;
using GenieLoad.Engine.Statistics;
using GenieLoad.Model;

namespace GenieLoad.Engine.Verdicts;

/// <summary>
/// Whether the questions that runs share are answered as before. Only first turns of which it is known what they say count.
/// </summary>
internal sealed class ComparedAnswers
{
    // Below that, no exchange of answers can be rare enough.
    private const int LeastForTest = 4;

    private const int ShufflesForEach = 40;
    private const int MostShuffles = 20_000;

    private readonly ComparedRows _rows;
    private readonly AlignedIdentities _identities;
    private readonly int _seed;

    /// <param name="rows">The rows of both sides.</param>
    /// <param name="runs">The runs that they are of, in their order.</param>
    /// <param name="seed">Of the exchanges.</param>
    public ComparedAnswers(ComparedRows rows, IReadOnlyList<LoadRun> runs, int seed)
    {
        _rows = rows;
        _identities = new AlignedIdentities(rows, runs);
        _seed = seed;
    }

    /// <summary>A row per question, those that are answered otherwise first; none where a run knows nothing of its answers.</summary>
    public IEnumerable<AnswerComparison> Rows()
    {
        IGrouping<int, int>[] known =
            [.. Enumerable.Range(0, _rows.Rows.Length).Where(i => _identities.Of(i) is not null).GroupBy(i => _rows.Question[i])];
        // Holm's correction multiplies the least p-value by the number of questions: it must still be able to count.
        int shuffles = Math.Clamp(ShufflesForEach * known.Length, AgreementTest.MostShuffles, MostShuffles);
        Compared[] questions =
            [.. known.Select(question => Of(question, shuffles)).Where(one => one.Before.Length > 0 && one.After.Length > 0)];
        double?[] p = ChangeJudge.Holm([.. questions.Select(question => question.PValue)]);
        string[] order = [AnswerVerdict.Different, AnswerVerdict.Shifted, AnswerVerdict.Unclear, AnswerVerdict.Same];
        return questions.Select((question, i) => Row(question, p[i])).OrderBy(row => Array.IndexOf(order, row.Verdict));
    }

    private Compared Of(IGrouping<int, int> question, int shuffles)
    {
        int[] all = [.. question];
        int[] before = [.. all.Where(i => !_rows.RunInDifference[_rows.Run[i]])];
        int[] after = [.. all.Where(i => _rows.RunInDifference[_rows.Run[i]])];
        Dictionary<string, int> numbers = new(StringComparer.Ordinal);
        int[] values =
        [
            .. all.Select(i =>
            {
                numbers.TryAdd(_identities.Of(i)!, numbers.Count);
                return numbers[_identities.Of(i)!];
            }),
        ];
        AgreementTest test = AgreementTest.Of(
            [new AgreementStratum(values, [.. all.Select(i => _rows.RunInDifference[_rows.Run[i]])])],
            SeededRandom.For(_seed, "answers", question.Key).NextInt32, shuffles);
        // Of several runs a side, the run would be the unit.
        bool isTested = _rows.RunInDifference.Length == 2 && Math.Min(before.Length, after.Length) >= LeastForTest;
        return new Compared(before, after, test, isTested ? test.PValue : null);
    }

    private AnswerComparison Row(Compared question, double? p)
    {
        QuestionResult asked = _rows.Rows[question.After[^1]];
        string modalBefore = Modal(question.Before, i => _identities.Of(i)!);
        string modalAfter = Modal(question.After, i => _identities.Of(i)!);
        string verdict = question.Test.Across == 0 ? AnswerVerdict.Different
            : p <= ChangeJudge.RowLevel ? AnswerVerdict.Shifted
            : modalBefore == modalAfter ? AnswerVerdict.Same
            : AnswerVerdict.Unclear;
        string kindBefore = Modal(question.Before, i => _rows.Rows[i].AnswerKind!);
        string kindAfter = Modal(question.After, i => _rows.Rows[i].AnswerKind!);
        return new AnswerComparison
        {
            QuestionId = asked.QuestionId,
            Question = ComparedRows.TextOf(asked),
            Verdict = verdict,
            ReferenceCount = question.Before.Length,
            DifferenceCount = question.After.Length,
            ReferenceAgreement = 100 * question.Test.First,
            DifferenceAgreement = 100 * question.Test.Second,
            AcrossAgreement = 100 * question.Test.Across,
            PValue = p,
            ReferenceKind = kindBefore,
            DifferenceKind = kindAfter,
            SqlLevel = SqlLevel(question),
            Reason = Reason(verdict, kindBefore, kindAfter, question),
        };
    }

    private static string Reason(string verdict, string kindBefore, string kindAfter, Compared question)
    {
        string kinds = kindBefore == kindAfter ? "" : $"; mostly {kindBefore} before, {kindAfter} now";
        return verdict switch
        {
            AnswerVerdict.Different => "no answer of before occurs again" + kinds,
            AnswerVerdict.Shifted => FormattableString.Invariant(
                $"{100 * question.Test.Across:0.#} % of pairs of an answer before and one now agree") + kinds,
            AnswerVerdict.Unclear => "another answer is the most frequent one; too few answers to tell it from chance" + kinds,
            _ => question.Test.Across == 1 ? "every answer is the same" : "the most frequent answer is the same",
        };
    }

    private string? SqlLevel(Compared question)
    {
        QuestionResult[] before = Queries(question.Before);
        QuestionResult[] after = Queries(question.After);
        return before.Length == 0 || after.Length == 0 ? null : SqlLevels.StrictestOf([ModalQuery(before), ModalQuery(after)]);
    }

    private QuestionResult[] Queries(int[] answers) =>
        [.. answers.Select(i => _rows.Rows[i]).Where(row => row.SqlSignature is not null)];

    private static QuestionResult ModalQuery(QuestionResult[] rows) =>
        rows.GroupBy(row => row.SqlSignature, StringComparer.Ordinal).MaxBy(group => group.Count())!.First();

    private static string Modal(int[] answers, Func<int, string> of) => answers.GroupBy(of, StringComparer.Ordinal)
        .OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal).First().Key;

    private sealed record Compared(int[] Before, int[] After, AgreementTest Test, double? PValue);
}
