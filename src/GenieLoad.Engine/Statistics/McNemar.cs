namespace GenieLoad.Engine.Statistics;

/// <summary>
/// Whether pairs of a yes and a no changed more in one direction than in the other (Q. McNemar, Psychometrika 12, 1947), exactly: of the
/// pairs that changed, each direction has the same chance where nothing is behind it.
/// </summary>
internal static class McNemar
{
    /// <summary>Fewest changed pairs that can show anything: with five, all in one direction, the p-value is 0.0625.</summary>
    public const int FewestChanged = 6;

    private const double DefaultZ = 1.959963984540054;

    /// <summary>Whether so few pairs changed that no p-value can reach 0.05.</summary>
    /// <param name="lost">Pairs that were right and are wrong, from 0.</param>
    /// <param name="gained">Pairs that were wrong and are right, from 0.</param>
    public static bool IsTooFew(int lost, int gained) => lost + gained < FewestChanged;

    /// <summary>
    /// Two-sided p-value: twice the probability of at most the smaller count among the changed pairs, at most 1. Without a changed pair it
    /// is 1.
    /// </summary>
    /// <param name="lost">Pairs that were right and are wrong, from 0.</param>
    /// <param name="gained">Pairs that were wrong and are right, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative.</exception>
    public static double PValue(int lost, int gained)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(lost);
        ArgumentOutOfRangeException.ThrowIfNegative(gained);
        return Math.Min(1, 2 * Binomial.Cumulative(lost + gained, Math.Min(lost, gained), 0.5));
    }

    /// <summary>
    /// The 95 % interval of the change of the share that is right, after minus before, from -1 to 1: the Wald interval with one pair
    /// more in each direction (D. G. Bonett and R. M. Price, "Adjusted Wald confidence interval for a
    /// difference of binomial proportions based on paired data", Journal of Educational and Behavioral Statistics 37, 2012).
    /// </summary>
    /// <param name="lost">Pairs that were right and are wrong.</param>
    /// <param name="gained">Pairs that were wrong and are right.</param>
    /// <param name="pairs">All pairs, from 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are no pairs, or fewer than changed.</exception>
    public static (double Lower, double Upper) ChangeInterval(int lost, int gained, int pairs)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(pairs);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(lost + gained, pairs);
        double down = (lost + 1.0) / (pairs + 2);
        double up = (gained + 1.0) / (pairs + 2);
        double change = up - down;
        double half = DefaultZ * Math.Sqrt((up + down - (change * change)) / (pairs + 2));
        return (Math.Max(-1, change - half), Math.Min(1, change + half));
    }
}
