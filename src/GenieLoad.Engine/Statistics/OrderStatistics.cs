namespace GenieLoad.Engine.Statistics;

/// <summary>
/// Intervals for percentiles that assume nothing of the distribution: the number of values below the true percentile is binomial, so two
/// of the sorted values enclose it with a known probability. H. A. David and H. N. Nagaraja, "Order Statistics", 3rd edition (2003),
/// section 7.1.
/// </summary>
public static class OrderStatistics
{
    /// <summary>Confidence of intervals unless said otherwise.</summary>
    public const double DefaultConfidence = 0.95;

    // An interval that covers more than this share of the way from its confidence to certainty is wider than it need be.
    private const double GenerousShare = 0.4;

    /// <summary>
    /// The least number of values that give a two-sided interval: the smallest <c>n</c> for which all values lying on one side of the
    /// percentile is as rare as the tail allows. At 95 %: 6 for the median, 36 for P90, 72 for P95, 368 for P99.
    /// </summary>
    /// <param name="percent">The percentile, above 0 and below 100.</param>
    /// <param name="confidence">Above 0 and below 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    public static int RequiredCount(double percent, double confidence = DefaultConfidence)
    {
        Check(percent, confidence);
        double likelier = Math.Max(percent, 100 - percent) / 100;
        double tail = (1 - confidence) / 2;
        double count = Math.Max(2, Math.Ceiling(Math.Log(tail) / Math.Log(likelier)));
        return count >= int.MaxValue ? int.MaxValue : (int)count;
    }

    /// <summary>
    /// The ranks, from 1, of the two sorted values that enclose the percentile. Each tail gets half of what the confidence leaves, and
    /// ranks are whole, so that an interval covers somewhat more than it says. Where a step is so coarse that it covers far more, one end
    /// gives up a rank as long as the whole keeps its confidence.
    /// </summary>
    /// <param name="count">Number of values.</param>
    /// <param name="percent">The percentile, above 0 and below 100.</param>
    /// <param name="confidence">Above 0 and below 1.</param>
    /// <returns><see langword="null"/> when there are fewer than <see cref="RequiredCount"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    public static RankInterval? Ranks(int count, double percent, double confidence = DefaultConfidence)
    {
        if (count < RequiredCount(percent, confidence))
            return null;
        double p = percent / 100;
        double tail = (1 - confidence) / 2;
        double reach = (10 * Math.Sqrt(count * p * (1 - p))) + 10;

        // Beyond ten standard deviations there is nothing left to sum.
        int lower = (int)Math.Max(0, Math.Floor((count * p) - reach));
        int upper = (int)Math.Min(count, Math.Ceiling((count * p) + reach));
        double below = 0;
        double above = 0;
        for (double step; below + (step = Binomial.Probability(count, lower, p)) <= tail; lower++)
            below += step;
        for (double step; above + (step = Binomial.Probability(count, upper, p)) <= tail; upper--)
            above += step;
        upper++;

        double generous = confidence + (GenerousShare * (1 - confidence));
        while (1 - below - above > generous && upper - lower > 1)
        {
            double atLower = Binomial.Probability(count, lower, p);
            double atUpper = Binomial.Probability(count, upper - 1, p);
            if (1 - below - above - Math.Min(atLower, atUpper) < confidence)
                break;
            if (atLower <= atUpper)
            {
                below += atLower;
                lower++;
            }
            else
            {
                above += atUpper;
                upper--;
            }
        }

        return new RankInterval(lower, upper, 1 - below - above);
    }

    private static void Check(double percent, double confidence)
    {
        if (!(percent > 0 && percent < 100))
            throw new ArgumentOutOfRangeException(nameof(percent), percent, "An interval needs a percentile above 0 and below 100.");
        if (!(confidence > 0 && confidence < 1))
            throw new ArgumentOutOfRangeException(nameof(confidence), confidence, "A confidence lies above 0 and below 1.");
    }
}

/// <summary>Two ranks of a sorted sample, and how surely the values there enclose the percentile.</summary>
/// <param name="Lower">Rank of the lower value, from 1.</param>
/// <param name="Upper">Rank of the upper value, from 1.</param>
/// <param name="Coverage">Probability that they enclose it, for values from a continuous distribution.</param>
public readonly record struct RankInterval(int Lower, int Upper, double Coverage);
