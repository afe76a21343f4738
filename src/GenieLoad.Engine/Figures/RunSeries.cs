using GenieLoad.Engine.Statistics;
using GenieLoad.Model;

namespace GenieLoad.Engine.Figures;

/// <summary>A run as a series in time: what was offered, started, answered and in flight in each stretch of it.</summary>
public static class RunSeries
{
    /// <summary>Most stretches of a series.</summary>
    public const int MaximumCount = 100_000;

    /// <summary>
    /// Cuts the run into stretches of equal length, from its start to its last event; the last is as long as what is left. Stretches in
    /// which nothing happened are there too.
    /// </summary>
    /// <param name="results">Rows of the run, in any order.</param>
    /// <param name="intervalSeconds">Length of a stretch in seconds, above 0.</param>
    /// <returns>The stretches in order; none without rows.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="intervalSeconds"/> is not above 0, or would make more than <see cref="MaximumCount"/> stretches.
    /// </exception>
    public static IReadOnlyList<IntervalFigures> Of(IReadOnlyCollection<QuestionResult> results, double intervalSeconds)
    {
        ArgumentNullException.ThrowIfNull(results);
        if (results.Count == 0)
            return [];
        double end = EndSeconds(results);
        double count = Math.Max(1, Math.Ceiling(end / intervalSeconds));
        if (!(intervalSeconds > 0 && count <= MaximumCount))
            throw new ArgumentOutOfRangeException(
                nameof(intervalSeconds), intervalSeconds, $"Stretches are above 0 s and {MaximumCount} at most.");

        var stretches = new Stretch[(int)count];
        for (int i = 0; i < stretches.Length; i++)
        {
            double from = i * intervalSeconds;
            stretches[i] = new Stretch(from, i < stretches.Length - 1 ? intervalSeconds : Math.Max(0, end - from));
        }

        // The last event ends the last stretch and belongs to it; what is due before the start belongs to the first.
        Stretch At(double offset) => stretches[(int)Math.Clamp(Math.Floor(offset / intervalSeconds), 0, stretches.Length - 1)];
        foreach (QuestionResult row in results)
        {
            // What the run ended before was never due.
            if (AskedQuestions.IsAsked(row) || row.PlannedOffsetSeconds <= end)
                At(row.PlannedOffsetSeconds).Due(row);
            if (row.StartedOffsetSeconds is not double started)
            {
                if (row.CompletedOffsetSeconds is double unsent)
                    At(unsent).Ended(row);
                continue;
            }

            Stretch first = At(started);
            Stretch last = At(row.CompletedOffsetSeconds ?? end);
            first.Started++;
            if (row.CompletedOffsetSeconds is not null)
                last.Ended(row);
            AddFlight(first, last, started, row.CompletedOffsetSeconds ?? end);
        }

        return Finish(stretches);
    }

    /// <summary>
    /// Seconds from the start of the run to the last thing that the rows tell of; never below 0. That a question was planned which the
    /// end of the run kept from being asked is nothing that happened.
    /// </summary>
    /// <param name="results">Rows of the run.</param>
    public static double EndSeconds(IEnumerable<QuestionResult> results)
    {
        ArgumentNullException.ThrowIfNull(results);
        double end = 0;
        foreach (QuestionResult row in results)
        {
            double planned = AskedQuestions.IsAsked(row) || AskedQuestions.IsShed(row) ? row.PlannedOffsetSeconds : 0;
            end = Math.Max(end, Math.Max(planned, Math.Max(row.StartedOffsetSeconds ?? 0, row.CompletedOffsetSeconds ?? 0)));
        }

        return end;
    }

    /// <summary>A flight fills the stretches between its first and its last whole: noted at both ends only, however long it is.</summary>
    private static void AddFlight(Stretch first, Stretch last, double from, double to)
    {
        if (first == last)
        {
            first.Flown += Math.Max(0, to - from);
            return;
        }

        first.Flown += first.EndSeconds - from;
        first.Leaving++;
        last.Flown += to - last.OffsetSeconds;
        last.Arriving++;
    }

    private static List<IntervalFigures> Finish(Stretch[] stretches)
    {
        List<IntervalFigures> series = new(stretches.Length);
        int throughout = 0;
        foreach (Stretch stretch in stretches)
        {
            throughout -= stretch.Arriving;
            double[] responses = Percentile.Sort(stretch.Responses);
            series.Add(new IntervalFigures
            {
                OffsetSeconds = stretch.OffsetSeconds,
                LengthSeconds = stretch.LengthSeconds,
                Offered = stretch.Offered,
                Started = stretch.Started,
                Completed = stretch.Completed,
                Failed = stretch.Failed,
                NotAsked = stretch.NotAsked,
                InFlight = stretch.LengthSeconds > 0 ? throughout + (stretch.Flown / stretch.LengthSeconds) : 0,
                P50ResponseSeconds = responses.Length == 0 ? null : Percentile.Of(responses, 50),
                P95ResponseSeconds = responses.Length == 0 ? null : Percentile.Of(responses, 95),
            });
            throughout += stretch.Leaving;
        }

        return series;
    }

    /// <summary>One stretch while it is counted.</summary>
    private sealed class Stretch(double offsetSeconds, double lengthSeconds)
    {
        public double OffsetSeconds { get; } = offsetSeconds;

        public double LengthSeconds { get; } = lengthSeconds;

        public double EndSeconds => OffsetSeconds + LengthSeconds;

        public int Offered { get; private set; }

        public int NotAsked { get; private set; }

        public int Started { get; set; }

        public int Completed { get; private set; }

        public int Failed { get; private set; }

        /// <summary>Seconds flown in it by questions that began or ended in it.</summary>
        public double Flown { get; set; }

        /// <summary>Flights that go on into the next stretch.</summary>
        public int Leaving { get; set; }

        /// <summary>Flights that came from an earlier stretch and end here.</summary>
        public int Arriving { get; set; }

        public List<double?> Responses { get; } = [];

        public void Due(QuestionResult row)
        {
            Offered++;
            NotAsked += AskedQuestions.IsAsked(row) ? 0 : 1;
        }

        public void Ended(QuestionResult row)
        {
            if (!row.Success)
            {
                Failed += AskedQuestions.IsFailed(row) ? 1 : 0;
                return;
            }

            Completed++;
            Responses.Add(row.ResponseSeconds);
        }
    }
}
