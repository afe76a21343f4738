using GenieLoad.Engine.Figures;
using GenieLoad.Engine.Running;
using GenieLoad.Model;

namespace GenieLoad.Engine.Live.Terminal;

/// <summary>What a live view shows of a run so far: rows and progress go in, figures come out. Not safe for several threads.</summary>
/// <param name="plan">What is asked when.</param>
internal sealed class LiveFigures(Plan plan)
{
    /// <summary>Most rows that are kept of the slowest, and of the failed.</summary>
    public const int MaximumKept = 20;

    private const double WindowSeconds = 60;

    private readonly bool _hasFollowers = plan.Questions.Any(question => question.AfterIndex is not null);
    private readonly HashSet<int> _seen = [];
    private readonly List<double> _responses = [];
    private readonly Queue<double> _answered = new();
    private readonly Dictionary<string, int> _outcomes = new(StringComparer.Ordinal);
    private readonly List<QuestionResult> _slowest = [];
    private readonly List<QuestionResult> _failed = [];

    /// <summary>The run's plan.</summary>
    public Plan Plan => plan;

    /// <summary>Counts of this moment; <see langword="null"/> before the first.</summary>
    public RunProgress? Progress { get; private set; }

    /// <summary>Response times over the run.</summary>
    public ResponseSlots Slots { get; } = new();

    /// <summary>Retries after 429 of the questions that have ended.</summary>
    public int ThrottleRetries { get; private set; }

    /// <summary>Questions that came to an end, by outcome, the most frequent first.</summary>
    public IEnumerable<KeyValuePair<string, int>> Outcomes =>
        _outcomes.OrderByDescending(outcome => outcome.Value).ThenBy(outcome => outcome.Key, StringComparer.Ordinal);

    /// <summary>The slowest answers, the slowest first.</summary>
    public IReadOnlyList<QuestionResult> Slowest => _slowest;

    /// <summary>The questions that failed, the last first.</summary>
    public IEnumerable<QuestionResult> Failed => Enumerable.Reverse(_failed);

    /// <summary>Questions that failed.</summary>
    public int FailedCount { get; private set; }

    /// <summary>Questions that were answered.</summary>
    public int AnsweredCount { get; private set; }

    /// <summary>Of those that ended since the run began or was resumed, warm-up too, those that failed: the budget counts them.</summary>
    public int FailedNow { get; private set; }

    /// <summary>Those that ended since then.</summary>
    public int EndedNow { get; private set; }

    /// <summary>Takes the counts of a later moment.</summary>
    public void Take(RunProgress progress) => Progress = progress;

    /// <summary>Adds a row; one that is there already, from a run that was resumed, changes nothing.</summary>
    /// <param name="row">The row.</param>
    /// <param name="isEarlier">Whether it is from before the run was resumed.</param>
    public void Add(QuestionResult row, bool isEarlier = false)
    {
        if (!_seen.Add(row.Index))
            return;
        bool isFailed = AskedQuestions.IsFailed(row);
        if (!isEarlier && AskedQuestions.IsEnded(row))
        {
            EndedNow++;
            FailedNow += isFailed ? 1 : 0;
        }
        // As in every other figure of a run.
        if (row.IsWarmUp)
            return;
        _outcomes[row.Outcome] = _outcomes.GetValueOrDefault(row.Outcome) + 1;
        ThrottleRetries += row.ThrottleRetries;
        if (isFailed)
            AddFailed(row);
        else if (row is { Success: true, CompletedOffsetSeconds: double offset })
            AddAnswer(row, offset);
    }

    private void AddFailed(QuestionResult row)
    {
        FailedCount++;
        _failed.Add(row);
        if (_failed.Count > MaximumKept)
            _failed.RemoveAt(0);
    }

    private void AddAnswer(QuestionResult row, double offset)
    {
        AnsweredCount++;
        _answered.Enqueue(offset);
        if (row.ResponseSeconds is not double seconds)
            return;
        SortedTimes.Insert(_responses, seconds);
        Slots.Add(offset, seconds);
        int at = _slowest.FindIndex(other => other.ResponseSeconds < seconds);
        _slowest.Insert(at < 0 ? _slowest.Count : at, row);
        if (_slowest.Count > MaximumKept)
            _slowest.RemoveAt(MaximumKept);
    }

    /// <summary>A percentile of the response times so far, with its interval where there are enough answers.</summary>
    /// <param name="percent">The percentile.</param>
    public PercentileFigure? Response(double percent) =>
        _responses.Count == 0 ? null : PercentileFigures.Of("Response", percent, _responses);

    /// <summary>Answers of the last minute, as answers a minute; of the time so far in the first.</summary>
    public double AnsweredPerMinute()
    {
        double now = Progress?.ElapsedSeconds ?? 0;
        while (_answered.TryPeek(out double first) && first <= now - WindowSeconds)
            _answered.Dequeue();
        return now <= 0 ? 0 : _answered.Count * 60 / Math.Min(now, WindowSeconds);
    }

    /// <summary>
    /// Questions that fell due in the same time, as questions a minute; <see langword="null"/> where some follow an answer: the plan does
    /// not know when those are due.
    /// </summary>
    public double? OfferedPerMinute()
    {
        double now = Progress?.ElapsedSeconds ?? 0;
        if (_hasFollowers || now <= 0)
            return null;
        double from = Math.Max(0, now - WindowSeconds);
        return (DueBefore(now) - DueBefore(from)) * 60 / (now - from);
    }

    /// <summary>
    /// About how many questions a minute the test asks without a pace: as planned, or as answers come where that is slower;
    /// <see langword="null"/> where nobody knows yet.
    /// </summary>
    public double? RatePerMinute()
    {
        double span = plan.Questions[^1].PlannedSeconds - plan.Questions[0].PlannedSeconds;
        double? planned = span > 0 && !_hasFollowers ? (plan.QuestionCount - 1) * 60 / span : null;
        double? answered = AnsweredPerMinute() is > 0 and double rate ? rate : null;
        return planned is null || answered is null ? planned ?? answered : Math.Min(planned.Value, answered.Value);
    }

    private int DueBefore(double seconds)
    {
        int low = 0;
        int high = plan.QuestionCount;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (plan.Questions[middle].PlannedSeconds < seconds)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }
}
