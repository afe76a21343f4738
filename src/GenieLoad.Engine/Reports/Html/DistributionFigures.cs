using System.Xml.Linq;
using GenieLoad.Engine.Figures;
using GenieLoad.Engine.Reports.Charts;
using GenieLoad.Engine.Statistics;
using GenieLoad.Model;
using static GenieLoad.Engine.Reports.Html.Markup;

namespace GenieLoad.Engine.Reports.Html;

/// <summary>How response times are spread: a histogram, and the curve of percentiles with its band.</summary>
internal static class DistributionFigures
{
    private const int MostBins = 30;
    private const int CurveSteps = 80;

    /// <summary>Both, side by side; nothing without answers.</summary>
    public static XElement? Of(LoadRun run)
    {
        double[] sorted = Percentile.Sort(
            MeasuredRows.Of(run).Where(row => row.Success).Select(row => row.ResponseSeconds));
        return sorted.Length == 0 ? null : Styled("div", "pair", Histogram(sorted), Curve(sorted));
    }

    private static XElement Histogram(double[] sorted)
    {
        IReadOnlyList<Step> bins = Bins(sorted);
        double median = Percentile.Of(sorted, 50);
        double p90 = Percentile.Of(sorted, 90);
        ChartFigure figure = new()
        {
            Id = "histogram",
            Title = "Distribution of response times",
            Description = $"A histogram of {ReportNumber.Counted(sorted.Length, "response time")} from {ReportNumber.Seconds(sorted[0])} "
                + $"to {ReportNumber.Seconds(sorted[^1])} s; "
                + $"the median is {ReportNumber.Seconds(median)} s, the P90 {ReportNumber.Seconds(p90)} s.",
            Table = Table("Distribution of response times", ["From, s:", "To, s:", "Answers:"], bins.Select(bin => new object?[]
            {
                ReportNumber.Seconds(bin.From), ReportNumber.Seconds(bin.To), ReportNumber.Count((long)bin.Value),
            })),
        };
        return figure.Of([ChartSize.Half], (size, id, title, description) =>
        {
            Plot plot = new(
                size, LinearScale.Over(0, bins[^1].To, 5, value => ReportNumber.Grouped(value, "#,0.##") + " s"),
                LinearScale.Over(0, Math.Max(4, bins.Max(bin => bin.Value)), 4), "answers");
            StepChart.Columns(plot, [("bar", bins)]);
            plot.AddReference(median, $"median {ReportNumber.Seconds(median)} s");
            if (sorted.Length >= 10)
                plot.AddReference(p90, $"P90 {ReportNumber.Seconds(p90)} s", line: 1);
            return plot.ToSvg(id, title, description);
        });
    }

    private static XElement Curve(double[] sorted)
    {
        TailScale scale = new(sorted.Length);
        IReadOnlyList<CurvePoint> points = [.. scale.Steps(CurveSteps).Select(percent => Point(sorted, percent))];
        double greatest = points.Max(point => Math.Max(point.Y, point.Upper ?? 0));
        bool anyBand = points.Any(point => point.Lower is not null);
        ChartFigure figure = new()
        {
            Id = "percentiles",
            Title = "Percentiles",
            Note = anyBand
                ? "Share of answers within the given number of seconds. The band is the 95 % interval; "
                    + "dashed where there are too few answers for one."
                : $"Share of answers within the given number of seconds. {ReportNumber.Counted(sorted.Length, "answer is", "answers are")} "
                    + "too few for 95 % intervals.",
            Description = "The percentiles of response time: " + string.Join(", ", scale.Ticks.Skip(1).Select(tick =>
                $"{tick.Label} {ReportNumber.Seconds(Percentile.Of(sorted, tick.Value))} s")) + ".",
            Table = Table("Percentiles of response time", ["Percentile", "Seconds:", "95 % interval:", "Answers needed:"],
                PercentileFigures.Of("Response", sorted)
                .Select(percentile => new object?[]
                {
                    FormattableString.Invariant($"P{percentile.Percentile:0.#}"), ReportNumber.Seconds(percentile.Seconds),
                    percentile.LowerSeconds is null
                        ? ReportNumber.None
                        : ReportNumber.Range(percentile.LowerSeconds, percentile.UpperSeconds, ReportNumber.Seconds),
                    ReportNumber.Count(percentile.NeededCount),
                })),
        };
        return figure.Of([ChartSize.Half], (size, id, title, description) =>
        {
            Plot plot = new(size, scale, LinearScale.Over(0, greatest), "seconds");
            CurveChart.Draw(plot, "response", points);
            return plot.ToSvg(id, title, description);
        });
    }

    private static CurvePoint Point(double[] sorted, double percent)
    {
        RankInterval? ranks = percent is > 0 and < 100 ? OrderStatistics.Ranks(sorted.Length, percent) : null;
        return new CurvePoint(
            percent, Percentile.Of(sorted, percent),
            ranks is { } lower ? sorted[lower.Lower - 1] : null,
            ranks is { } upper ? sorted[upper.Upper - 1] : null);
    }

    /// <summary>
    /// Bins of a round width after D. Freedman and P. Diaconis, "On the histogram as a density estimator" (1981), and not too many.
    /// </summary>
    private static IReadOnlyList<Step> Bins(double[] sorted)
    {
        double spread = Percentile.Of(sorted, 75) - Percentile.Of(sorted, 25);
        double wanted = Math.Max(2 * spread / Math.Cbrt(sorted.Length), sorted[^1] / MostBins);
        double width = LinearScale.RoundStep(Math.Max(wanted, 0.01) / 1.5);
        int first = (int)Math.Floor(sorted[0] / width);
        int count = (int)Math.Floor(sorted[^1] / width) - first + 1;
        int[] counts = new int[count];
        foreach (double value in sorted)
            counts[Math.Clamp((int)Math.Floor(value / width) - first, 0, count - 1)]++;
        return
        [
            .. counts.Select((answers, i) => (From: (first + i) * width, To: (first + i + 1) * width, answers)).Select(bin => new Step(
                bin.From, bin.To, bin.answers,
                $"{ReportNumber.Range(bin.From, bin.To, ReportNumber.Seconds)} s: {ReportNumber.Counted(bin.answers, "answer")}")),
        ];
    }
}
