using GenieLoad.Model;

namespace GenieLoad.Engine.Figures;

/// <summary>
/// Parts the questions of a run by the load that they met: how many questions of the run were in flight when they were first sent, their
/// own included. The limit is the number that parts them most evenly.
/// </summary>
internal sealed class QuietPart
{
    // Places of rows in the run, in the order in which their questions were sent.
    private readonly int[] _sent;

    // By place; 0 for a question that was not sent.
    private readonly int[] _inFlight;

    private QuietPart(int[] sent, int[] inFlight, int? upTo)
    {
        (_sent, _inFlight) = (sent, inFlight);
        UpTo = upTo;
    }

    /// <summary>Questions in flight up to which it is quiet; <see langword="null"/> where the load was always the same.</summary>
    public int? UpTo { get; }

    /// <summary>Parts them.</summary>
    /// <param name="rows">All rows of the run by index: those that warm up are load too.</param>
    /// <param name="isParted">Per row: whether it is one of those that are to be parted evenly.</param>
    public static QuietPart Of(IReadOnlyCollection<QuestionResult> rows, bool[] isParted)
    {
        (double[] starts, double[] ends) = Flights.Of(rows, null);
        int[] sent = InOrder(rows, starts.Length);
        var inFlight = new int[rows.Count];
        int[] levels = new int[starts.Length];
        int count = 0;
        int ended = 0;
        for (int i = 0; i < sent.Length; i++)
        {
            // Who ends at an instant makes place for who begins then.
            while (ended < ends.Length && ends[ended] <= starts[i])
                ended++;
            inFlight[sent[i]] = i + 1 - ended;
            if (isParted[sent[i]])
                levels[count++] = i + 1 - ended;
        }
        Array.Sort(levels, 0, count);
        return new QuietPart(sent, inFlight, Middle(levels.AsSpan(0, count)));
    }

    /// <summary>Whether a question met a busy space; <see langword="null"/> where that is not known.</summary>
    /// <param name="place">Place of its row in the run.</param>
    public bool? IsBusy(int place) => UpTo is int limit && _inFlight[place] > 0 ? _inFlight[place] > limit : null;

    /// <summary>Share of the pairs of a quiet and a busy answer in which the quiet one was asked first.</summary>
    /// <param name="isCompared">Per row: whether its answer is one of them.</param>
    public double? QuietFirst(bool[] isCompared)
    {
        double quiet = 0;
        double busy = 0;
        double first = 0;
        foreach (int place in _sent)
        {
            switch (isCompared[place] ? IsBusy(place) : null)
            {
                case true:
                    busy++;
                    first += quiet;
                    break;
                case false:
                    quiet++;
                    break;
            }
        }
        return quiet > 0 && busy > 0 ? first / (quiet * busy) : null;
    }

    /// <summary>Places of questions in the order in which they were sent; those sent at one instant by place.</summary>
    private static int[] InOrder(IReadOnlyCollection<QuestionResult> rows, int count)
    {
        var starts = new double[count];
        var places = new int[count];
        int at = 0;
        int place = 0;
        foreach (QuestionResult row in rows)
        {
            if (row.StartedOffsetSeconds is double started)
                (starts[at], places[at++]) = (started, place);
            place++;
        }
        SortedRows.Sort(starts, places);
        return places;
    }

    private static int? Middle(ReadOnlySpan<int> levels)
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
