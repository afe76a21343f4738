using System.Xml.Linq;
using GenieLoad.Engine.Reports.Charts;
using GenieLoad.Model;
using static GenieLoad.Engine.Reports.Html.Markup;

namespace GenieLoad.Engine.Reports.Html;

/// <summary>The predicted share of misses over the number of people, with its band, the probes on it, and what is allowed.</summary>
internal static class CapacityFigure
{
    private const string Title = "Misses by number of people";

    /// <summary>The figure; nothing where there is no curve and no probe with an answer.</summary>
    public static XElement? Of(SpaceCapacity capacity)
    {
        MissCurve curve = MissCurve.Of(capacity);
        if (curve.Points.Count < 2 && curve.Probes.Count == 0)
            return null;
        ChartFigure figure = new()
        {
            Id = "misses-chart",
            Title = Title,
            Note = Note(capacity, curve),
            Description = Description(capacity, curve),
            Legend = [.. Legend(capacity, curve)],
            Table = Table(Title, ["People:", "Predicted, %:", "5 to 95 %, %:"], capacity.Curve.Select(point => new object?[]
            {
                ReportNumber.Count(point.People), Percent(point.MissShare),
                ReportNumber.Range(100 * point.Lower, 100 * point.Upper, ProbeShare.Shown),
            })),
        };
        return figure.OfFullWidth((size, id, title, description) => Draw(capacity, curve, size).ToSvg(id, title, description));
    }

    private static Plot Draw(SpaceCapacity capacity, MissCurve curve, ChartSize size)
    {
        Plot plot = new(
            size, MissCurve.PeopleScale(curve.MostPeople, size),
            LinearScale.Over(0, curve.MostPercent, 5, value => $"{ProbeShare.Shown(value)} %"), "share of misses", "people");
        if (capacity.PeopleFailed > capacity.People)
            plot.AddShade("bracket", capacity.People!.Value, capacity.PeopleFailed!.Value);
        if (curve.Band.Count > 1)
        {
            plot.Add(Svg.Path(
                "band",
                [
                    .. curve.Band.Select(point => (plot.X(point.X), plot.Y(point.Upper!.Value))),
                    .. Enumerable.Reverse(curve.Band).Select(point => (plot.X(point.X), plot.Y(point.Lower!.Value))),
                ],
                closed: true));
        }

        if (curve.Points.Count > 1)
            plot.Add(Svg.Path("line", curve.Points.Select(point => (plot.X(point.X), plot.Y(point.Y)))));
        if (capacity.AllowedMissShare is double allowed)
            plot.AddLevel(100 * allowed, $"{Percent(allowed)} % allowed");
        if (capacity.PeoplePredicted is > 0 and int predicted)
            plot.AddReference(predicted, $"{ReportNumber.Count(predicted)} predicted");
        foreach (CapacityProbe probe in curve.Probes)
            AddProbe(plot, probe, ProbeShare.Of(probe)!.Value);
        return plot;
    }

    /// <summary>A mark at what was measured, with the whisker of its interval.</summary>
    private static void AddProbe(Plot plot, CapacityProbe probe, ProbeShare share)
    {
        double x = plot.X(probe.People);
        string hint = $"{CapacityVerdict.People(probe.People)}: {ReportNumber.Count(probe.Misses)} of "
            + $"{ReportNumber.Counted(probe.Answers, "answer")} missed, {ProbeShare.Shown(share.Percent)} % (95 %: {share.Interval}), "
            + probe.Verdict.ToLowerInvariant();
        plot.Add(Svg.Hint(
            Svg.Path($"whisker {CssClass(probe)}",
                $"M{Svg.Number(x)} {Svg.Number(plot.Y(share.Lower))}V{Svg.Number(plot.Y(share.Upper))}"),
            hint));
        plot.Add(Svg.Hint(Svg.Path($"point {CssClass(probe)}", Shape(probe, x, plot.Y(share.Percent))), hint));
    }

    private static IEnumerable<(XElement Key, string Name)> Legend(SpaceCapacity capacity, MissCurve curve)
    {
        if (curve.Points.Count > 1)
        {
            yield return (ChartFigure.Line("line"), "Predicted");
            yield return (ChartFigure.Square("band"), "5 to 95 %");
        }

        foreach (string verdict in (string[])[Verdict.Pass, Verdict.Fail, Verdict.Undecided])
        {
            if (curve.Probes.FirstOrDefault(probe => probe.Verdict == verdict) is { } probe)
                yield return (Svg.Path($"point {CssClass(probe)}", Shape(probe, 7, 7)), verdict switch
                {
                    Verdict.Pass => "Probe that passed",
                    Verdict.Fail => "Probe that failed",
                    _ => "Undecided probe",
                });
        }

        if (capacity.PeopleFailed > capacity.People)
            yield return (ChartFigure.Square("bracket"), "Between a pass and a fail");
    }

    private static string Note(SpaceCapacity capacity, MissCurve curve) =>
        "Share of questions that miss the service level: late, failed, or lost to the rate limit. Where the curve crosses the dotted line "
        + "of what is allowed, more people are too many."
        + (curve.Probes.Count == 0 ? ""
            : " Lines through the probes are 95 % intervals; they ignore that a probe ends as soon as it is decided.")
        + (curve.Probes.Any(probe => Math.Abs(probe.AllowedMissShare - (capacity.AllowedMissShare ?? probe.AllowedMissShare)) > 1e-9)
            ? " A probe decided by another level shows the misses of that level." : "");

    private static string Description(SpaceCapacity capacity, MissCurve curve)
    {
        CapacityPoint[] some = [.. Thinning.Evenly(capacity.Curve, 5)];
        string predicted = some.Length == 0 ? "" : "Predicted misses: "
            + string.Join(", ", some.Select(point => $"{CapacityVerdict.People(point.People)} {Percent(point.MissShare)} %")) + ". ";
        string measured = curve.Probes.Count == 0 ? "" : "Probes: " + string.Join(", ", curve.Probes.Select(probe =>
            $"{CapacityVerdict.People(probe.People)} {Percent(probe.MissShare)} %, {probe.Verdict.ToLowerInvariant()}")) + ". ";
        return predicted + measured
            + (capacity.AllowedMissShare is double allowed ? $"Allowed are {Percent(allowed)} %." : "");
    }

    /// <summary>A disc, a cross or a diamond: nobody needs to tell colours apart.</summary>
    private static string Shape(CapacityProbe probe, double x, double y) => probe.Verdict switch
    {
        Verdict.Pass => ScatterChart.Shape(PointKind.Answered, x, y, size: 1.8),
        Verdict.Fail => ScatterChart.Shape(PointKind.Failed, x, y, size: 1.3),
        _ => ScatterChart.Shape(PointKind.Throttled, x, y, size: 1.3),
    };

    private static string CssClass(CapacityProbe probe) => probe.Verdict switch
    {
        Verdict.Pass => "pass",
        Verdict.Fail => "fail",
        _ => "undecided",
    };

    private static string Percent(double? share) => ProbeShare.Shown(100 * share);
}
