using GenieLoad.Model;

namespace GenieLoad.Engine.Limits;

/// <summary>
/// A token every period, up to a burst. It is kept as the instant at which it will be full again (the theoretical arrival time of the
/// generic cell rate algorithm): a question is accepted as long as that lies less than <c>burst - 1</c> periods ahead, and moves it by one
/// period.
/// While the bucket is not full, the instant of a question does not enter, so that errors of sending do not add up.
/// </summary>
internal sealed class TokenBucket : LimiterModel
{
    // Far more than what is known of Genie, and a bound on what a long run takes to explain.
    private const int MostBurst = 100;

    public override string Kind => LimiterKind.TokenBucket;

    /// <summary>
    /// A bucket at rest was full, so its burst is among the first accepted. Of one that may have been empty nobody knows how much more it
    /// holds than was seen: one that was never full stands for all of them.
    /// </summary>
    public override IEnumerable<LimiterBox> Everything(SendHistory history)
    {
        int accepted = Math.Min(MostBurst, history.AcceptSent.Length);
        for (int burst = 1; burst <= accepted; burst++)
            yield return new LimiterBox(ShortestPeriod, LongestPeriod, burst, burst);
        if (!history.IsRested || accepted == 0)
            yield return new LimiterBox(ShortestPeriod, LongestPeriod, accepted + 1, int.MaxValue);
    }

    public override LimiterBox? Narrow(LimiterBox box, SendHistory history) => Replay(box, history) is null ? null : box;

    public override double NextAccept(LimiterBox box, SendHistory history)
    {
        (double low, double high) = Replay(box, history) ?? (history.Start, history.Start);
        return ((low + high) / 2) - ((box.CountLow - 1) * box.Period);
    }

    public override (double Low, double High) PerMinute(LimiterBox box) => (60 / box.PeriodHigh, 60 / box.PeriodLow);

    /// <summary>
    /// When the bucket is full again after all sends, least and most; <see langword="null"/> where no bucket explains them.
    /// </summary>
    private static (double Low, double High)? Replay(LimiterBox box, SendHistory history)
    {
        double low = double.NegativeInfinity;
        double high = history.IsRested ? double.NegativeInfinity : history.Start + (box.CountLow * box.PeriodHigh);
        double leastAhead = (box.CountLow - 1) * box.PeriodLow;
        double mostAhead = (box.CountLow - 1) * box.PeriodHigh;
        int refused = 0;
        for (int accepted = 0; accepted <= history.AcceptSent.Length; accepted++)
        {
            for (; refused < history.Refusals.Length && history.Refusals[refused].AcceptsBefore == accepted; refused++)
                low = Math.Max(low, history.Refusals[refused].Sent + leastAhead);
            if (low > high + Hair)
                return null;
            if (accepted == history.AcceptSent.Length)
                break;
            double sent = history.AcceptSent[accepted];
            double received = history.AcceptReceived[accepted];
            high = Math.Min(high, received + mostAhead);
            if (low > high + Hair)
                return null;
            low = Math.Max(low, sent) + box.PeriodLow;
            high = Math.Max(high, received) + box.PeriodHigh;
        }
        return (low, high);
    }
}
