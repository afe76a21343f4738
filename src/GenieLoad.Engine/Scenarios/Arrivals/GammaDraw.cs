using GenieLoad.Engine.Randomness;

namespace GenieLoad.Engine.Scenarios.Arrivals;

/// <summary>Draws numbers of a gamma distribution with scale 1.</summary>
internal static class GammaDraw
{
    /// <summary>
    /// The next number: exact for shape 1 (exponential, by its inverse); else Marsaglia and Tsang, ACM TOMS 26 (2000), with their boost for
    /// shapes below 1.
    /// </summary>
    /// <param name="random">Where from; used up to a different length each time, so give each draw a stream of its own.</param>
    /// <param name="shape">Above 0.</param>
    public static double Next(SeededRandom random, double shape)
    {
        if (shape == 1)
            return -Math.Log(1 - random.NextDouble());
        if (shape < 1)
            return Next(random, shape + 1) * Math.Pow(1 - random.NextDouble(), 1 / shape);
        double d = shape - (1.0 / 3);
        double c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            double x = random.NextNormal();
            double v = 1 + (c * x);
            if (v <= 0)
                continue;
            v = v * v * v;
            if (Math.Log(1 - random.NextDouble()) < (x * x / 2) + d - (d * v) + (d * Math.Log(v)))
                return d * v;
        }
    }
}
