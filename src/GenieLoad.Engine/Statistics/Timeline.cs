using GenieLoad.Model;

namespace GenieLoad.Engine.Statistics;

/// <summary>How a run went over its time, interval by interval.</summary>
public static class Timeline
{
    /// <summary>Most intervals of a timeline.</summary>
    public const int MaximumPoints = 200;

    // Lengths that people reckon with; beyond the last one, whole multiples of an hour.
    private static readonly int[] Lengths = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600];

    /// <summary>The shortest usual interval, in seconds, of which at most <see cref="MaximumPoints"/> cover the run.</summary>
    /// <param name="totalSeconds">Length of the run.</param>
    public static int IntervalSeconds(double totalSeconds)
    {
        foreach (int length in Lengths)
        {
            if (totalSeconds <= (double)length * MaximumPoints)
                return length;
        }
        return 3600 * (int)Math.Ceiling(totalSeconds / 3600 / MaximumPoints);
    }

    /// <summary>The intervals of a run, without gaps, from its start to its last question's end.</summary>
    /// <param name="rows">Its rows.</param>
    /// <param name="totalSeconds">Its length; a question that has begun and has no end was in flight until then.</param>
    public static IReadOnlyList<TimelinePoint> Calculate(IEnumerable<QuestionResult> rows, double totalSeconds)
    {
        ArgumentNullException.ThrowIfNull(rows);
        List<QuestionResult> begun = [.. rows.Where(row => row.StartedOffsetSeconds is not null)];
        double end = begun.Select(row => row.CompletedOffsetSeconds ?? 0).Append(totalSeconds).Max();
        if (!(end > 0) || begun.Count == 0)
            return [];
        int length = IntervalSeconds(end);
        int count = (int)Math.Ceiling(end / length);
        double[] busy = new double[count];
        List<double?>[] responses = [.. Enumerable.Range(0, count).Select(_ => new List<double?>())];
        foreach (QuestionResult row in begun)
        {
            double from = Math.Max(0, row.StartedOffsetSeconds!.Value);
            double to = row.CompletedOffsetSeconds ?? end;
            AddBusy(busy, length, from, to);
            // An end on the very border belongs to the interval that ends there.
            if (row.Success)
                responses[Math.Clamp((int)Math.Ceiling(to / length) - 1, 0, count - 1)].Add(row.ResponseSeconds);
        }
        return [.. Enumerable.Range(0, count).Select(i => Point((i + 1) * length, busy[i] / length, responses[i]))];
    }

    private static void AddBusy(double[] busy, int length, double from, double to)
    {
        for (int i = (int)(from / length); i < busy.Length && i * (double)length < to; i++)
            busy[i] += Math.Max(0, Math.Min(to, (i + 1.0) * length) - Math.Max(from, (double)i * length));
    }

    private static TimelinePoint Point(int endSeconds, double inFlight, List<double?> responses)
    {
        double[] sorted = Percentile.Sort(responses);
        return new TimelinePoint(
            endSeconds, inFlight, responses.Count,
            sorted.Length == 0 ? null : Percentile.Of(sorted, 50),
            sorted.Length == 0 ? null : Percentile.Of(sorted, 95));
    }
}
