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
        // Who ends at an instant makes place for who begins then.
        List<(double At, int Change, int Index)> events = [];
        foreach (QuestionResult row in rows)
        {
            if (row.StartedOffsetSeconds is not double started)
                continue;
            events.Add((started, 1, row.Index));
            if (row.CompletedOffsetSeconds is double ended)
                events.Add((Math.Max(started, ended), -1, row.Index));
        }
        events.Sort();
        Dictionary<int, int> inFlight = [];
        int count = 0;
        foreach ((_, int change, int index) in events)
        {
            count += change;
            if (change > 0)
                inFlight[index] = count;
        }
        int[] levels = [.. parted.Where(row => inFlight.ContainsKey(row.Index)).Select(row => inFlight[row.Index]).Order()];
        return new QuietPart(inFlight, Middle(levels));
    }

    /// <summary>Whether a question met a busy space; <see langword="null"/> where that is not known.</summary>
    public bool? IsBusy(QuestionResult row) => UpTo is int limit && _inFlight.TryGetValue(row.Index, out int count) ? count > limit : null;

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
