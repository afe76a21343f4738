using GenieLoad.Engine.Figures;
using GenieLoad.Engine.Statistics;
using GenieLoad.Model;

namespace GenieLoad.Engine.Verdicts;

/// <summary>A figure of a run by its name, and how it is read from rows.</summary>
/// <param name="Name">Its name, unit included.</param>
/// <param name="Unit"><c>s</c>, <c>%</c>, <c>/s</c>, or empty for a number.</param>
internal abstract record Figure(string Name, string Unit)
{
    /// <summary>Whether it can be read from a part of a run.</summary>
    public virtual bool HasSlices => true;

    /// <summary>
    /// Whether a threshold that fails now, while the run is under way, has failed for good as soon as the interval says so.
    /// </summary>
    public virtual bool CanFailEarly(bool upwards) => true;

    /// <summary>Whether it looks at answers only, so that it gets better when slow questions fail.</summary>
    public virtual bool IsOfSurvivors => false;

    /// <summary>The phase whose time it is of, where polls can miss it.</summary>
    public Phase? Phase { get; init; }

    /// <summary>Reads it, with how much of its phase polls saw.</summary>
    public Reading ReadSeen(FigureScope scope, double confidence) => Read(scope, confidence) with
    {
        SeenPercent = Phase is null ? null : PhaseSight.SeenPercent(Phase, scope.Successes),
    };

    /// <summary>Reads it.</summary>
    public abstract Reading Read(FigureScope scope, double confidence);

    /// <summary>
    /// How many answers would decide between it and a limit, were they like those so far; <see langword="null"/> when none would.
    /// </summary>
    public abstract double? CountToDecide(FigureScope scope, double limit, double confidence);

    /// <summary>How many trials take an interval (Wilson's) of this share off the limit.</summary>
    protected static double? TrialsToDecide(double share, double limit, double confidence)
    {
        double z = Normal.Quantile((1 + confidence) / 2);
        return share == limit ? null : z * z * limit * (1 - limit) / Math.Pow(share - limit, 2);
    }
}

/// <summary>A percentile of a time over the successful questions; its interval comes from order statistics.</summary>
internal sealed record TimePercentile(string Name, double Percent, Func<QuestionResult, double?> Time) : Figure(Name, "s")
{
    public override bool IsOfSurvivors => true;

    public override Reading Read(FigureScope scope, double confidence)
    {
        double[] sorted = Percentile.Sort(scope.Successes.Select(Time));
        SerialDependence dependence = FigureScope.DependenceOf(scope.Successes, Time);
        (double? lower, double? upper) = Interval(sorted, sorted, Percent, confidence, dependence);
        return new Reading(sorted.Length == 0
            ? null
            : Percentile.Of(sorted, Percent), lower, upper, sorted.Length) { Dependence = dependence };
    }

    public override double? CountToDecide(FigureScope scope, double limit, double confidence) =>
        CountToDecide(Percentile.Sort(scope.Successes.Select(Time)), Percent, limit, confidence);

    /// <summary>How many values would decide between a percentile of values and a limit.</summary>
    internal static double? CountToDecide(double[] sorted, double percent, double limit, double confidence)
    {
        int required = OrderStatistics.RequiredCount(percent, confidence);
        if (sorted.Length == 0)
            return required;

        // The percentile is below the limit when more than its share of the answers is.
        double below = sorted.Count(value => value < limit) / (double)sorted.Length;
        return TrialsToDecide(below, percent / 100, confidence) is { } trials ? Math.Max(trials, required) : null;
    }

    /// <summary>
    /// The interval, wider where values hang together: its lower end from the values with those of which only a least is known as that, its
    /// upper end from the values with these as infinite, both in rising order.
    /// </summary>
    internal static (double? Lower, double? Upper) Interval(
        double[] earliest, double[] latest, double percent, double confidence, SerialDependence dependence)
    {
        Func<double[], (double? Lower, double? Upper)> of = dependence.IsFound
            ? sorted => Widened(sorted, percent, confidence, dependence)
            : sorted => Bounds(sorted, percent, confidence);
        return (of(earliest).Lower, of(latest).Upper);
    }

    /// <summary>
    /// The interval that is shown with the percentile. With too few answers for that, one end may still be known: two answers of 40 s
    /// are enough to rule out a P95 below 30 s.
    /// </summary>
    internal static (double? Lower, double? Upper) Bounds(double[] sorted, double percent, double confidence)
    {
        int n = sorted.Length;
        if (OrderStatistics.Ranks(n, percent, confidence) is { } ranks)
            return (sorted[ranks.Lower - 1], sorted[ranks.Upper - 1]);
        double p = percent / 100;
        double tail = (1 - confidence) / 2;
        int lower = 0;
        double below = 0;
        for (double step; lower < n && below + (step = Binomial.Probability(n, lower, p)) <= tail; lower++)
            below += step;
        int upper = n;
        double above = 0;
        for (double step; upper > 0 && above + (step = Binomial.Probability(n, upper, p)) <= tail; upper--)
            above += step;
        return (lower == 0 ? null : sorted[lower - 1], upper == n ? null : sorted[upper]);
    }

    /// <summary>
    /// Answers that hang together are worth fewer: the shares of so few that the interval spans, taken of all of them. Where even that
    /// would not do, what is left is that no answer lay beyond the ends.
    /// </summary>
    private static (double? Lower, double? Upper) Widened(double[] sorted, double percent, double confidence, SerialDependence dependence)
    {
        int effective = (int)(sorted.Length / dependence.Inflation);
        if (dependence.IsTooStrong || OrderStatistics.Ranks(effective, percent, confidence) is not { } ranks)
            return (percent >= 50 ? sorted[0] : null, percent <= 50 ? sorted[^1] : null);
        int last = sorted.Length - 1;
        double each = sorted.Length / (double)effective;
        int lower = (int)Math.Clamp(Math.Floor((ranks.Lower - 0.5) * each), 0, last);
        int upper = (int)Math.Clamp(Math.Ceiling((ranks.Upper - 0.5) * each) - 1, lower, last);
        return (sorted[lower], sorted[upper]);
    }
}

/// <summary>A share of the questions, in percent.</summary>
internal sealed record QuestionShare(string Name, Func<QuestionResult, bool> Counts) : Figure(Name, "%")
{
    /// <summary>Whether it is of all questions, not only of those that were asked and came to an end.</summary>
    public bool OfAll { get; init; }

    /// <summary>Which answers it is a share of; <see langword="null"/> for a share of the questions.</summary>
    public Func<QuestionResult, bool>? Among { get; init; }

    public override bool IsOfSurvivors => Among is not null;

    public override Reading Read(FigureScope scope, double confidence)
    {
        IReadOnlyList<QuestionResult> rows = Of(scope);
        int trials = rows.Count;
        if (trials == 0)
            return new Reading(null, null, null, 0);
        int hits = rows.Count(Counts);
        SerialDependence dependence = FigureScope.DependenceOf(rows, row => Counts(row) ? 1 : 0);
        (double lower, double upper) = ShareInterval.Of(hits, trials, confidence, dependence.Widening);
        return new Reading(100.0 * hits / trials, 100 * lower, 100 * upper, trials).Unless(dependence);
    }

    public override double? CountToDecide(FigureScope scope, double limit, double confidence)
    {
        IReadOnlyList<QuestionResult> rows = Of(scope);
        return rows.Count == 0 ? null : TrialsToDecide(rows.Count(Counts) / (double)rows.Count, limit / 100, confidence);
    }

    private IReadOnlyList<QuestionResult> Of(FigureScope scope) =>
        Among is not null ? [.. scope.Rows.Where(Among)] : OfAll ? scope.Rows : scope.Ended;
}

/// <summary>A ratio of sums over rows: a mean in seconds, or a share of time in percent.</summary>
internal sealed record TimeRatio(
    string Name, string Unit, bool OfSuccesses, Func<QuestionResult, double?> Numerator, Func<QuestionResult, double?> Denominator)
    : Figure(Name, Unit)
{
    public override bool IsOfSurvivors => OfSuccesses;

    private double Scale => Unit == "%" ? 100 : 1;

    public override Reading Read(FigureScope scope, double confidence)
    {
        RatioInterval ratio = Ratio(scope, confidence, out int count);
        SerialDependence dependence = FigureScope.DependenceOf(OfSuccesses ? scope.Successes : scope.Rows, Numerator);
        double? End(double? end) => end is null ? null : Math.Clamp(
            Scale * (ratio.Value + (dependence.Widening * (end - ratio.Value)))!.Value, 0, Unit == "%" ? 100 : double.PositiveInfinity);
        return new Reading(Scale * ratio.Value, End(ratio.Lower), End(ratio.Upper), count)
        {
            UpperOfScatter = End(ratio.UpperOfScatter),
            RareCount = ratio.RareCount,
        }.Unless(dependence);
    }

    public override double? CountToDecide(FigureScope scope, double limit, double confidence)
    {
        RatioInterval ratio = Ratio(scope, confidence, out int count);
        if (ratio.Lower is null || ratio.Value is not { } value)
            return count + RatioInterval.LeastGroups - ratio.Groups;
        double bound = limit / Scale;
        double upper = (ratio.UpperOfScatter ?? ratio.Upper)!.Value;
        // Of what did not come, the most that may come falls with the number of questions; else intervals fall with its root.
        double? more = ratio.RareCount == 0 ? Odds(upper) / Odds(bound) : Math.Pow((upper - value) / Math.Abs(value - bound), 2);
        return more is > 0 and < int.MaxValue ? count * more : null;

        double Odds(double share) => Unit == "%" ? share / (1 - share) : share;
    }

    private RatioInterval Ratio(FigureScope scope, double confidence, out int count)
    {
        List<(string, double, double)> parts = [];
        foreach (QuestionResult row in OfSuccesses ? scope.Successes : scope.Rows)
        {
            if (Numerator(row) is { } numerator && Denominator(row) is { } denominator)
                parts.Add((FigureScope.Conversation(row), numerator, denominator));
        }

        count = parts.Count;
        return Unit == "%" ? RatioInterval.OfShare(parts, confidence) : RatioInterval.Of(parts, confidence);
    }
}

/// <summary>A count, sum, extreme or rate: something that this run had, and no estimate of anything. It is judged as it is.</summary>
internal sealed record RunFact(string Name, string Unit, Func<FigureScope, double?> Value, bool OnlyGrows = true, bool OfWholeRun = false)
    : Figure(Name, Unit)
{
    /// <summary>Whether it looks at answers only.</summary>
    public bool OfSuccesses { get; init; }

    public override bool IsOfSurvivors => OfSuccesses;

    public override bool HasSlices => !OfWholeRun;

    public override bool CanFailEarly(bool upwards) => OnlyGrows && upwards && !OfWholeRun;

    public override Reading Read(FigureScope scope, double confidence)
    {
        double? value = OfWholeRun && scope.Run is null ? null : Value(scope);
        return new Reading(value, value, value, scope.Rows.Count);
    }

    public override double? CountToDecide(FigureScope scope, double limit, double confidence) => null;
}
