namespace GenieLoad.Engine.Statistics;

/// <summary>The distribution of Student's t.</summary>
internal static class StudentT
{
    // From here on the expansion is good to three decimals.
    private const int ManyDegrees = 30;

    /// <summary>
    /// The value below which a share of the distribution lies: for many degrees by the expansion of Cornish and Fisher (Abramowitz and
    /// Stegun 26.7.5), else by bisection.
    /// </summary>
    /// <param name="probability">The share, above 0 and below 1.</param>
    /// <param name="degrees">Degrees of freedom, from 1.</param>
    public static double Quantile(double probability, int degrees)
    {
        if (degrees < ManyDegrees)
            return Bisect(probability, degrees);
        double z = Normal.Quantile(probability);
        double z2 = z * z;
        double n = degrees;
        return z * (1
            + ((z2 + 1) / (4 * n))
            + (((((5 * z2) + 16) * z2) + 3) / (96 * n * n))
            + (((((((3 * z2) + 19) * z2) + 17) * z2) - 15) / (384 * n * n * n)));
    }

    /// <summary>
    /// Probability of a value up to <paramref name="t"/>, by the finite sums for whole degrees of freedom (26.7.3, 26.7.4).
    /// </summary>
    /// <param name="t">The value.</param>
    /// <param name="degrees">Degrees of freedom, from 1.</param>
    public static double Cumulative(double t, int degrees)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(degrees, 1);
        double angle = Math.Atan2(Math.Abs(t), Math.Sqrt(degrees));
        double cosine = Math.Cos(angle);
        bool odd = degrees % 2 == 1;
        double term = odd ? cosine : 1;
        double sum = degrees == 1 ? 0 : term;
        for (int k = odd ? 3 : 2; k <= degrees - 2; k += 2)
            sum += term *= (k - 1.0) / k * cosine * cosine;
        double middle = odd ? 2 / Math.PI * (angle + (Math.Sin(angle) * sum)) : Math.Sin(angle) * sum;
        return 0.5 + (Math.Sign(t) * middle / 2);
    }

    private static double Bisect(double probability, int degrees)
    {
        double low = -1e6, high = 1e6;
        for (int i = 0; i < 100; i++)
        {
            double middle = (low + high) / 2;
            if (Cumulative(middle, degrees) < probability)
                low = middle;
            else
                high = middle;
        }

        return (low + high) / 2;
    }
}
