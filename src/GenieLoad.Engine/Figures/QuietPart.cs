using GenieLoad.Model;

namespace GenieLoad.Engine.Figures;

/// <summary>
/// Parts the questions of a run by the load that they met: how many questions of the run were in flight when they were first sent, their
/// own included. The limit is the number that parts them most evenly.
/// </summary>
internal sealed class QuietPart
{
    private readonly Dictionary<int, int> _inFlight;

    private QuietPart(Dictionary<int, int> inFlight, int? upTo)
    {
        _inFlight = inFlight;
        UpTo = upTo;
    }

    /// <summary>Questions in flight up to which it is quiet; <see langword="null"/> where the load was always the same.</summary>
    public int? UpTo { get; }

    /// <summary>Parts them.</summary>
    /// <param name="rows">All rows of the run: those that warm up are load too.</param>
    /// <param name="parted">Those that are to be parted evenly.</param>
    public static QuietPart Of(IReadOnlyCollection<QuestionResult> rows, IReadOnlyCollection<QuestionResult> parted)
    {
        Flights flights = Flights.Of(rows, null);
        int[] indexes = InOrder(rows, flights.Starts.Length);
        Dictionary<int, int> inFlight = new(indexes.Length);
        int ended = 0;
        for (int i = 0; i < indexes.Length; i++)
        {
            // Who ends at an instant makes place for who begins then.
            while (ended < flights.Ends.Length && flights.Ends[ended] <= flights.Starts[i])
                ended++;
            inFlight[indexes[i]] = i + 1 - ended;
        }
        int[] levels = [.. parted.Where(row => inFlight.ContainsKey(row.Index)).Select(row => inFlight[row.Index]).Order()];
        return new QuietPart(inFlight, Middle(levels));
    }

    /// <summary>Whether a question met a busy space; <see langword="null"/> where that is not known.</summary>
    public bool? IsBusy(QuestionResult row) => UpTo is int limit && _inFlight.TryGetValue(row.Index, out int count) ? count > limit : null;

    /// <summary>Indexes of questions in the order in which they were sent; those sent at one instant by index.</summary>
    private static int[] InOrder(IReadOnlyCollection<QuestionResult> rows, int count)
    {
        var starts = new double[count];
        var indexes = new int[count];
        int at = 0;
        foreach (QuestionResult row in rows)
        {
            if (row.StartedOffsetSeconds is double started)
                (starts[at], indexes[at++]) = (started, row.Index);
        }
        Array.Sort(starts, indexes);
        for (int from = 0, to; from < count; from = to)
        {
            for (to = from + 1; to < count && starts[to] == starts[from];)
                to++;
            Array.Sort(indexes, from, to - from);
        }
        return indexes;
    }

    private static int? Middle(int[] levels)
    {
        int? best = null;
        int most = 0;
        for (int i = 0; i + 1 < levels.Length; i++)
        {
            int smaller = Math.Min(i + 1, levels.Length - i - 1);
            if (levels[i] != levels[i + 1] && smaller > most)
                (best, most) = (levels[i], smaller);
        }
        return best;
    }
}
