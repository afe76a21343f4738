using GenieLoad.Engine.Randomness;

namespace GenieLoad.Engine.Verdicts;

/// <summary>
/// Draws from two runs, conversation by conversation within strata: labels exchanged, for tests that are exact when nothing differs; and
/// bootstrap weights, for intervals.
/// </summary>
internal sealed class Resampling
{
    private readonly ComparedRows _rows;
    private readonly SeededRandom _labels;
    private readonly SeededRandom _weights;
    private readonly int[][][] _pools;
    private readonly int[][] _fixed;

    /// <summary>Prepares the draws.</summary>
    /// <param name="rows">The runs.</param>
    /// <param name="seed">Seed of all draws: the same one draws the same.</param>
    public Resampling(ComparedRows rows, int seed)
    {
        _rows = rows;
        _labels = SeededRandom.For(seed, "permutation", 0);
        _weights = SeededRandom.For(seed, "bootstrap", 0);
        (_pools, _fixed) = Pools(rows);
    }

    /// <summary>Per cluster: whether it is counted to the difference run, exchanged at random within each stratum.</summary>
    public void Permute(bool[] labels)
    {
        foreach (int[] stratum in _rows.Strata)
        {
            for (int i = stratum.Length - 1; i > 0; i--)
            {
                int other = _labels.NextInt32(i + 1);
                (labels[stratum[i]], labels[stratum[other]]) = (labels[stratum[other]], labels[stratum[i]]);
            }
        }
    }

    /// <summary>
    /// Per cluster: its bootstrap weight. Of n that belong together n - 1 are drawn and weighed n / (n - 1), so that small strata do not
    /// make the interval too narrow (J. N. K. Rao and C. F. J. Wu, JASA 83, 1988).
    /// </summary>
    public void Draw(double[] weights)
    {
        Array.Clear(weights);
        foreach (int[] single in _fixed)
        {
            foreach (int cluster in single)
                weights[cluster] = 1;
        }

        foreach (int[][] pool in _pools)
        {
            double weight = pool.Length / (pool.Length - 1.0);
            for (int drawn = 0; drawn < pool.Length - 1; drawn++)
            {
                foreach (int cluster in pool[_weights.NextInt32(pool.Length)])
                    weights[cluster] += weight;
            }
        }
    }

    /// <summary>
    /// What is drawn from what. A stratum with two or more conversations of each run is drawn from within, run by run. Where a run has but
    /// one, both runs' conversations of a stratum are drawn together, among all such strata: a pair stays a pair.
    /// </summary>
    private static (int[][][] Pools, int[][] Fixed) Pools(ComparedRows rows)
    {
        List<int[][]> found = [];
        List<int[]> pairs = [];
        List<int[]> referenceOnly = [];
        List<int[]> differenceOnly = [];
        foreach (int[] stratum in rows.Strata)
        {
            int[] reference = [.. stratum.Where(cluster => !rows.ClusterInDifference[cluster])];
            int[] difference = [.. stratum.Where(cluster => rows.ClusterInDifference[cluster])];
            if (reference.Length > 0 && difference.Length > 0 && (reference.Length == 1 || difference.Length == 1))
            {
                pairs.Add(stratum);
                continue;
            }

            Add(reference, referenceOnly);
            Add(difference, differenceOnly);
        }

        List<int[]> fixedUnits = [];
        foreach (List<int[]> pool in (List<int[]>[])[pairs, referenceOnly, differenceOnly])
        {
            if (pool.Count > 1)
                found.Add([.. pool]);
            else
                fixedUnits.AddRange(pool);
        }

        return ([.. found], [.. fixedUnits]);

        void Add(int[] side, List<int[]> singles)
        {
            if (side.Length > 1)
                found.Add([.. side.Select(cluster => new[] { cluster })]);
            else if (side.Length == 1)
                singles.Add(side);
        }
    }
}
