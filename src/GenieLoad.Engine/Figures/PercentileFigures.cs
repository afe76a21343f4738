using System.Runtime.InteropServices;
using GenieLoad.Engine.Statistics;
using GenieLoad.Model;

namespace GenieLoad.Engine.Figures;

/// <summary>Percentiles of a time, each with its 95 % interval and the number of values that it needs.</summary>
public static class PercentileFigures
{
    /// <summary>The times of the headline.</summary>
    internal static IReadOnlyList<Measure> OfHeadline { get; } = [Measure.Response, Measure.Duration, Measure.Service];

    /// <summary>
    /// The headline of a run: response, duration and service time of the successful questions; then, when any question failed or was given
    /// up, the response time of all that were asked.
    /// </summary>
    /// <param name="rows">Rows of the run.</param>
    public static IEnumerable<PercentileFigure> Of(IReadOnlyCollection<QuestionResult> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        List<PercentileFigure> headline = [];
        QuestionResult[] successes = [.. rows.Where(row => row.Success)];
        LatencyFiguresCalculator.Of(OfHeadline, successes, (measure, sorted) => headline.AddRange(Of(measure.Name, sorted)));
        return headline.Concat(OfAllAsked(rows, successes.Length));
    }

    /// <summary>The response time of all that were asked, where any of them failed or was given up.</summary>
    /// <param name="rows">Rows of the run.</param>
    /// <param name="successCount">Successful ones among them.</param>
    internal static IEnumerable<PercentileFigure> OfAllAsked(IReadOnlyCollection<QuestionResult> rows, int successCount) =>
        rows.Count(AskedQuestions.IsAsked) is int asked && asked == successCount
            ? []
            : WithFailures("ResponseWithFailures", [.. rows.Where(AskedQuestions.IsAsked).Select(TimeWithFailures)]);

    /// <summary>The shown percentiles of values that are all known.</summary>
    /// <param name="measure">Name of the time.</param>
    /// <param name="sorted">Values in rising order.</param>
    public static IEnumerable<PercentileFigure> Of(string measure, double[] sorted) => Of(measure, new ArraySegment<double>(sorted));

    /// <inheritdoc cref="Of(string, double[])"/>
    internal static IEnumerable<PercentileFigure> Of(string measure, ArraySegment<double> sorted) =>
        Percentile.Headline.Select(percent => Figure(
            measure, percent, sorted, sorted, (sorted.Count == 0 ? null : Percentile.Of(sorted, percent), false)));

    /// <summary>One percentile of values that are all known.</summary>
    /// <param name="measure">Name of the time.</param>
    /// <param name="percent">The percentile, above 0 and below 100.</param>
    /// <param name="sorted">Values in rising order.</param>
    public static PercentileFigure Of(string measure, double percent, List<double> sorted) => Figure(
        measure, percent, sorted, sorted, (sorted.Count == 0 ? null : Percentile.Of(CollectionsMarshal.AsSpan(sorted), percent), false));

    /// <summary>
    /// The shown percentiles of times of which some are endless and some only known to be at least so long. With any of the latter, the
    /// percentile is that of Kaplan and Meier; its interval takes them as ended at once for its lower end and as endless for its upper.
    /// </summary>
    /// <param name="measure">Name of the time.</param>
    /// <param name="times">The times, in any order.</param>
    public static IEnumerable<PercentileFigure> WithFailures(string measure, IReadOnlyCollection<CensoredTime> times)
    {
        ArgumentNullException.ThrowIfNull(times);
        double[] earliest = [.. times.Select(time => time.Seconds)];
        Array.Sort(earliest);
        bool censored = times.Any(time => time.IsCensored);
        double[] latest = earliest;
        if (censored)
        {
            latest = [.. times.Select(time => time.IsCensored ? double.PositiveInfinity : time.Seconds)];
            Array.Sort(latest);
        }
        return Percentile.Headline.Select(percent => Figure(measure, percent, earliest, latest, Value(percent)));

        (double? Seconds, bool IsAtLeast) Value(double percent)
        {
            if (times.Count == 0)
                return (null, false);
            return censored ? KaplanMeier.Percentile(times, percent) : (Percentile.Of(earliest, percent), false);
        }
    }

    private static PercentileFigure Figure(
        string measure, double percent, IReadOnlyList<double> earliest, IReadOnlyList<double> latest,
        (double? Seconds, bool IsAtLeast) value)
    {
        RankInterval? ranks = OrderStatistics.Ranks(earliest.Count, percent);
        return new PercentileFigure
        {
            Measure = measure,
            Percentile = percent,
            Seconds = value.Seconds,
            IsAtLeast = value.IsAtLeast,
            LowerSeconds = ranks is { } lower ? earliest[lower.Lower - 1] : null,
            UpperSeconds = ranks is { } upper ? latest[upper.Upper - 1] : null,
            Count = earliest.Count,
            NeededCount = OrderStatistics.RequiredCount(percent),
        };
    }

    /// <summary>
    /// How long a person waited: an answer took its time; a failure, a time limit that passed included, is no answer, ever; what the
    /// end of the run broke off would have taken at least the time that it was waited for.
    /// </summary>
    internal static CensoredTime TimeWithFailures(QuestionResult row) =>
        row.Success ? new CensoredTime(row.ResponseSeconds ?? 0, IsCensored: row.ResponseSeconds is null)
        : AskedQuestions.IsBrokenOff(row) ? new CensoredTime(row.ResponseSeconds ?? 0, IsCensored: true)
        : new CensoredTime(double.PositiveInfinity, IsCensored: false);
}
