namespace GenieLoad.Engine.Statistics;

/// <summary>The standard normal distribution.</summary>
internal static class Normal
{
    /// <summary>
    /// Probability of a value up to <paramref name="z"/>. By the continued fraction of Lentz for the tail and the series for the middle:
    /// twelve digits and more (Abramowitz and Stegun 26.2.10, 26.2.14).
    /// </summary>
    public static double Cumulative(double z)
    {
        double x = Math.Abs(z);
        double density = Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI);
        double upper;
        if (x < 3)
        {
            double term = x, sum = x;
            for (int i = 3; Math.Abs(term) > 1e-17; i += 2)
                sum += term *= x * x / i;
            upper = 0.5 - (density * sum);
        }
        else
        {
            double fraction = x;
            for (int i = 200; i >= 1; i--)
                fraction = x + (i / fraction);
            upper = density / fraction;
        }
        return z < 0 ? upper : 1 - upper;
    }

    /// <summary>The value up to which the probability is <paramref name="probability"/>, by bisection; for 0.975 it is 1.95996.</summary>
    public static double Quantile(double probability)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(probability, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(probability, 1);
        double low = -40, high = 40;
        for (int i = 0; i < 100; i++)
        {
            double middle = (low + high) / 2;
            if (Cumulative(middle) < probability)
                low = middle;
            else
                high = middle;
        }
        return (low + high) / 2;
    }
}
