namespace GenieLoad.Engine.Genie.Polling;

/// <summary>
/// Learns from the answers of a run how long a message still takes once a status has been seen, and says from that when to look next. Safe
/// for several threads.
/// </summary>
/// <remarks>
/// <para>
/// Looks cost calls, and late ones cost precision. With a call worth <c>c</c> seconds of lateness, the best distance of two looks at
/// something that ends with hazard <c>h</c> is √(2c/h) (Keller, "Optimum checking schedules for systems subject to random failure",
/// Management Science 21, 1974). That is where the lateness to be expected of the next look comes to <c>c</c>, and in this form it needs no
/// hazard: the next look is the latest one for which the mean of max(0, look - end) over the ends still possible is at most <c>c</c>.
/// </para>
/// <para>
/// <c>c</c> is such that answers of which nothing could be foretold (h = 1 / their mean) would be looked at every two seconds. What can be
/// foretold then gains on both sides, calls and lateness, against polls every two seconds.
/// </para>
/// <para>
/// The ends still possible are those of earlier answers that came later after the same status than now, and one more that knows nothing: it
/// takes as long again as the message has taken already. With no earlier answers, or when all were quicker, that one stands alone.
/// </para>
/// </remarks>
/// <param name="options">Shortest and longest wait.</param>
internal sealed class AnswerForecast(PollOptions options)
{
    // Between two looks at what cannot be foretold.
    private const double BlindSeconds = 2;

    // The last few hundred: a space that slows down under load is learnt anew.
    private const int MostSamples = 256;
    // Statuses that nobody knows yet are welcome, and not without end.
    private const int MostStatuses = 64;
    private const double Precision = 0.02;

    private readonly object _gate = new();
    private readonly Dictionary<string, Queue<double>> _byStatus = new(StringComparer.Ordinal);
    private readonly Queue<double> _answers = new();

    /// <summary>An answer has come.</summary>
    /// <param name="seconds">From acceptance to the end.</param>
    /// <param name="rests">The statuses that it was seen in, each with the seconds from the poll that first showed it to the end.</param>
    public void Learn(double seconds, IEnumerable<(string Status, double Seconds)> rests)
    {
        lock (_gate)
        {
            Add(_answers, seconds);
            foreach ((string status, double rest) in rests)
            {
                if (!_byStatus.TryGetValue(status, out Queue<double>? samples) && _byStatus.Count < MostStatuses)
                    _byStatus[status] = samples = new Queue<double>();
                if (samples is not null)
                    Add(samples, rest);
            }
        }
    }

    /// <summary>Seconds to wait before the next poll.</summary>
    /// <param name="status">Status of the message.</param>
    /// <param name="seenSeconds">Since the poll that first showed it.</param>
    /// <param name="elapsedSeconds">Since the question was accepted.</param>
    public double Wait(string status, double seenSeconds, double elapsedSeconds)
    {
        lock (_gate)
        {
            double[] rests = _byStatus.TryGetValue(status, out Queue<double>? samples)
                ? [.. samples.Where(rest => rest > seenSeconds).Select(rest => rest - seenSeconds)]
                : [];
            // The one that knows nothing: exponential, with the time so far as its mean.
            double blindMean = Math.Max(1, elapsedSeconds);
            double worth = BlindSeconds * BlindSeconds / (2 * (_answers.Count > 0 ? Math.Max(1, _answers.Average()) : blindMean));
            double shortest = options.FirstSeconds;
            double longest = options.MaximumSeconds;
            // The lateness grows with the wait, so that halving finds the longest that may be.
            while (longest - shortest > Precision)
            {
                double middle = (shortest + longest) / 2;
                if (Lateness(rests, middle, blindMean) <= worth)
                    shortest = middle;
                else
                    longest = middle;
            }
            return shortest;
        }
    }

    private static double Lateness(double[] rests, double wait, double blindMean)
    {
        double sum = wait - (blindMean * (1 - Math.Exp(-wait / blindMean)));
        foreach (double rest in rests)
            sum += Math.Max(0, wait - rest);
        return sum / (rests.Length + 1);
    }

    private static void Add(Queue<double> samples, double sample)
    {
        samples.Enqueue(sample);
        if (samples.Count > MostSamples)
            samples.Dequeue();
    }
}
