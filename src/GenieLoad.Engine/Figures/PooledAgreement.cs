using GenieLoad.Engine.Statistics;
using GenieLoad.Model;

namespace GenieLoad.Engine.Figures;

/// <summary>
/// The agreement over several questions, each weighted with its answers, with its interval; all as shares from 0 to 1.
/// </summary>
/// <param name="Value">Share of the pairs of answers to one question that say the same.</param>
/// <param name="Lower">Lower end of the interval.</param>
/// <param name="Upper">Upper end of the interval.</param>
/// <param name="AnswerCount">Answers to questions with two answers or more.</param>
internal readonly record struct PooledAgreement(double Value, double Lower, double Upper, int AnswerCount)
{
    /// <summary>The agreement of some rows; <see langword="null"/> where no question has two answers.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="confidence">Of the interval.</param>
    public static PooledAgreement? Of(IReadOnlyCollection<QuestionResult> rows, double confidence)
    {
        AnswerIdentities identities = AnswerIdentities.Of(rows);
        return Of(
            rows.Where(identities.IsCompared).GroupBy(AnswerIdentities.QuestionOf).Select(question => (
                question.Count(),
                Agreement.Pairwise(question.GroupBy(identities.Of).Select(answer => answer.Count())))),
            confidence);
    }

    /// <summary>The agreement of some questions; <see langword="null"/> where none has two answers.</summary>
    /// <param name="questions">Answers of each, and their agreement.</param>
    /// <param name="confidence">Of the interval.</param>
    public static PooledAgreement? Of(IEnumerable<(int Answers, double? Agreement)> questions, double confidence)
    {
        (int Answers, double? Agreement)[] repeated = [.. questions.Where(question => question.Agreement is not null)];
        if (repeated.Length == 0)
            return null;
        int answers = repeated.Sum(question => question.Answers);
        double value = repeated.Sum(question => question.Answers * question.Agreement!.Value) / answers;
        (double lower, double upper) = Agreement.Interval(value, repeated.Sum(question => question.Answers / 2), confidence);
        return new PooledAgreement(value, lower, upper, answers);
    }
}
