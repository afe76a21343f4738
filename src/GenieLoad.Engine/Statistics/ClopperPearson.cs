namespace GenieLoad.Engine.Statistics;

/// <summary>
/// The exact bounds of a share of successes (C. J. Clopper and E. S. Pearson, Biometrika 26, 1934): what is beyond a bound would have made
/// as many successes, or as few, in at most the half of what the confidence leaves. Without any success the upper one is the rule of three,
/// for both sides: 3.7 / n.
/// </summary>
internal static class ClopperPearson
{
    /// <summary>The lower bound, as a share from 0 to 1.</summary>
    /// <param name="successes">Successes, 0 to <paramref name="trials"/>.</param>
    /// <param name="trials">Trials, from 1.</param>
    /// <param name="confidence">Above 0 and below 1.</param>
    public static double Lower(int successes, int trials, double confidence) => 1 - Upper(trials - successes, trials, confidence);

    /// <summary>The upper bound, as a share from 0 to 1.</summary>
    /// <param name="successes">Successes, 0 to <paramref name="trials"/>.</param>
    /// <param name="trials">Trials, from 1.</param>
    /// <param name="confidence">Above 0 and below 1.</param>
    public static double Upper(int successes, int trials, double confidence)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(trials);
        if (successes >= trials)
            return 1;
        double tail = (1 - confidence) / 2;
        double low = 0, high = 1;
        for (int i = 0; i < 60; i++)
        {
            double middle = (low + high) / 2;
            if (Binomial.Cumulative(trials, successes, middle) > tail)
                low = middle;
            else
                high = middle;
        }

        return high;
    }
}
