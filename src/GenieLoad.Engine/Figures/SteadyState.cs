using GenieLoad.Model;

namespace GenieLoad.Engine.Figures;

/// <summary>
/// Whether as many questions were in the system as their rate and their time in it make, and as many late as early. In the system is who
/// is due and not at the end, waiting or in flight: else a queue behind busy workers would pass for steadiness. One that was turned away
/// counts as if it had stayed as long as the others do: else a system that turns away what is too much would pass for it.
/// </summary>
/// <param name="LittleDeviation">|N - λR| / N.</param>
/// <param name="Drift">How many more were in the system in the second half than in the first, as a share of the mean.</param>
/// <param name="IsSteady">Whether neither is more than chance makes it.</param>
internal sealed record SteadyState(double LittleDeviation, double Drift, bool IsSteady)
{
    // What is less than this is no matter, however surely it is there.
    private const double MostDeviation = 0.05;
    private const double MostDrift = 0.2;

    // In a shorter window, in times of an answer, the first ones are hardly in. Waiting does not count: a queue that grows is not too
    // short.
    private const double LeastAnswersPerWindow = 10;

    // Two looks, each wrong in 2.5 % of steady runs: 5 % in all.
    private const double MostSigmas = 2.24;

    // Stretches of each half that chance is read from.
    private const int Stretches = 8;

    /// <summary>
    /// J. D. C. Little, "A proof for the queuing formula L = λW", Operations Research 9 (1961): in a steady state the mean number in a
    /// system is arrivals per second times mean time in it. Over a whole run that holds by arithmetic alone, so it is asked of a window
    /// under load: the last three quarters of the planned span, when the first answers are in and questions still come.
    /// </summary>
    /// <param name="rows">Rows of the run.</param>
    /// <param name="end">Offset at which those without an end are taken to end.</param>
    /// <returns><see langword="null"/> when the window is too short next to the answers.</returns>
    public static SteadyState? Of(IReadOnlyCollection<QuestionResult> rows, double end)
    {
        List<Stay> stays = Stays(rows, end);
        if (stays.Count == 0)
            return null;
        double first = stays.Min(stay => stay.From);
        double to = stays.Max(stay => stay.From);
        double from = first + ((to - first) / 4);
        double window = to - from;
        // Not as a list: of a million questions it would be as large as the stays.
        IEnumerable<Stay> arrivals = stays.Where(stay => stay.From >= from && stay.From < to);
        int count = arrivals.Count();
        double response = count == 0 ? 0 : arrivals.Average(stay => stay.Seconds);
        if (!(window > 0 && response > 0 && window >= LeastAnswersPerWindow * arrivals.Average(stay => stay.Answer)))
            return null;

        double half = window / 2;
        double middle = from + half;
        double early = Mean(stays, from, middle);
        double late = Mean(stays, middle, to);
        double mean = (early + late) / 2;
        double rate = count / window;
        double deviation = Math.Abs(mean - (rate * response));
        double drift = late - early;
        double ofDeviation = Math.Max(2 * rate * Moment(arrivals, 3) / 3, 2 * Variance(Remainders(stays, from, to))) / (window * window);
        double ofDrift = Math.Max(
            2 * rate * Moment(arrivals, 2) / half,
            (Variance(Means(stays, from, middle)) + Variance(Means(stays, middle, to))) / Stretches);
        return new SteadyState(
            deviation / mean,
            drift / mean,
            !IsMore(deviation, MostDeviation * mean, ofDeviation) && !IsMore(drift, MostDrift * mean, ofDrift));
    }

    private static bool IsMore(double found, double matters, double variance) =>
        Math.Abs(found) > Math.Max(matters, MostSigmas * Math.Sqrt(variance));

    /// <summary>Those that came, with the time in which they were in the system; those turned away with that of the others.</summary>
    private static List<Stay> Stays(IReadOnlyCollection<QuestionResult> rows, double end)
    {
        List<Stay> stays = new(rows.Count);
        stays.AddRange(rows.Where(row => row.Outcome != Outcome.NotStarted).Select(row => new Stay(
                row.PlannedOffsetSeconds,
                row.CompletedOffsetSeconds ?? end,
                (row.CompletedOffsetSeconds ?? end) - (row.StartedOffsetSeconds ?? row.CompletedOffsetSeconds ?? end))));
        if (stays.Count == 0)
            return stays;
        double stay = stays.Average(asked => asked.Seconds);
        double answer = stays.Average(asked => asked.Answer);
        stays.AddRange(rows.Where(row => row is { Outcome: Outcome.NotStarted, ErrorType: OverflowRule.ShedErrorType })
            .Select(row => new Stay(row.PlannedOffsetSeconds, row.PlannedOffsetSeconds + stay, answer)));
        return stays;
    }

    /// <summary>Mean number in the system over a stretch.</summary>
    private static double Mean(List<Stay> stays, double from, double to) =>
        stays.Sum(stay => Math.Max(0, Math.Min(stay.To, to) - Math.Max(stay.From, from))) / (to - from);

    private static double Moment(IEnumerable<Stay> stays, int power) => stays.Average(stay => Math.Pow(stay.Seconds, power));

    /// <summary>The means of a half's stretches. Those of random arrivals vary by 2λE[S²] / T; those of a queue by more.</summary>
    private static double[] Means(List<Stay> stays, double from, double to)
    {
        double length = (to - from) / Stretches;
        return [.. Enumerable.Range(0, Stretches).Select(i => Mean(stays, from + (i * length), from + ((i + 1) * length)))];
    }

    /// <summary>
    /// What those in the system have yet to stay, at instants across the window. Little's law misses the window's first and last of these,
    /// as one is in the count alone and one in the product alone. Each varies by λE[S³] / 3 with random arrivals; with a queue by more.
    /// </summary>
    private static double[] Remainders(List<Stay> stays, double from, double to) =>
    [
        .. Enumerable.Range(0, (2 * Stretches) + 1).Select(i => from + (i * (to - from) / (2 * Stretches)))
            .Select(at => stays.Sum(stay => stay.From <= at && stay.To > at ? stay.To - at : 0)),
    ];

    /// <summary>The variance about a straight line: what a queue that grows adds to it is no chance.</summary>
    private static double Variance(double[] values)
    {
        double mean = values.Average();
        double middle = (values.Length - 1) / 2.0;
        double slope = values.Select((value, i) => (i - middle) * (value - mean)).Sum() / values.Select(
            (_, i) => (i - middle) * (i - middle)).Sum();
        return values.Select((value, i) => Math.Pow(value - mean - (slope * (i - middle)), 2)).Sum() / (values.Length - 2);
    }

    /// <summary>A question in the system.</summary>
    /// <param name="From">When it came.</param>
    /// <param name="To">When it left.</param>
    /// <param name="Answer">Seconds of that in flight.</param>
    private readonly record struct Stay(double From, double To, double Answer)
    {
        public double Seconds => To - From;
    }
}
