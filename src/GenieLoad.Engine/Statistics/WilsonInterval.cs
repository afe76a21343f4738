namespace GenieLoad.Engine.Statistics;

/// <summary>
/// The 95 % interval of a share of successes after E. B. Wilson, "Probable inference, the law of succession, and statistical inference",
/// JASA 22 (1927): near its confidence also for few trials and for shares close to 0 or 1, where the textbook interval is far off
/// (Brown, Cai and DasGupta, "Interval estimation for a binomial proportion", Statistical Science 16, 2001).
/// </summary>
public static class WilsonInterval
{
    // The 97.5th percentile of the normal distribution.
    private const double DefaultZ = 1.959963984540054;

    /// <summary>The interval, as shares from 0 to 1.</summary>
    /// <param name="successes">Successes, 0 to <paramref name="trials"/>.</param>
    /// <param name="trials">Trials, from 1.</param>
    /// <param name="z">How many standard deviations wide to each side; 95 % by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are no trials, or more successes than trials.</exception>
    public static (double Lower, double Upper) Of(int successes, int trials, double z = DefaultZ)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(trials);
        ArgumentOutOfRangeException.ThrowIfNegative(successes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(successes, trials);
        double n = trials;
        double share = successes / n;
        double middle = share + (z * z / (2 * n));
        double half = z * Math.Sqrt((share * (1 - share) / n) + (z * z / (4 * n * n)));
        double scale = 1 + (z * z / n);

        // At the ends the exact bound is 0 or 1; rounding must not say otherwise.
        return (
            successes == 0 ? 0 : Math.Max(0, (middle - half) / scale),
            successes == trials ? 1 : Math.Min(1, (middle + half) / scale));
    }
}
