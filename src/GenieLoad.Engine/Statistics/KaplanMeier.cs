namespace GenieLoad.Engine.Statistics;

/// <summary>
/// Percentiles of times of which some are only known to be at least so long, after E. L. Kaplan and P. Meier, "Nonparametric estimation
/// from incomplete observations", JASA 53 (1958).
/// </summary>
public static class KaplanMeier
{
    /// <summary>
    /// The least time by which the given share has ended, as the product-limit estimate has it. Something that ends never has an infinite
    /// time; it is not the same as a time that is not known in full.
    /// </summary>
    /// <param name="times">At least one.</param>
    /// <param name="percent">Above 0 and below 100.</param>
    /// <returns>
    /// The time; with <c>IsAtLeast</c> when the estimate does not come down so far: then the percentile is the greatest time or more.
    /// </returns>
    /// <exception cref="ArgumentException">There is no time.</exception>
    public static (double Seconds, bool IsAtLeast) Percentile(IEnumerable<CensoredTime> times, double percent)
    {
        ArgumentNullException.ThrowIfNull(times);

        // Of two equal times the one that ended comes first: the other was still there to be seen.
        CensoredTime[] sorted = [.. times.OrderBy(time => time.Seconds).ThenBy(time => time.IsCensored)];
        if (sorted.Length == 0)
            throw new ArgumentException("A percentile needs at least one time.", nameof(times));
        double remaining = 1;
        double target = 1 - (percent / 100);
        for (int i = 0; i < sorted.Length; i++)
        {
            if (sorted[i].IsCensored)
                continue;
            int atRisk = sorted.Length - i;
            remaining *= (atRisk - 1.0) / atRisk;

            // A product of many fractions ends a rounding error beside the target that it should meet.
            if (remaining <= target + 1e-12)
                return (sorted[i].Seconds, false);
        }

        return (sorted[^1].Seconds, true);
    }
}

/// <summary>How long something took, or how long at least.</summary>
/// <param name="Seconds">The time; infinite for what never ends.</param>
/// <param name="IsCensored">Whether it had not ended by then.</param>
public readonly record struct CensoredTime(double Seconds, bool IsCensored);
