using GenieLoad.Engine.Statistics;
using GenieLoad.Model;

namespace GenieLoad.Engine.Figures;

/// <summary>How alike the answers to each question of a run are.</summary>
/// <param name="questions">The questions of the run.</param>
/// <param name="part">What of the run was quiet.</param>
internal sealed class ConsistencyCalculator(AnsweredQuestions questions, QuietPart part)
{
    /// <summary>The figures of one question.</summary>
    /// <param name="question">The question.</param>
    /// <param name="stratum">Its answers in the two parts of the run.</param>
    public QuestionConsistency Of(AnsweredQuestion question, AgreementStratum stratum)
    {
        AgreementTest parts = AgreementTest.Shares([stratum]);
        bool isParted = part.UpTo is not null;
        bool isJudged = question.JudgedCount > 0;
        QuestionResult first = question.First;
        return new QuestionConsistency
        {
            QuestionId = first.QuestionId,
            Connection = first.Connection,
            Question = first.Question.Length == 0 ? null : first.Question,
            AnswerCount = question.ComparedCount,
            DifferentCount = question.Counts.Count,
            ModalShare = question.ComparedCount == 0 ? null : 100.0 * question.Counts.Max() / question.ComparedCount,
            PairwiseAgreement = 100 * Agreement.Pairwise(question.Counts),
            SqlLevel = question.SqlLevel,
            SqlCount = questions.CountOf(question, AnswerKind.Sql),
            TextCount = questions.CountOf(question, AnswerKind.Text),
            ClarificationCount = questions.CountOf(question, AnswerKind.Clarification),
            EmptyCount = questions.CountOf(question, AnswerKind.Empty),
            ErrorCount = questions.CountOf(question, AnswerIdentities.Error),
            QuietCount = isParted ? stratum.IsSecond.Count(busy => !busy) : null,
            BusyCount = isParted ? stratum.IsSecond.Count(busy => busy) : null,
            QuietAgreement = 100 * parts.First,
            BusyAgreement = 100 * parts.Second,
            AcrossAgreement = 100 * parts.Across,
            RightCount = isJudged ? question.RightCount : null,
            WrongCount = isJudged ? question.WrongCount : null,
            NotComparableCount = isJudged ? question.NotComparableCount : null,
            Remarks = string.Join("; ", question.Remarks.Texts()),
        };
    }

    /// <summary>The answers of a question in the two parts of the run; those of which the load is not known are left out.</summary>
    /// <param name="question">The question.</param>
    public AgreementStratum StratumOf(AnsweredQuestion question)
    {
        List<int> values = new(question.ComparedCount);
        List<bool> areBusy = new(question.ComparedCount);
        foreach (SeenAnswer answer in question.Answers)
        {
            if (answer.IsCompared && part.IsBusy(answer.Place) is bool isBusy)
            {
                values.Add(answer.Identity);
                areBusy.Add(isBusy);
            }
        }
        return new AgreementStratum([.. values], [.. areBusy]);
    }
}
