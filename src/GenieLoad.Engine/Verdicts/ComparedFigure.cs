using GenieLoad.Engine.Statistics;

namespace GenieLoad.Engine.Verdicts;

/// <summary>A figure whose difference between two runs is resampled.</summary>
internal abstract class ComparedFigure(ComparedRows rows, Func<int, bool> counts)
{
    /// <summary>Rows that count, by number.</summary>
    protected int[] Counted { get; init; } = [.. Enumerable.Range(0, rows.Rows.Length).Where(counts)];

    protected ComparedRows Rows => rows;

    /// <summary>Difference of the figure when the clusters are labelled so; 0 when a side is empty.</summary>
    public abstract double WhenLabelled(bool[] labels);

    /// <summary>Difference of the figure when the clusters weigh so; 0 when a side is empty.</summary>
    public abstract double WhenWeighed(double[] weights);
}

/// <summary>A percentile.</summary>
internal sealed class ComparedPercentile : ComparedFigure
{
    private readonly double _percent;
    private readonly double[] _values;
    private readonly double[] _reference;
    private readonly double[] _difference;

    public ComparedPercentile(ComparedRows rows, double?[] values, double percent)
        : base(rows, i => values[i] is not null)
    {
        _percent = percent;
        Counted = [.. Counted.OrderBy(i => values[i]!.Value)];
        _values = [.. Counted.Select(i => values[i]!.Value)];
        _reference = new double[_values.Length];
        _difference = new double[_values.Length];
    }

    public override double WhenLabelled(bool[] labels)
    {
        int first = 0;
        int second = 0;
        for (int i = 0; i < _values.Length; i++)
        {
            if (labels[Rows.Cluster[Counted[i]]])
                _difference[second++] = _values[i];
            else
                _reference[first++] = _values[i];
        }

        return first == 0 || second == 0
            ? 0
            : Percentile.Of(_difference.AsSpan(0, second), _percent) - Percentile.Of(_reference.AsSpan(0, first), _percent);
    }

    public override double WhenWeighed(double[] weights)
    {
        double? second = Weighed(weights, ofDifference: true);
        double? first = Weighed(weights, ofDifference: false);
        return second - first ?? 0;
    }

    /// <summary>Between the values that hold the middle of their weights at the wanted share of all weight (Hazen).</summary>
    private double? Weighed(double[] weights, bool ofDifference)
    {
        double total = 0;
        foreach (int row in Counted)
            total += Rows.InDifference[row] == ofDifference ? weights[Rows.Cluster[row]] : 0;
        if (total <= 0)
            return null;
        double target = _percent / 100 * total;
        double sum = 0;
        double? lastPlace = null;
        double last = 0;
        for (int i = 0; i < _values.Length; i++)
        {
            double weight = Rows.InDifference[Counted[i]] == ofDifference ? weights[Rows.Cluster[Counted[i]]] : 0;
            if (weight == 0)
                continue;
            double place = sum + (weight / 2);
            if (place >= target)
                return lastPlace is { } before ? last + ((_values[i] - last) * (target - before) / (place - before)) : _values[i];
            (lastPlace, last) = (place, _values[i]);
            sum += weight;
        }

        return last;
    }
}

/// <summary>A ratio of sums: a mean, a rate of questions, or a share of time.</summary>
internal sealed class ComparedRatio : ComparedFigure
{
    private readonly double[] _numerators;
    private readonly double[] _denominators;
    private readonly double _scale;

    public ComparedRatio(ComparedRows rows, double?[] numerators, double?[] denominators, double scale)
        : base(rows, i => numerators[i] is not null && denominators[i] is not null)
    {
        _scale = scale;
        // Sums per cluster: a resample then costs no more than the clusters.
        _numerators = new double[rows.ClusterInDifference.Length];
        _denominators = new double[rows.ClusterInDifference.Length];
        foreach (int row in Counted)
        {
            _numerators[rows.Cluster[row]] += numerators[row]!.Value;
            _denominators[rows.Cluster[row]] += denominators[row]!.Value;
        }
    }

    public override double WhenLabelled(bool[] labels)
    {
        (double N, double D) first = (0, 0);
        (double N, double D) second = (0, 0);
        for (int c = 0; c < _numerators.Length; c++)
        {
            if (labels[c])
                second = (second.N + _numerators[c], second.D + _denominators[c]);
            else
                first = (first.N + _numerators[c], first.D + _denominators[c]);
        }

        return Difference(first, second);
    }

    public override double WhenWeighed(double[] weights)
    {
        (double N, double D) first = (0, 0);
        (double N, double D) second = (0, 0);
        for (int c = 0; c < _numerators.Length; c++)
        {
            double n = weights[c] * _numerators[c];
            double d = weights[c] * _denominators[c];
            if (Rows.ClusterInDifference[c])
                second = (second.N + n, second.D + d);
            else
                first = (first.N + n, first.D + d);
        }

        return Difference(first, second);
    }

    private double Difference((double N, double D) first, (double N, double D) second) =>
        first.D > 0 && second.D > 0 ? _scale * ((second.N / second.D) - (first.N / first.D)) : 0;
}

/// <summary>The rank sum of the difference run, less what it is on average; of no use for intervals.</summary>
internal sealed class ComparedRanks : ComparedFigure
{
    private readonly double[] _ranks;

    public ComparedRanks(ComparedRows rows, double?[] values)
        : base(rows, i => values[i] is not null)
    {
        _ranks = new double[rows.ClusterInDifference.Length];
        int[] order = [.. Counted.OrderBy(i => values[i]!.Value)];
        for (int start = 0, end; start < order.Length; start = end)
        {
            for (end = start; end < order.Length && values[order[end]] == values[order[start]];)
                end++;
            // Ties share their mean rank; the mean of all ranks is taken off, so that the count of values does not matter.
            double rank = ((start + 1 + end) / 2.0) - ((order.Length + 1) / 2.0);
            for (int i = start; i < end; i++)
                _ranks[rows.Cluster[order[i]]] += rank;
        }
    }

    public override double WhenLabelled(bool[] labels)
    {
        double sum = 0;
        for (int c = 0; c < _ranks.Length; c++)
            sum += labels[c] ? _ranks[c] : 0;
        return sum;
    }

    public override double WhenWeighed(double[] weights) => throw new NotSupportedException();
}
