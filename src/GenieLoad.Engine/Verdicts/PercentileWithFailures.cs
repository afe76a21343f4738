using GenieLoad.Engine.Figures;
using GenieLoad.Engine.Statistics;
using GenieLoad.Model;

namespace GenieLoad.Engine.Verdicts;

/// <summary>
/// A percentile of the response time over everyone who asked: a failure was never answered, so that a percentile that falls among
/// failures is
/// infinite, and worse than any limit. What the end of the run broke off is only known to be at least so long.
/// </summary>
internal sealed record PercentileWithFailures(string Name, double Percent) : Figure(Name, "s")
{
    // Far beyond every answer, and still a number that can be calculated with.
    private const double BeyondAnswers = 1e6;

    /// <summary>The name of the figure of a percentile.</summary>
    public static string NameOf(double percent) => FormattableString.Invariant($"P{percent}ResponseWithFailuresSeconds");

    /// <summary>
    /// The times of rows, a failure with a time far beyond all answers: differences of what is infinite say nothing.
    /// </summary>
    /// <param name="rows">The rows; what was broken off, and what has no time, gets none.</param>
    /// <param name="greatest">The longest answer: what lies beyond it is never.</param>
    public static double?[] Finite(IReadOnlyList<QuestionResult> rows, out double greatest)
    {
        double longest = greatest = rows.Max(row => row.Success ? row.ResponseSeconds : null) ?? 0;
        return [.. rows
            .Select(row => AskedQuestions.IsFailed(row) ? BeyondAnswers * (1 + longest) : row.Success ? row.ResponseSeconds : null)];
    }

    public override Reading Read(FigureScope scope, double confidence)
    {
        QuestionResult[] asked = [.. scope.Rows.Where(AskedQuestions.IsAsked)];
        if (asked.Length == 0)
            return new Reading(null, null, null, 0);
        CensoredTime[] times = [.. asked.Select(PercentileFigures.TimeWithFailures)];
        double[] earliest = [.. times.Select(time => time.Seconds).Order()];
        double?[] finite = Finite(asked, out _);
        Dictionary<int,
            double?> byIndex = asked.Zip(finite).DistinctBy(pair => pair.First.Index).ToDictionary(p => p.First.Index, p => p.Second);
        SerialDependence dependence = FigureScope.DependenceOf(asked, row => byIndex[row.Index]);
        (double? lower, double? upper) = TimePercentile.Interval(earliest, Latest(times), Percent, confidence, dependence);
        (double value, bool isAtLeast) = times.Any(time => time.IsCensored)
            ? KaplanMeier.Percentile(times, Percent)
            : (Percentile.Of(earliest, Percent), false);
        return new Reading(value, lower, upper, asked.Length) { Dependence = dependence, IsAtLeast = isAtLeast };
    }

    public override double? CountToDecide(FigureScope scope, double limit, double confidence)
    {
        double[] latest = Latest([.. scope.Rows.Where(AskedQuestions.IsAsked).Select(PercentileFigures.TimeWithFailures)]);
        return TimePercentile.CountToDecide(latest, Percent, limit, confidence);
    }

    private static double[] Latest(CensoredTime[] times) =>
        [.. times.Select(time => time.IsCensored ? double.PositiveInfinity : time.Seconds).Order()];
}
