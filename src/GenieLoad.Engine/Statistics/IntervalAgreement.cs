namespace GenieLoad.Engine.Statistics;

/// <summary>
/// What most of several intervals agree on, each of which holds the same true value unless it is wrong. K. Marzullo, Maintaining the Time
/// in a Distributed System, Stanford 1984; as NTP uses it.
/// </summary>
internal static class IntervalAgreement
{
    /// <summary>The part of the line that the most intervals share.</summary>
    /// <param name="intervals">The intervals, each with its ends.</param>
    /// <returns><see langword="null"/> without any, or where no more than half share a part.</returns>
    public static (double Lower, double Upper)? Of(IReadOnlyCollection<(double Lower, double Upper)> intervals)
    {
        // At one place, intervals begin before others end: they share it.
        (double At, int Step)[] ends =
        [
            .. intervals.SelectMany(one => new[] { (At: one.Lower, Step: 1), (At: one.Upper, Step: -1) })
                .OrderBy(end => end.At).ThenByDescending(end => end.Step),
        ];
        (double, double)? best = null;
        int most = intervals.Count / 2;
        int open = 0;
        for (int i = 0; i < ends.Length; i++)
        {
            open += ends[i].Step;
            // Where most are open the next end is that of one of them.
            if (ends[i].Step > 0 && open > most)
                (most, best) = (open, (ends[i].At, ends[i + 1].At));
        }
        return best;
    }
}
