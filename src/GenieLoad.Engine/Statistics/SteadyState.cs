using GenieLoad.Model;

namespace GenieLoad.Engine.Statistics;

/// <summary>
/// Whether as many questions were in the system as their rate and their time in it make, and as many late as early. In the system is who
/// is due and not at the end, waiting or in flight: else a queue behind busy workers would pass for steadiness.
/// </summary>
/// <param name="LittleDeviation">|N - λR| / N.</param>
/// <param name="Drift">How many more were in the system in the second half than in the first, as a share of the mean.</param>
/// <param name="IsSteady">Whether neither is more than chance makes it.</param>
internal sealed record SteadyState(double LittleDeviation, double Drift, bool IsSteady)
{
    private const double MostDeviation = 0.05;
    private const double MostDrift = 0.2;

    // Questions under way at the edges of the window are in the count and not in the product. In a shorter window, in response times,
    // that alone makes a deviation of more than 5 %.
    private const double LeastResponsesPerWindow = 10;

    // Standard deviations beyond which a drift is no chance.
    private const double MostSigmas = 3;

    /// <summary>
    /// J. D. C. Little, "A proof for the queuing formula L = λW", Operations Research 9 (1961): in a steady state the mean number in a system
    /// is arrivals per second times mean time in it. Over a whole run that holds by arithmetic alone, so it is asked of a window under load:
    /// the last three quarters of the planned span, when the first answers are in and questions still come.
    /// </summary>
    /// <param name="rows">Rows of the run.</param>
    /// <param name="end">Offset at which those without an end are taken to end.</param>
    /// <returns><see langword="null"/> when the window is too short next to the answers.</returns>
    public static SteadyState? Of(IEnumerable<QuestionResult> rows, double end)
    {
        List<Stay> stays =
        [
            .. rows.Where(row => row.Outcome != Outcome.NotStarted)
                .Select(row => new Stay(row.PlannedOffsetSeconds, row.CompletedOffsetSeconds ?? end)),
        ];
        if (stays.Count == 0)
            return null;
        double first = stays.Min(stay => stay.From);
        double to = stays.Max(stay => stay.From);
        double from = first + ((to - first) / 4);
        double window = to - from;
        List<Stay> arrivals = stays.FindAll(stay => stay.From >= from && stay.From < to);
        double response = arrivals.Count == 0 ? 0 : arrivals.Average(stay => stay.To - stay.From);
        if (!(response > 0 && window >= LeastResponsesPerWindow * response))
            return null;

        double half = window / 2;
        double early = Mean(stays, from, from + half);
        double late = Mean(stays, from + half, to);
        double mean = (early + late) / 2;
        double deviation = Math.Abs(mean - (arrivals.Count / window * response)) / mean;

        // The mean number over a time T of a system with random arrivals has a variance of 2NR / T at most, and each half has its own.
        double chance = MostSigmas * Math.Sqrt(4 * mean * response / half);
        double drift = late - early;
        bool drifts = Math.Abs(drift) > Math.Max(MostDrift * mean, chance);
        return new SteadyState(deviation, drift / mean, deviation <= MostDeviation && !drifts);
    }

    private static double Mean(List<Stay> stays, double from, double to) =>
        stays.Sum(stay => Math.Max(0, Math.Min(stay.To, to) - Math.Max(stay.From, from))) / (to - from);

    private readonly record struct Stay(double From, double To);
}
