namespace GenieLoad.Engine.Costs;

/// <summary>Time that intervals cover together, what several of them cover counted once.</summary>
public static class CoveredTime
{
    /// <summary>Its length in milliseconds.</summary>
    /// <param name="intervals">First and last instant of each, in milliseconds, in any order.</param>
    /// <param name="tail">Milliseconds by which each is longer at its end, 0 or more.</param>
    public static long Milliseconds(IEnumerable<(long From, long To)> intervals, long tail = 0)
    {
        long sum = 0;
        long until = long.MinValue;
        foreach ((long from, long to) in intervals.OrderBy(interval => interval.From))
        {
            long end = to + tail;
            sum += Math.Max(0, end - Math.Max(from, until));
            until = Math.Max(until, end);
        }
        return sum;
    }
}
