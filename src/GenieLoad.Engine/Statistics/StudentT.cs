namespace GenieLoad.Engine.Statistics;

/// <summary>The distribution of Student's t.</summary>
internal static class StudentT
{
    /// <summary>
    /// The value below which a share of the distribution lies, by the expansion of Cornish and Fisher (Abramowitz and Stegun 26.7.5): good
    /// to three decimals from 9 degrees of freedom on.
    /// </summary>
    /// <param name="probability">The share, above 0 and below 1.</param>
    /// <param name="degrees">Degrees of freedom, from 9.</param>
    public static double Quantile(double probability, int degrees)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(degrees, 9);
        double z = Normal.Quantile(probability);
        double z2 = z * z;
        double n = degrees;
        return z * (1
            + ((z2 + 1) / (4 * n))
            + (((((5 * z2) + 16) * z2) + 3) / (96 * n * n))
            + (((((((3 * z2) + 19) * z2) + 17) * z2) - 15) / (384 * n * n * n)));
    }
}
