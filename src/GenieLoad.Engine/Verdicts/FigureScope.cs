using GenieLoad.Engine.Figures;
using GenieLoad.Engine.Statistics;
using GenieLoad.Model;

namespace GenieLoad.Engine.Verdicts;

/// <summary>What a figure is read from: the rows of a run, of a part of it, or of one that is under way.</summary>
/// <param name="rows">The rows.</param>
/// <param name="run">The whole run; <see langword="null"/> for a part of it, or while it is under way.</param>
internal sealed class FigureScope(IReadOnlyList<QuestionResult> rows, LoadRun? run = null)
{
    // Where more answers than this share waited for a worker, and the value holds that, they waited for each other.
    private const double LeastWaiting = 0.1;

    // The share of a value from which on a wait is more than the way to the worker.
    private const double NotableWait = 0.01;

    private const double RoundingSeconds = 1e-6;

    /// <summary>Every question.</summary>
    public IReadOnlyList<QuestionResult> Rows { get; } = rows;

    /// <summary>Those that were asked and came to an end.</summary>
    public IReadOnlyList<QuestionResult> Ended { get; } = [.. rows.Where(AskedQuestions.IsEnded)];

    /// <summary>Those answered in full.</summary>
    public IReadOnlyList<QuestionResult> Successes { get; } = [.. rows.Where(row => row.Success)];

    /// <summary>The whole run.</summary>
    public LoadRun? Run { get; } = run;

    /// <summary>How much the values of a figure hang on those before them.</summary>
    /// <param name="rows">The rows that it is taken from.</param>
    /// <param name="value">Its values; rows without one are left out.</param>
    public static SerialDependence DependenceOf(IEnumerable<QuestionResult> rows, Func<QuestionResult, double?> value)
    {
        Dictionary<string, int> questions = new(StringComparer.Ordinal);
        Dictionary<string, int> conversations = new(StringComparer.Ordinal);
        QuestionResult[] known = [.. rows.Where(row => value(row) is not null)];
        IEnumerable<SerialValue> values = known.Select(row => new SerialValue(
            Number(questions, row.QuestionId), Number(conversations, Conversation(row)), row.PlannedOffsetSeconds, value(row)!.Value));
        return known.Count(HoldsWaiting) > LeastWaiting * known.Length ? SerialDependence.OfWaiting(values) : SerialDependence.Of(values);

        bool HoldsWaiting(QuestionResult row) => (row.WorkerWaitSeconds ?? row.WaitSeconds) > NotableWait * value(row)
            && value(row) >= row.WaitSeconds + row.ServiceSeconds - RoundingSeconds;

        static int Number(Dictionary<string, int> numbers, string name)
        {
            numbers.TryAdd(name, numbers.Count);
            return numbers[name];
        }
    }

    /// <summary>What hangs together: the turns of one conversation.</summary>
    public static string Conversation(QuestionResult row) => row.ConversationId ?? FormattableString.Invariant($"#{row.Index}");
}

/// <summary>A figure with its interval.</summary>
/// <param name="Value">The figure; <see langword="null"/> without data.</param>
/// <param name="Lower">Lower end of its interval; <see langword="null"/> for none.</param>
/// <param name="Upper">Upper end of its interval; <see langword="null"/> for none.</param>
/// <param name="Count">What it was taken from.</param>
internal readonly record struct Reading(double? Value, double? Lower, double? Upper, int Count)
{
    /// <summary>How much what it was taken from hangs together; <see langword="null"/> where nobody looked.</summary>
    public SerialDependence? Dependence { get; init; }

    /// <summary>
    /// The upper end if no few values carried the figure; where it would decide and <see cref="Upper"/> does not, they do.
    /// </summary>
    public double? UpperOfScatter { get; init; }

    /// <summary>How many observations were above 0, where that is too few for an interval from scatter.</summary>
    public int? RareCount { get; init; }

    /// <summary>Whether the figure is the value or more, because some of what it is taken from was broken off.</summary>
    public bool IsAtLeast { get; init; }

    /// <summary>Of a phase: share of the answers in which a poll saw it, in percent.</summary>
    public double? SeenPercent { get; init; }

    /// <summary>What keeps a phase from being judged: that polls saw too little of it; <see langword="null"/> for nothing.</summary>
    public string? Unseen => SeenPercent is { } seen and < PhaseSight.LeastPercent
        ? FormattableString.Invariant($"polls saw this phase in {seen:0} % of the answers and {PhaseSight.LeastPercent:0} % are needed: ")
            + "poll more often"
        : null;

    /// <summary>The reading with what it hangs on; without its interval where that is too much for one.</summary>
    public Reading Unless(SerialDependence dependence) => dependence.IsTooStrong
        ? this with { Lower = null, Upper = null, UpperOfScatter = null, Dependence = dependence }
        : this with { Dependence = dependence };
}
