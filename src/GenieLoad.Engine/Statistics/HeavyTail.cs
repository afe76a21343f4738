namespace GenieLoad.Engine.Statistics;

/// <summary>
/// How large a mean may be when the few largest values carry it. Behind such a tail no interval from scatter holds, as most runs have not
/// seen the values that make the mean. So the tail is taken for one of Pareto, with the heaviest index that the largest values allow (B. M.
/// Hill, Annals of Statistics 3, 1975): for the <c>k</c> largest, <c>k</c> times Hill's estimate over the true one is a gamma variable of
/// <c>k</c>.
/// </summary>
internal static class HeavyTail
{
    // Of what the confidence leaves for both tails, what the index takes; the rest is for where the tail begins.
    private const double ShareOfDoubt = 0.8;

    /// <summary>The largest plausible mean.</summary>
    /// <param name="sorted">Values in rising order.</param>
    /// <param name="positive">How many of them are above 0; fewer than ten tell nothing of a tail.</param>
    /// <param name="confidence">Above 0 and below 1.</param>
    /// <returns>Infinity when the tail may be one without a mean; 0 where no tail is to be seen.</returns>
    public static double LargestMean(double[] sorted, int positive, double confidence)
    {
        int n = sorted.Length;
        int largest = (int)Math.Min(2 * Math.Sqrt(positive), positive / 2.0);
        double start = largest < 1 ? 0 : sorted[n - largest - 1];
        if (!(start > 0))
            return 0;
        double estimate = 0;
        for (int i = n - largest; i < n; i++)
            estimate += Math.Log(sorted[i] / start);
        double heaviest = estimate / GammaQuantile(ShareOfDoubt * (1 - confidence), largest);
        if (heaviest >= 1)
            return double.PositiveInfinity;
        double body = 0;
        for (int i = 0; i < n - largest; i++)
            body += sorted[i];
        return (body + (largest * start / (1 - heaviest))) / n;
    }

    /// <summary>
    /// The quantile of a gamma variable of scale 1 (E. B. Wilson and M. M. Hilferty, PNAS 17, 1931); below 1 % off from shape 5 on.
    /// </summary>
    private static double GammaQuantile(double probability, double shape)
    {
        double root = 1 - (1 / (9 * shape)) + (Normal.Quantile(probability) / (3 * Math.Sqrt(shape)));
        return shape * Math.Pow(Math.Max(root, 1e-3), 3);
    }
}
