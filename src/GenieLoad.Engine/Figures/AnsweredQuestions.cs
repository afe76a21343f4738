using GenieLoad.Model;

namespace GenieLoad.Engine.Figures;

/// <summary>The questions of a run with their answers, taken from its rows in one go.</summary>
internal sealed class AnsweredQuestions
{
    private readonly Dictionary<(string? Connection, string QuestionId), AnsweredQuestion> _byKey = [];
    private readonly List<AnsweredQuestion> _all = [];

    // The known kinds first, in the order in which they are shown; files can name others.
    private readonly List<string> _kinds = [.. KindChanges.Order];

    private AnsweredQuestions(int rowCount) => IsCompared = new bool[rowCount];

    /// <summary>The questions, in the order of their first rows.</summary>
    public IReadOnlyList<AnsweredQuestion> All => _all;

    /// <summary>Per row of the run: whether its answer is one that is compared.</summary>
    public bool[] IsCompared { get; }

    /// <summary>The kinds of answers; their numbers are their places.</summary>
    public IReadOnlyList<string> Kinds => _kinds;

    /// <summary>Takes them from rows.</summary>
    /// <param name="all">All rows of the run.</param>
    /// <param name="measured">Those that count, in the same order.</param>
    public static AnsweredQuestions Of(IReadOnlyCollection<QuestionResult> all, IReadOnlyList<QuestionResult> measured)
    {
        AnsweredQuestions questions = new(all.Count);
        AnswerIdentities identities = AnswerIdentities.Of(measured);
        int place = 0;
        int next = 0;
        foreach (QuestionResult row in all)
        {
            if (next < measured.Count && ReferenceEquals(row, measured[next]))
            {
                questions.Add(row, place, identities);
                next++;
            }
            place++;
        }
        return questions;
    }

    /// <summary>Rows with an answer of a kind.</summary>
    /// <param name="question">Their question.</param>
    /// <param name="kind">The kind.</param>
    public int CountOf(AnsweredQuestion question, string kind) => question.CountOf(_kinds.IndexOf(kind));

    private void Add(QuestionResult row, int place, AnswerIdentities identities)
    {
        (string?, string) key = AnswerIdentities.QuestionOf(row);
        if (!_byKey.TryGetValue(key, out AnsweredQuestion? question))
        {
            _byKey.Add(key, question = new AnsweredQuestion(row));
            _all.Add(question);
        }
        AnswerIdentity? identity = row.Turn == 1 ? identities.Of(row) : null;
        IsCompared[place] = identity is not null;
        question.Add(row, place, NumberOf(AnswerIdentities.KindOf(row)), identity);
    }

    private int NumberOf(string? kind)
    {
        if (kind is null)
            return -1;
        int number = _kinds.IndexOf(kind);
        if (number < 0)
        {
            number = _kinds.Count;
            _kinds.Add(kind);
        }
        return number;
    }
}
