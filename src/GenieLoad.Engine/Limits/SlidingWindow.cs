using GenieLoad.Model;

namespace GenieLoad.Engine.Limits;

/// <summary>
/// At most so many within any window, counted back from each question: accepted ones alone, or refused ones too. One a window is what a
/// token bucket without burst does, and left to that where refused ones do not count.
/// </summary>
/// <param name="countsRejections">Whether refused questions count.</param>
internal sealed class SlidingWindow(bool countsRejections) : LimiterModel
{
    public override string Kind => LimiterKind.SlidingWindow;

    public override bool? RejectionsCount => countsRejections;

    public override IEnumerable<LimiterBox> Everything(SendHistory history) =>
        [new LimiterBox(ShortestPeriod, LongestPeriod, countsRejections ? 1 : 2, int.MaxValue)];

    public override LimiterBox? Narrow(LimiterBox box, SendHistory history)
    {
        int most = box.CountHigh;
        double[] sent = countsRejections ? history.AllSent : history.AcceptSent;
        double[] received = countsRejections ? history.AllReceived : history.AcceptReceived;
        foreach (SendHistory.Refusal refusal in history.Refusals)
        {
            // Before the first send nobody knows what others, or we, had asked.
            if (!history.IsRested && refusal.Sent - box.PeriodHigh < history.Start)
                continue;
            // It is not in its own way.
            int before = countsRejections ? refusal.SendsBefore - 1 : refusal.AcceptsBefore;
            most = Math.Min(most, before - SendHistory.Below(received, refusal.Sent - box.PeriodHigh - Hair));
        }
        int least = Math.Max(box.CountLow, countsRejections ? LeastOfAll(box, history) : LeastOfAccepted(box, sent, received));
        return least > most ? null : box with { CountLow = least, CountHigh = most };
    }

    public override double NextAccept(LimiterBox box, SendHistory history)
    {
        double[] sent = countsRejections ? history.AllSent : history.AcceptSent;
        int freed = sent.Length - box.CountLow;
        return freed < 0 ? history.Start : sent[freed] + box.Period;
    }

    public override (double Low, double High) PerMinute(LimiterBox box) =>
        (60 * box.CountLow / box.PeriodHigh, 60 * (double)box.CountHigh / box.PeriodLow);

    /// <summary>Fewest for which no accepted question had a full window before it.</summary>
    private static int LeastOfAccepted(LimiterBox box, double[] sent, double[] received)
    {
        int least = 0;
        for (int k = 0; k < sent.Length; k++)
            least = Math.Max(least, k + 1 - SendHistory.Below(sent, received[k] - box.PeriodLow + Hair));
        return least;
    }

    private static int LeastOfAll(LimiterBox box, SendHistory history)
    {
        int least = 0;
        foreach (LimitSend send in history.Sends)
        {
            if (!send.IsAccepted)
                continue;
            // Certainly before it: answered before it was sent. Certainly in its window: sent late enough.
            int before = SendHistory.Below(history.AllReceived, send.SentSeconds + Hair);
            int gone = SendHistory.Below(history.AllSent, send.ReceivedSeconds - box.PeriodLow + Hair);
            least = Math.Max(least, before - gone + 1);
        }
        return least;
    }
}
