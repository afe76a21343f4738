namespace GenieLoad.Engine.Verdicts;

/// <summary>
/// A figure whose change between two sides is estimated over the same mix of questions. With n and m values of a question, its values weigh
/// m / (n + m) on the one side and n / (n + m) on the other: both sides then have nm / (n + m) of it, which is what makes the change surest
/// (Cochran, Biometrics 10, 1954). Where both sides have the same mix, this is the plain figure of each.
/// </summary>
internal abstract class ComparedFigure
{
    private readonly double[] _ofReference;
    private readonly double[] _ofDifference;

    protected ComparedFigure(ComparedRows rows, double?[] values, Func<int, bool>? counts = null)
    {
        Rows = rows;
        Values = values;
        Counted = [.. Enumerable.Range(0, rows.Rows.Length).Where(i => values[i] is not null && counts?.Invoke(i) != false)
            .OrderBy(i => values[i])];
        Cluster = [.. Counted.Select(row => rows.Cluster[row])];
        Question = [.. Counted.Select(row => rows.Question[row])];
        Sorted = [.. Counted.Select(row => values[row]!.Value)];
        _ofReference = new double[rows.QuestionCount];
        _ofDifference = new double[rows.QuestionCount];
    }

    /// <summary>What it is taken from, by row.</summary>
    public double?[] Values { get; }

    /// <summary>Rows that count, by number, in rising order of their values.</summary>
    protected int[] Counted { get; }

    /// <summary>Their clusters.</summary>
    protected int[] Cluster { get; }

    /// <summary>Their questions.</summary>
    protected int[] Question { get; }

    /// <summary>Their values.</summary>
    protected double[] Sorted { get; }

    protected ComparedRows Rows { get; }

    /// <summary>The change when the clusters weigh so on either side; 0 when a side is empty.</summary>
    public virtual double Change(double[] reference, double[] difference)
    {
        (double? before, double? after) = Sides(reference, difference);
        return after - before ?? 0;
    }

    /// <summary>The figure of each side over the same mix of questions.</summary>
    public (double? Reference, double? Difference) Sides(double[] reference, double[] difference)
    {
        Standardise(reference, difference, out double[] before, out double[] after);
        return (Value(reference, before), Value(difference, after));
    }

    /// <summary>The figure of a run over the mix of questions that all runs share.</summary>
    /// <param name="run">The number of the run.</param>
    public double? OfRun(int run)
    {
        double[] own = [.. Rows.ClusterRun.Select(of => of == run ? 1.0 : 0)];
        double[] first = [.. Rows.ClusterInDifference.Select(second => second ? 0.0 : 1)];
        double[] second = [.. first.Select(weight => 1 - weight)];
        double[] n = new double[Rows.QuestionCount], m = new double[Rows.QuestionCount], k = new double[Rows.QuestionCount];
        Count(first, n);
        Count(second, m);
        Count(own, k);
        return Value(own, [.. k.Select((count, q) => count > 0 ? n[q] * m[q] / (n[q] + m[q]) / count : 0)]);
    }

    /// <summary>What a value of each question weighs on either side.</summary>
    protected void Standardise(double[] reference, double[] difference, out double[] ofReference, out double[] ofDifference)
    {
        Array.Clear(_ofReference);
        Array.Clear(_ofDifference);
        for (int i = 0; i < Cluster.Length; i++)
        {
            _ofDifference[Question[i]] += reference[Cluster[i]];
            _ofReference[Question[i]] += difference[Cluster[i]];
        }

        for (int q = 0; q < _ofReference.Length; q++)
        {
            double both = _ofReference[q] + _ofDifference[q];
            _ofReference[q] = both > 0 ? _ofReference[q] / both : 0;
            _ofDifference[q] = both > 0 ? _ofDifference[q] / both : 0;
        }

        (ofReference, ofDifference) = (_ofReference, _ofDifference);
    }

    /// <summary>The figure of a side; <see langword="null"/> when it is empty.</summary>
    protected abstract double? Value(double[] clusters, double[] questions);

    private void Count(double[] side, double[] counts)
    {
        for (int i = 0; i < Cluster.Length; i++)
            counts[Question[i]] += side[Cluster[i]];
    }
}

/// <summary>A percentile.</summary>
internal sealed class ComparedPercentile : ComparedFigure
{
    private readonly double _percent;
    private readonly double[] _places;
    private readonly double[] _weights;

    public ComparedPercentile(ComparedRows rows, double?[] values, double percent)
        : base(rows, values)
    {
        _percent = percent;
        _places = new double[Counted.Length];
        _weights = new double[Counted.Length];
    }

    /// <summary>
    /// Each value stands at the middle of its weight, the first at 0 and the last at 100 %: where all weigh the same, that is the
    /// percentile that runs show (type 7).
    /// </summary>
    protected override double? Value(double[] clusters, double[] questions)
    {
        int count = 0;
        double total = 0;
        for (int i = 0; i < Cluster.Length; i++)
        {
            double weight = clusters[Cluster[i]] * questions[Question[i]];
            if (weight <= 0)
                continue;
            _weights[count] = weight;
            _places[count++] = Sorted[i];
            total += weight;
        }

        if (count == 0)
            return null;
        double ends = (_weights[0] + _weights[count - 1]) / 2;
        double target = (_weights[0] / 2) + (_percent / 100 * (total - ends));
        double middle = _weights[0] / 2;
        for (int i = 1; i < count; i++)
        {
            double next = middle + ((_weights[i - 1] + _weights[i]) / 2);
            if (next >= target)
                return _places[i - 1] + ((_places[i] - _places[i - 1]) * Math.Clamp((target - middle) / (next - middle), 0, 1));
            middle = next;
        }

        return _places[count - 1];
    }
}

/// <summary>A ratio of sums: a mean, a rate of questions, or a share of time.</summary>
internal sealed class ComparedRatio : ComparedFigure
{
    private readonly double[] _denominators;
    private readonly double _scale;

    public ComparedRatio(ComparedRows rows, double?[] numerators, double?[] denominators, double scale)
        : base(rows, numerators, i => denominators[i] is not null)
    {
        _denominators = [.. Counted.Select(row => denominators[row]!.Value)];
        _scale = scale;
    }

    protected override double? Value(double[] clusters, double[] questions)
    {
        double above = 0;
        double below = 0;
        for (int i = 0; i < Cluster.Length; i++)
        {
            double weight = clusters[Cluster[i]] * questions[Question[i]];
            above += weight * Sorted[i];
            below += weight * _denominators[i];
        }

        return below > 0 ? _scale * above / below : null;
    }
}

/// <summary>How far the pairs of a value of either side lie from half of them rising: Mann and Whitney's share, weighed.</summary>
internal sealed class ComparedRanks(ComparedRows rows, double?[] aligned) : ComparedFigure(rows, aligned)
{
    public override double Change(double[] reference, double[] difference)
    {
        Standardise(reference, difference, out double[] ofReference, out double[] ofDifference);
        double first = 0;
        double second = 0;
        double rising = 0;
        for (int start = 0, end; start < Sorted.Length; start = end)
        {
            double ofFirst = 0;
            double ofSecond = 0;
            for (end = start; end < Sorted.Length && Sorted[end] == Sorted[start]; end++)
            {
                ofFirst += reference[Cluster[end]] * ofReference[Question[end]];
                ofSecond += difference[Cluster[end]] * ofDifference[Question[end]];
            }

            rising += ofSecond * (first + (ofFirst / 2));
            first += ofFirst;
            second += ofSecond;
        }

        return first > 0 && second > 0 ? (rising / (first * second)) - 0.5 : 0;
    }

    /// <summary>The values of a side with what they weigh, in rising order.</summary>
    public (double[] Values, double[] Weights) Side(double[] reference, double[] difference, bool second)
    {
        Standardise(reference, difference, out double[] ofReference, out double[] ofDifference);
        double[] clusters = second ? difference : reference;
        double[] questions = second ? ofDifference : ofReference;
        int[] own = [.. Enumerable.Range(0, Sorted.Length).Where(i => clusters[Cluster[i]] * questions[Question[i]] > 0)];
        return ([.. own.Select(i => Sorted[i])], [.. own.Select(i => clusters[Cluster[i]] * questions[Question[i]])]);
    }

    protected override double? Value(double[] clusters, double[] questions) => null;
}
