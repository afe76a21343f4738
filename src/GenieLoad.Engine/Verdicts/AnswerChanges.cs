using GenieLoad.Engine.Statistics;

namespace GenieLoad.Engine.Verdicts;

/// <summary>
/// Changes between two runs, from their answers: p-values by exchanging conversations, intervals of shares, means and percentiles by
/// drawing them, those of medians from rank sums. Where answers hang on those before them, both are widened by what the answers are worth.
/// </summary>
internal sealed class AnswerChanges : IChangeSource
{
    // Work that a comparison may cost: visits of a row in a resample.
    private const double ResampleBudget = 4e7;
    private const int LeastResamples = 500;

    private readonly ComparedRows _rows;
    private readonly int _seed;
    private readonly double[] _reference;
    private readonly double[] _difference;

    public AnswerChanges(ComparedRows rows, ComparisonOptions options)
    {
        _rows = rows;
        _seed = options.Seed;
        double work = Math.Max(1, rows.Rows.Length) * 10.0;
        ResampleCount = (int)Math.Clamp(
            ResampleBudget / work, Math.Min(LeastResamples, options.MaximumResampleCount), options.MaximumResampleCount);
        _difference = [.. rows.ClusterInDifference.Select(second => second ? 1.0 : 0)];
        _reference = [.. _difference.Select(weight => 1 - weight)];
    }

    public int ResampleCount { get; }

    public IReadOnlyList<ChangeEstimate> OfFigures(IReadOnlyList<ComparedFigure> figures)
    {
        Resampled[] resampled = Resample(figures, intervals: true);
        return [.. figures.Select((figure, i) =>
        {
            (double? before, double? after) = figure.Sides(_reference, _difference);
            SerialDependence dependence = _rows.Dependence(figure.Values);
            Change change = new Change(after - before, resampled[i].Lower, resampled[i].Upper).Widened(dependence.Widening);
            return new ChangeEstimate(change, resampled[i].P(dependence), before, dependence, "bootstrap, permutation" + Wider(dependence));
        })];
    }

    public IReadOnlyList<ChangeEstimate> OfMedians(IReadOnlyList<double?[]> times)
    {
        ComparedRanks[] ranks = [.. times.Select(time => new ComparedRanks(_rows, Aligned(time)))];
        Resampled[] resampled = Resample(ranks, intervals: false);
        return [.. times.Select((time, i) =>
        {
            SerialDependence dependence = _rows.Dependence(time);
            (double[] first, double[] ofFirst) = ranks[i].Side(_reference, _difference, second: false);
            (double[] second, double[] ofSecond) = ranks[i].Side(_reference, _difference, second: true);
            double spread = resampled[i].Deviation * first.Length * second.Length * dependence.Widening;
            HodgesLehmann? shift = HodgesLehmann.Estimate(first, second, ThresholdJudge.Confidence, spread, ofFirst, ofSecond);
            double? before = new ComparedPercentile(_rows, time, 50).Sides(_reference, _difference).Reference;
            return new ChangeEstimate(
                new Change(shift?.Shift, shift?.Lower, shift?.Upper), shift is null ? null : resampled[i].P(dependence), before, dependence,
                "Hodges-Lehmann by question, rank sum by permutation" + Wider(dependence));
        })];
    }

    private static string Wider(SerialDependence dependence) =>
        dependence.IsFound ? FormattableString.Invariant($", widened {dependence.Widening:0.0} times for answers that hang together") : "";

    /// <summary>Times less their question's median over both runs: what differs is then the runs.</summary>
    private double?[] Aligned(double?[] times)
    {
        double?[] aligned = new double?[times.Length];
        foreach (IGrouping<int, int> question in Enumerable.Range(0, times.Length).GroupBy(i => _rows.Question[i]))
        {
            double[] known = Percentile.Sort(question.Select(i => times[i]));
            if (known.Length == 0)
                continue;
            double middle = Percentile.Of(known, 50);
            foreach (int i in question)
                aligned[i] = times[i] - middle;
        }

        return aligned;
    }

    private Resampled[] Resample(IReadOnlyList<ComparedFigure> figures, bool intervals)
    {
        var draws = new Resampling(_rows, _seed);
        bool[] labels = [.. _rows.ClusterInDifference];
        double[] weights = new double[labels.Length];
        double[] first = [.. _reference];
        double[] second = [.. _difference];
        double[] actual = [.. figures.Select(figure => figure.Change(first, second))];
        double[][] permuted = [.. figures.Select(_ => new double[ResampleCount])];
        double[][] drawn = [.. figures.Select(_ => new double[intervals ? ResampleCount : 0])];
        for (int sample = 0; sample < ResampleCount; sample++)
        {
            draws.Permute(labels);
            for (int c = 0; c < labels.Length; c++)
                (first[c], second[c]) = labels[c] ? (0.0, 1.0) : (1.0, 0.0);
            for (int i = 0; i < figures.Count; i++)
                permuted[i][sample] = figures[i].Change(first, second);
            if (!intervals)
                continue;
            draws.Draw(weights);
            for (int c = 0; c < labels.Length; c++)
                (first[c], second[c]) = _rows.ClusterInDifference[c] ? (0.0, weights[c]) : (weights[c], 0.0);
            for (int i = 0; i < figures.Count; i++)
                drawn[i][sample] = figures[i].Change(first, second);
        }

        return [.. figures.Select((_, i) => Resampled.Of(actual[i], permuted[i], drawn[i]))];
    }

    /// <summary>What the resamples of a figure say.</summary>
    private sealed record Resampled(double PValue, double Distance, double Deviation, double? Lower, double? Upper)
    {
        public static Resampled Of(double actual, double[] permuted, double[] drawn)
        {
            double middle = permuted.Average();
            double distance = Math.Abs(actual - middle);
            // The labels as they are count as one of the permutations; rounding must not part what is equal.
            int extreme = 1 + permuted.Count(value => Math.Abs(value - middle) >= distance - 1e-12 - (1e-9 * distance));
            Array.Sort(drawn);
            return new Resampled(
                extreme / (permuted.Length + 1.0),
                distance,
                Math.Sqrt(permuted.Sum(value => (value - middle) * (value - middle)) / permuted.Length),
                drawn.Length == 0 ? null : Percentile.Of(drawn, 2.5),
                drawn.Length == 0 ? null : Percentile.Of(drawn, 97.5));
        }

        /// <summary>The p-value; where answers hang together, by the normal distribution of a wider deviation.</summary>
        public double P(SerialDependence dependence) => !dependence.IsFound || Deviation <= 0
            ? PValue
            : Math.Max(PValue, 2 * (1 - Normal.Cumulative(Distance / (Deviation * dependence.Widening))));
    }
}
