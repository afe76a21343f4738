using GenieLoad.Engine.Randomness;
using GenieLoad.Engine.Statistics;
using GenieLoad.Model;

namespace GenieLoad.Engine.Figures;

/// <summary>How alike the answers of a run to the same question are, and whether its load changed them.</summary>
internal static class RunAgreementCalculator
{
    // Fewer cannot reach a p-value that counts, whatever they say.
    private const int LeastOfEachPart = 10;

    private const double Level = 0.05;

    /// <summary>The figures of each question and of the run; of a run that knows nothing of its answers, none.</summary>
    /// <param name="all">All rows of the run, by index.</param>
    /// <param name="measured">Those that count, in the same order.</param>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="expected">What the expected SQL gave; empty where nothing was checked.</param>
    public static (IReadOnlyList<QuestionConsistency> Questions, RunAgreement? Run) Of(
        IReadOnlyCollection<QuestionResult> all, IReadOnlyList<QuestionResult> measured, int seed, IEnumerable<ExpectedAnswer> expected)
    {
        AnsweredQuestions asked = AnsweredQuestions.Of(all, measured);
        if (asked.All.All(question => question is { ComparedCount: 0, JudgedCount: 0 }))
            return ([], null);
        QuietPart part = QuietPart.Of(all, asked.IsCompared);
        ConsistencyCalculator calculator = new(asked, part);
        Dictionary<AnsweredQuestion, AgreementStratum> parted = asked.All.ToDictionary(question => question, calculator.StratumOf);
        QuestionConsistency[] questions =
            [.. asked.All.Where(question => question.HasKind).Select(question => calculator.Of(question, parted[question]))];
        // Where the data changed, answers changed with it, whatever the load.
        Func<QuestionResult, bool> hasChanged = CheckedAnswers.HasChanged(expected);
        ILookup<bool, AnsweredQuestion> compared = asked.All.Where(question => question.ComparedCount > 0)
            .OrderBy(question => question.FirstComparedPlace).ToLookup(question => hasChanged(question.First));
        AgreementStratum[] strata = [.. compared[false].Select(question => parted[question])];
        AgreementTest test = AgreementTest.Of(strata, SeededRandom.For(seed, "agreement", 0).NextInt32);
        IEnumerable<string> confounders = [.. AnswerConfounders.Of(asked, part, compared[true].Count())];
        return (questions, OfRun(asked, questions, part, strata, test, confounders));
    }

    private static RunAgreement OfRun(
        AnsweredQuestions asked, QuestionConsistency[] questions, QuietPart part, AgreementStratum[] strata, AgreementTest test,
        IEnumerable<string> confounders)
    {
        PooledAgreement? pooled = PooledAgreement.Of(
            questions.Select(question => (question.AnswerCount, question.PairwiseAgreement / 100)), OrderStatistics.DefaultConfidence);
        int answers = questions.Sum(question => question.AnswerCount);
        AgreementStratum[] both = [.. strata.Where(one => one.IsSecond.Contains(true) && one.IsSecond.Contains(false))];
        int busy = both.Sum(one => one.IsSecond.Count(isBusy => isBusy));
        int quiet = both.Sum(one => one.IsSecond.Length) - busy;
        (string verdict, string reason) = Judge(part, quiet, busy, test);
        bool isChecked = questions.Any(question => question.RightCount is not null);
        return new RunAgreement
        {
            AnswerCount = answers,
            QuestionCount = questions.Count(question => question.AnswerCount > 1),
            SameCount = questions.Count(question => question is { AnswerCount: > 1, DifferentCount: 1 }),
            PairwiseAgreement = 100 * pooled?.Value,
            PairwiseAgreementLower = 100 * pooled?.Lower,
            PairwiseAgreementUpper = 100 * pooled?.Upper,
            ModalShare = answers == 0 ? null : questions.Sum(question => question.AnswerCount * (question.ModalShare ?? 0)) / answers,
            QuietUpTo = part.UpTo,
            QuietCount = quiet,
            BusyCount = busy,
            QuietAgreement = 100 * test.First,
            BusyAgreement = 100 * test.Second,
            AcrossAgreement = 100 * test.Across,
            PValue = test.PValue,
            Verdict = verdict,
            Reason = reason,
            Kinds = new RowList<KindChange>([.. KindChanges.Of(asked, part)]),
            RightCount = isChecked ? questions.Sum(question => question.RightCount ?? 0) : null,
            WrongCount = isChecked ? questions.Sum(question => question.WrongCount ?? 0) : null,
            NotComparableCount = isChecked ? questions.Sum(question => question.NotComparableCount ?? 0) : null,
            Confounders = new RowList<string>([.. confounders]),
        };
    }

    private static (string Verdict, string Reason) Judge(QuietPart part, int quiet, int busy, AgreementTest test)
    {
        if (part.UpTo is null)
            return (AgreementVerdict.TooFew, "the load was the same all the time, so that quiet and busy answers cannot be told apart");
        if (Math.Min(quiet, busy) >= LeastOfEachPart && test.PValue is null)
            return (AgreementVerdict.TooFew, "no question has two answers in each part: ask fewer questions more often");
        if (Math.Min(quiet, busy) < LeastOfEachPart || test.PValue is not double p)
        {
            return (AgreementVerdict.TooFew, FormattableString.Invariant(
                $"{quiet} quiet and {busy} busy answers to questions that were asked in both parts; {LeastOfEachPart} of each are needed"));
        }
        string shares = FormattableString.Invariant($"{100 * test.First:0.#} % of quiet pairs agree, {100 * test.Second:0.#} % of busy ")
            + FormattableString.Invariant($"pairs, {100 * test.Across:0.#} % across (p {p:0.000})");
        return p <= Level
            ? (AgreementVerdict.Changed, "busy answers differ from quiet ones: " + shares)
            : (AgreementVerdict.NotShown, "nothing shows that the load changes answers: " + shares);
    }
}
