using GenieLoad.Model;

namespace GenieLoad.Engine.Figures;

/// <summary>A question of a run, with all that figures of agreement need of its rows.</summary>
/// <param name="first">Its first row.</param>
internal sealed class AnsweredQuestion(QuestionResult first)
{
    private readonly Dictionary<AnswerIdentity, int> _identities = [];
    private readonly List<int> _counts = [];
    private readonly List<SeenAnswer> _answers = [];
    private readonly List<int> _kindCounts = [];
    private readonly SqlLevels _queries = new();

    /// <summary>Its first row.</summary>
    public QuestionResult First => first;

    /// <summary>Its answers to first turns of which anything is known, in the order of the run.</summary>
    public IReadOnlyList<SeenAnswer> Answers => _answers;

    /// <summary>How often each thing is said that is compared.</summary>
    public IReadOnlyList<int> Counts => _counts;

    /// <summary>Answers that are compared.</summary>
    public int ComparedCount { get; private set; }

    /// <summary>Place of the first row that is compared, in the run; -1 for none.</summary>
    public int FirstComparedPlace { get; private set; } = -1;

    /// <summary>Whether any row says what sort of answer there was.</summary>
    public bool HasKind => _kindCounts.Count > 0;

    /// <summary>The strictest level at which the compared queries are the same; <see langword="null"/> for fewer than two.</summary>
    public string? SqlLevel => _queries.Count < 2 ? null : _queries.Strictest;

    /// <summary>Rows that were judged by an expected answer.</summary>
    public int JudgedCount { get; private set; }

    /// <summary>Rows with the expected answer.</summary>
    public int RightCount { get; private set; }

    /// <summary>Rows with another.</summary>
    public int WrongCount { get; private set; }

    /// <summary>Rows whose answer cannot be compared with the expected one.</summary>
    public int NotComparableCount { get; private set; }

    /// <summary>Answers to later turns.</summary>
    public int LaterCount { get; private set; }

    /// <summary>What can make its answers differ.</summary>
    public AnswerRemarks Remarks { get; } = new();

    /// <summary>Rows with an answer of a kind.</summary>
    public int CountOf(int kind) => kind < _kindCounts.Count ? _kindCounts[kind] : 0;

    /// <summary>Counts a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="place">Its place in the run.</param>
    /// <param name="kind">Number of its kind; -1 for none.</param>
    /// <param name="identity">What its answer says; <see langword="null"/> where it is not compared.</param>
    public void Add(QuestionResult row, int place, int kind, AnswerIdentity? identity)
    {
        if (kind >= 0)
        {
            while (_kindCounts.Count <= kind)
                _kindCounts.Add(0);
            _kindCounts[kind]++;
        }
        int number = -1;
        if (identity is AnswerIdentity says)
        {
            number = NumberOf(says);
            if (ComparedCount++ == 0)
                FirstComparedPlace = place;
            if (row.SqlSignature is not null)
                _queries.Add(row);
        }
        if (row.Turn == 1 && (kind >= 0 || number >= 0))
            _answers.Add(new SeenAnswer(place, kind, number));
        LaterCount += row.Turn > 1 && row.Success ? 1 : 0;
        Remarks.Add(row);
        if (row.Expectation is string expectation)
            Judge(expectation);
    }

    private int NumberOf(AnswerIdentity identity)
    {
        if (!_identities.TryGetValue(identity, out int number))
        {
            _identities.Add(identity, number = _counts.Count);
            _counts.Add(0);
        }
        _counts[number]++;
        return number;
    }

    private void Judge(string expectation)
    {
        JudgedCount++;
        RightCount += expectation == Expectation.Right ? 1 : 0;
        WrongCount += expectation == Expectation.Wrong ? 1 : 0;
        NotComparableCount += expectation == Expectation.NotComparable ? 1 : 0;
    }
}
