namespace GenieLoad.Engine.Statistics;

/// <summary>One value of a run, where it stands in it, and what it hangs together with anyway.</summary>
/// <param name="Question">What was asked, by number: values of different questions differ without any dependence.</param>
/// <param name="Unit">What counts as one observation, such as a conversation, by number.</param>
/// <param name="At">When it was due, in seconds from the start of its run.</param>
/// <param name="Value">The value.</param>
internal readonly record struct SerialValue(int Question, int Unit, double At, double Value);

/// <summary>
/// How much answers of a run hang on those before them: those that queue behind each other are slow together, and a hundred of them say
/// less than a hundred independent ones. Looked at are ranks, aligned by question, in the order in which the questions were due.
/// </summary>
/// <param name="Count">Observations: answers, or conversations.</param>
/// <param name="Correlation">Correlation of ranks that follow each other, over all runs given; 0 with too few of them.</param>
/// <param name="Inflation">What the variance of a mean is larger by than with independent answers; 1 where nothing hangs together.</param>
internal sealed record SerialDependence(int Count, double Correlation, double Inflation)
{
    // Below this, sequences are too short to tell.
    private const int LeastCount = 10;

    // Correlations above this many of their standard deviations are taken for more than chance.
    private const double SuspiciousSigmas = 1.6;

    // With fewer effective answers in a run, its own answers do not tell how far it strays from other runs of its kind.
    private const double LeastEffectiveCount = 20;

    // Beyond this, dependence reaches further than the next few answers, and correlations within one run do not show how far.
    private const double MostInflation = 4;

    /// <summary>None.</summary>
    public static SerialDependence None { get; } = new(0, 0, 1);

    /// <summary>Whether answers hang on those before them, more than chance makes it seem.</summary>
    public bool IsFound => Inflation > 1;

    /// <summary>What the answers are worth, as a number of independent ones.</summary>
    public double EffectiveCount => Count / Inflation;

    /// <summary>What widens an interval.</summary>
    public double Widening => Math.Sqrt(Inflation);

    /// <summary>Whether wider intervals would not do: then only other runs tell how runs differ.</summary>
    public bool IsTooStrong => IsFound && (Inflation > MostInflation || EffectiveCount < LeastEffectiveCount);

    /// <summary>Looks at one run or several; <see cref="Count"/> is then that of the smallest.</summary>
    /// <param name="runs">The values of each run, in any order.</param>
    public static SerialDependence Of(params IEnumerable<SerialValue>[] runs) => Of(SuspiciousSigmas, runs);

    /// <summary>
    /// Looks at one run whose answers are known to have waited for each other: any correlation is then taken for what it is, as a short run
    /// does not show it surely.
    /// </summary>
    /// <param name="run">The values, in any order.</param>
    public static SerialDependence OfWaiting(IEnumerable<SerialValue> run) => Of(0, [run]);

    private static SerialDependence Of(double suspicious, IEnumerable<SerialValue>[] runs)
    {
        double[][] series = [.. runs.Select(Ranks).Where(ranks => ranks.Length > 0)];
        int total = series.Sum(ranks => ranks.Length);
        double squares = series.Sum(ranks => ranks.Sum(rank => rank * rank));
        if (series.Length == 0 || series.Min(ranks => ranks.Length) < LeastCount || squares <= 0)
            return None with { Count = series.Length == 0 ? 0 : series.Min(ranks => ranks.Length) };
        double Correlation(int lag) => series.Sum(ranks => Products(ranks, lag)) / squares;
        double next = Correlation(1);
        int count = series.Min(ranks => ranks.Length);
        return next * Math.Sqrt(total) < suspicious
            ? new SerialDependence(count, next, 1)
            : new SerialDependence(count, next, Math.Max(1, Inflate(next, Correlation, count)));
    }

    /// <summary>
    /// 1 + 2 Σ r(k), summed as long as pairs of neighbours are positive (C. J. Geyer, Statistical Science 7, 1992), and not less than a
    /// sequence makes of it in which each value hangs on its predecessor alone.
    /// </summary>
    private static double Inflate(double next, Func<int, double> correlation, int count)
    {
        // Ranks about their own mean correlate too little: by (1 + 3r) / n in such a sequence (Kendall, Biometrika 41, 1954).
        double corrected = Math.Min(0.98, next + ((1 + (3 * next)) / count));
        double sum = 1 + (2 * next);
        for (int lag = 2; lag + 1 < count / 2; lag += 2)
        {
            double pair = correlation(lag) + correlation(lag + 1);
            if (pair <= 0)
                break;
            sum += 2 * pair;
        }

        return Math.Max(sum, (1 + corrected) / (1 - corrected));
    }

    private static double Products(double[] ranks, int lag)
    {
        double sum = 0;
        for (int i = lag; i < ranks.Length; i++)
            sum += ranks[i] * ranks[i - lag];
        return sum;
    }

    /// <summary>Ranks of the observations of a run about their mean, in order; those of one unit count as one.</summary>
    private static double[] Ranks(IEnumerable<SerialValue> run)
    {
        SerialValue[] values = [.. run];
        Dictionary<int, double> middles = values.GroupBy(value => value.Question).ToDictionary(
            group => group.Key, group => Percentile.Of(Percentile.Sort(group.Select(value => (double?)value.Value)), 50));
        (double At, double Value)[] units =
        [
            .. values.GroupBy(value => value.Unit)
                .Select(unit => (unit.Min(value => value.At), unit.Average(value => value.Value - middles[value.Question])))
                .OrderBy(unit => unit.Item1),
        ];
        int[] order = [.. Enumerable.Range(0, units.Length).OrderBy(i => units[i].Value)];
        double[] ranks = new double[units.Length];
        for (int start = 0, end; start < order.Length; start = end)
        {
            for (end = start; end < order.Length && units[order[end]].Value == units[order[start]].Value; end++)
            {
            }

            for (int i = start; i < end; i++)
                ranks[order[i]] = ((start + end - 1) / 2.0) - ((order.Length - 1) / 2.0);
        }

        return ranks;
    }
}
