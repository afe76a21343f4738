namespace GenieLoad.Engine.Statistics;

/// <summary>
/// The values closest to measured ones that never fall, by pooling neighbours that do (M. Ayer and others, "An empirical distribution
/// function for sampling with incomplete information", Annals of Mathematical Statistics 26, 1955).
/// </summary>
internal static class IsotonicFit
{
    /// <summary>The fit, a value for each measured one.</summary>
    /// <param name="values">Measured values, in the order in which they should rise.</param>
    /// <param name="weights">What each weighs, above 0.</param>
    public static double[] Rising(IReadOnlyList<double> values, IReadOnlyList<double> weights)
    {
        List<(double Sum, double Weight, int Count)> pools = [];
        for (int i = 0; i < values.Count; i++)
        {
            pools.Add((values[i] * weights[i], weights[i], 1));
            while (pools.Count > 1 && Mean(pools[^2]) >= Mean(pools[^1]))
            {
                (double sum, double weight, int count) = pools[^1];
                pools.RemoveAt(pools.Count - 1);
                pools[^1] = (pools[^1].Sum + sum, pools[^1].Weight + weight, pools[^1].Count + count);
            }
        }

        return [.. pools.SelectMany(pool => Enumerable.Repeat(Mean(pool), pool.Count))];
    }

    private static double Mean((double Sum, double Weight, int Count) pool) => pool.Sum / pool.Weight;
}
