using GenieLoad.Model;

namespace GenieLoad.Engine.Figures;

/// <summary>
/// How many questions were in flight - sent, and not at their end - each number weighted with the time for which it held.
/// </summary>
internal static class InFlight
{
    /// <summary>The figures from the first send to the last end.</summary>
    /// <param name="rows">Rows of the run.</param>
    /// <param name="end">Offset at which those without an end are taken to end.</param>
    public static InFlightFigures Of(IEnumerable<QuestionResult> rows, double end)
    {
        List<(double At, int Change)> changes = [];
        foreach (QuestionResult row in rows)
        {
            if (row.StartedOffsetSeconds is not double started)
                continue;
            changes.Add((started, 1));
            changes.Add((Math.Max(started, row.CompletedOffsetSeconds ?? end), -1));
        }

        if (changes.Count == 0)
            return new InFlightFigures(null, null, null);

        // Who ends frees the place for who begins at the same instant.
        changes.Sort();
        SortedDictionary<int, double> secondsAt = [];
        int count = 0;
        int most = 0;
        for (int i = 0; i < changes.Count - 1; i++)
        {
            count += changes[i].Change;
            most = Math.Max(most, count);
            double seconds = changes[i + 1].At - changes[i].At;
            secondsAt[count] = secondsAt.GetValueOrDefault(count) + seconds;
        }

        double total = changes[^1].At - changes[0].At;
        return total > 0
            ? new InFlightFigures(secondsAt.Sum(level => level.Key * level.Value) / total, NotExceededDuring(secondsAt, 0.95 * total), most)
            : new InFlightFigures(null, null, most);
    }

    private static int NotExceededDuring(SortedDictionary<int, double> secondsAt, double seconds)
    {
        double sum = 0;
        int last = 0;
        foreach ((int level, double held) in secondsAt)
        {
            last = level;
            sum += held;
            if (sum >= seconds)
                break;
        }

        return last;
    }
}

/// <summary>Questions in flight, weighted with time.</summary>
internal sealed record InFlightFigures(double? Mean, int? P95, int? Maximum);
