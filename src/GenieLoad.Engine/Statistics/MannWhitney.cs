namespace GenieLoad.Engine.Statistics;

/// <summary>
/// The rank-sum test of Mann and Whitney (1947): whether two samples come from one distribution, without assuming which. Exact for small
/// samples without ties, else by the normal approximation with tie and continuity correction (Lehmann 1975).
/// </summary>
public static class MannWhitney
{
    // Up to here the exact distribution is cheap; beyond, the approximation is good to the third digit.
    private const int LargestExactSize = 20;

    /// <summary>
    /// The two-sided p-value: how likely samples as different as these are when nothing differs. <see langword="null"/> when a sample is
    /// empty.
    /// </summary>
    /// <param name="first">One sample.</param>
    /// <param name="second">The other.</param>
    public static double? PValue(IReadOnlyList<double> first, IReadOnlyList<double> second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        if (first.Count == 0 || second.Count == 0)
            return null;
        (double rankSum, double tieTerm) = RankSum(first, second);
        double u = rankSum - (first.Count * (first.Count + 1.0) / 2);
        return tieTerm == 0 && first.Count <= LargestExactSize && second.Count <= LargestExactSize
            ? Exact(u, first.Count, second.Count)
            : Approximate(u, first.Count, second.Count, tieTerm);
    }

    /// <summary>
    /// Sum of the first sample's ranks among both, ties sharing their mean rank; and Σ(t³ − t) over the groups of ties.
    /// </summary>
    private static (double RankSum, double TieTerm) RankSum(IReadOnlyList<double> first, IReadOnlyList<double> second)
    {
        (double Value, bool IsFirst)[] all = [.. first.Select(v => (v, true)), .. second.Select(v => (v, false))];
        Array.Sort(all, static (a, b) => a.Value.CompareTo(b.Value));
        double sum = 0, tieTerm = 0;
        for (int start = 0, end; start < all.Length; start = end)
        {
            int ofFirst = 0;
            for (end = start; end < all.Length && all[end].Value.Equals(all[start].Value); end++)
                ofFirst += all[end].IsFirst ? 1 : 0;
            double ties = end - start;
            sum += ofFirst * (start + 1 + end) / 2.0;
            tieTerm += (ties * ties * ties) - ties;
        }
        return (sum, tieTerm);
    }

    /// <summary>Counts, among all ways to pick the first sample's ranks, those at least as extreme.</summary>
    private static double Exact(double u, int n, int m)
    {
        // ways[i][s]: subsets of i of the ranks seen so far whose U is s, built one rank at a time.
        double[][] ways = [.. Enumerable.Range(0, n + 1).Select(_ => new double[(n * m) + 1])];
        ways[0][0] = 1;
        for (int rank = 1; rank <= n + m; rank++)
        {
            for (int i = Math.Min(rank, n); i >= 1; i--)
            {
                // The i-th pick at this rank stands above (rank - i) values of the other sample.
                int above = rank - i;
                for (int s = (n * m) - above; s >= 0; s--)
                    ways[i][s + above] += ways[i - 1][s];
            }
        }
        double total = ways[n].Sum();
        int extreme = (int)Math.Min(u, (n * m) - u);
        double tail = ways[n].Take(extreme + 1).Sum() / total;
        return Math.Min(1, 2 * tail);
    }

    private static double Approximate(double u, int n, int m, double tieTerm)
    {
        double count = n + m;
        double variance = n * m / 12.0 * (count + 1 - (tieTerm / (count * (count - 1))));
        // All values equal: nothing differs.
        if (variance <= 0)
            return 1;
        double distance = Math.Max(0, Math.Abs(u - (n * m / 2.0)) - 0.5);
        return Math.Min(1, 2 * (1 - Normal.Cumulative(distance / Math.Sqrt(variance))));
    }
}
