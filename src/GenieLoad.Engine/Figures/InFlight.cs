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
    public static InFlightFigures Of(IReadOnlyCollection<QuestionResult> rows, double end)
    {
        (double[] starts, double[] ends) = Flights.Of(rows, end);
        if (starts.Length == 0)
            return new InFlightFigures(null, null, null);

        // Seconds for which each number was in flight.
        List<double> secondsAt = [0];
        int started = 0;
        int ended = 0;
        int most = 0;
        double at = starts[0];
        while (ended < ends.Length)
        {
            // Who ends frees the place for who begins at the same instant.
            bool isEnd = started == starts.Length || ends[ended] <= starts[started];
            double next = isEnd ? ends[ended] : starts[started];
            // Below 0 for no time: where a question ends at the instant of its send, its end comes first.
            if (started >= ended)
                secondsAt[started - ended] += next - at;
            at = next;
            if (isEnd)
                ended++;
            else
                started++;
            most = Math.Max(most, started - ended);
            if (secondsAt.Count <= most)
                secondsAt.Add(0);
        }

        double total = at - starts[0];
        return total > 0
            ? new InFlightFigures(
                secondsAt.Select((seconds, count) => count * seconds).Sum() / total, NotExceededDuring(secondsAt, 0.95 * total), most)
            : new InFlightFigures(null, null, most);
    }

    private static int NotExceededDuring(List<double> secondsAt, double seconds)
    {
        double sum = 0;
        int level = 0;
        while (level < secondsAt.Count - 1 && (sum += secondsAt[level]) < seconds)
            level++;
        return level;
    }
}

/// <summary>Questions in flight, weighted with time.</summary>
internal sealed record InFlightFigures(double? Mean, int? P95, int? Maximum);
