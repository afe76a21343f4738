using GenieLoad.Model;

namespace GenieLoad.Engine.Limits;

/// <summary>At most so many between two edges of a clock. Refused questions make no difference to it: the window is full already.</summary>
internal sealed class FixedWindow : LimiterModel
{
    private const int Few = 2;

    // Beyond so many possible windows of one question, times its number in a window, following all of them takes minutes and refutes
    // next to nothing: the set is split first.
    private const int MostStates = 64;

    public override string Kind => LimiterKind.FixedWindow;

    public override bool? RejectionsCount => null;

    public override IEnumerable<LimiterBox> Everything(SendHistory history) =>
        [new LimiterBox(ShortestPeriod, LongestPeriod, 1, int.MaxValue, 0, 1)];

    public override LimiterBox? Narrow(LimiterBox box, SendHistory history)
    {
        int most = box.CountHigh;
        foreach (SendHistory.Refusal refusal in history.Refusals)
        {
            long first = Window(box, history, refusal.Sent, latest: false);
            // What was asked in the first window before the first send, nobody knows.
            if (!history.IsRested && first <= 0)
                continue;
            most = Math.Min(most, refusal.AcceptsBefore - Earlier(box, history, refusal.AcceptsBefore, first));
            if (most < box.CountLow)
                return null;
        }
        int least = Math.Max(Least(box, history), box.CountLow);
        // So far each question might have been in a window of its own choice for each thing that was seen. That it was in one of them is
        // worth the effort once there are few numbers to try.
        if (most - least <= Few && IsNarrow(box, history, most))
        {
            while (least <= most && !IsConsistent(box, history, least))
                least++;
            while (most > least && !IsConsistent(box, history, most))
                most--;
        }
        return least > most ? null : box with { CountLow = least, CountHigh = most };
    }

    public override double NextAccept(LimiterBox box, SendHistory history)
    {
        double last = Place(box, history, history.AllSent[^1]);
        int inWindow = history.AcceptSent.Count(sent => Math.Floor(Place(box, history, sent)) == Math.Floor(last));
        return inWindow < box.CountLow
            ? history.AllSent[^1]
            : history.Start + ((Math.Floor(last) + 1 - box.Phase) * box.Period);
    }

    public override (LimiterBox Lower, LimiterBox Upper) Split(LimiterBox box, SendHistory history)
    {
        // Whichever leaves less certain in which window the last send was.
        double byPeriod = (history.AllSent[^1] - history.Start + box.PeriodHigh) * ((1 / box.PeriodLow) - (1 / box.PeriodHigh));
        return byPeriod > box.PhaseHigh - box.PhaseLow ? box.SplitPeriod() : box.SplitPhase();
    }

    public override (double Low, double High) PerMinute(LimiterBox box) =>
        (60 * box.CountLow / box.PeriodHigh, 60 * (double)box.CountHigh / box.PeriodLow);

    /// <summary>How many of the first accepted ones were certainly before a window.</summary>
    private static int Earlier(LimiterBox box, SendHistory history, int accepted, long window)
    {
        int low = 0;
        int high = accepted;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (Window(box, history, history.AcceptReceived[middle], latest: true) < window)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }

    /// <summary>Fewest that allow the most accepted ones that were certainly in one window.</summary>
    private static int Least(LimiterBox box, SendHistory history)
    {
        int least = 1;
        int from = 0;
        for (int k = 0; k < history.AcceptSent.Length; k++)
        {
            long window = Window(box, history, history.AcceptReceived[k], latest: true);
            while (from < k && Window(box, history, history.AcceptSent[from], latest: false) < window)
                from++;
            least = Math.Max(least, k - from + 1);
        }
        return least;
    }

    /// <summary>Whether few enough windows are possible for each accepted question.</summary>
    private static bool IsNarrow(LimiterBox box, SendHistory history, int count)
    {
        for (int k = history.AcceptSent.Length - 1; k >= 0; k--)
        {
            long windows = Window(box, history, history.AcceptReceived[k], latest: true)
                - Window(box, history, history.AcceptSent[k], latest: false) + 1;
            if (windows * count > MostStates)
                return false;
        }
        return true;
    }

    /// <summary>
    /// Whether every question can be given a window so that all fit: no window takes more than so many, and one that refused had taken so
    /// many before. Follows all states that are possible: the window that has come, and how many it took.
    /// </summary>
    private static bool IsConsistent(LimiterBox box, SendHistory history, int count)
    {
        HashSet<(long Window, int Taken)> states = [(0, 0)];
        int refused = 0;
        for (int accepted = 0; accepted <= history.AcceptSent.Length && states.Count > 0; accepted++)
        {
            for (; refused < history.Refusals.Length && history.Refusals[refused].AcceptsBefore == accepted; refused++)
            {
                SendHistory.Refusal refusal = history.Refusals[refused];
                long first = Window(box, history, refusal.Sent, latest: false);
                long last = Window(box, history, refusal.Received, latest: true);
                if (!history.IsRested && first <= 0)
                    continue;
                // Where sends overlap it may have come in an earlier window than the accepted question that is counted before it.
                states.RemoveWhere(state => !(first < state.Window || (state.Window <= last && state.Taken == count)));
            }
            if (accepted == history.AcceptSent.Length)
                break;
            states = After(
                states, Window(box, history, history.AcceptSent[accepted], latest: false),
                Window(box, history, history.AcceptReceived[accepted], latest: true), count);
        }
        return states.Count > 0;
    }

    /// <summary>The states after a question that was accepted in one of some windows.</summary>
    private static HashSet<(long Window, int Taken)> After(HashSet<(long Window, int Taken)> states, long first, long last, int count)
    {
        HashSet<(long Window, int Taken)> after = [];
        foreach ((long window, int taken) in states)
        {
            if (window >= first && window <= last && taken < count)
                after.Add((window, taken + 1));
            for (long later = Math.Max(window + 1, first); later <= last; later++)
                after.Add((later, 1));
        }
        return after;
    }

    /// <summary>Windows from the edge before the first send to an instant, in the middle of a set.</summary>
    private static double Place(LimiterBox box, SendHistory history, double instant) =>
        ((instant - history.Start) / box.Period) + box.Phase;

    /// <summary>Number of the window at an instant, the first possible or the last; 0 is the one of the first send.</summary>
    private static long Window(LimiterBox box, SendHistory history, double instant, bool latest)
    {
        double since = instant - history.Start;
        return (long)(latest
            ? Math.Floor((since / box.PeriodLow) + box.PhaseHigh + Hair)
            : Math.Floor((since / box.PeriodHigh) + box.PhaseLow - Hair));
    }
}
