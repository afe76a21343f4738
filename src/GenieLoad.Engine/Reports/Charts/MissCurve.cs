using GenieLoad.Model;

namespace GenieLoad.Engine.Reports.Charts;

/// <summary>
/// The curve of misses as far as it is worth drawing, in percent: what lies far above the allowed share would press the part that matters
/// to the floor.
/// </summary>
/// <param name="MostPeople">Right end of the chart.</param>
/// <param name="MostPercent">Upper end of the chart.</param>
/// <param name="Points">The curve within the chart.</param>
/// <param name="Band">Its band within the chart.</param>
/// <param name="Probes">The probes that can be drawn.</param>
internal sealed record MissCurve(
    double MostPeople, double MostPercent, IReadOnlyList<CurvePoint> Points, IReadOnlyList<CurvePoint> Band,
    IReadOnlyList<CapacityProbe> Probes)
{
    private const double TimesAllowed = 5;
    private const double LeastPercent = 2;
    private const int Steps = 200;
    private const int LeastStepsBetweenPoints = 10;

    /// <summary>That of a capacity.</summary>
    public static MissCurve Of(SpaceCapacity capacity)
    {
        CapacityProbe[] probes = [.. capacity.Probes.Where(probe => probe.MissShare is not null)];
        double allowed = capacity.AllowedMissShare ?? probes.FirstOrDefault()?.AllowedMissShare ?? 0.2;
        double most = Math.Min(100, probes.Select(probe => 110 * probe.MissShare!.Value)
            .Append(100 * TimesAllowed * allowed).Append(LeastPercent).Max());
        // Where the axis ends at a round number, the curve goes on to there.
        most = Math.Min(100, LinearScale.Over(0, most).To);
        CurvePoint[] fine = [.. Fine([.. capacity.Curve])];
        double people = fine.TakeWhile(point => point.Lower <= most).Select(point => point.X)
            .Concat(probes.Select(probe => 1.1 * probe.People)).Append((capacity.PeoplePredicted ?? 0) * 1.1).Append(2).Max();
        people = PeopleScale(people, ChartSize.Wide).To;
        return new MissCurve(
            people, most, [.. fine.TakeWhile(point => point.Y <= most && point.X <= people)],
            [.. fine.TakeWhile(point => point.Lower <= most && point.X <= people)
                .Select(point => point with { Upper = Math.Min(most, point.Upper!.Value) })],
            probes);
    }

    /// <summary>An axis of people; there is no half person, so it has marks at whole numbers only.</summary>
    /// <param name="people">At least so many, from 1.</param>
    /// <param name="size">The room.</param>
    public static LinearScale PeopleScale(double people, ChartSize size) =>
        LinearScale.Over(0, people, Math.Min(size.HorizontalMarks, (int)people));

    /// <summary>Straight lines in small steps, so that the curve can end at the frame.</summary>
    private static IEnumerable<CurvePoint> Fine(CapacityPoint[] points)
    {
        int steps = Math.Max(LeastStepsBetweenPoints, Steps / Math.Max(1, points.Length));
        for (int i = 0; i < points.Length - 1; i++)
        {
            for (int step = 0; step < steps; step++)
                yield return Between(points[i], points[i + 1], (double)step / steps);
        }

        if (points.Length > 0)
            yield return Between(points[^1], points[^1], 0);
    }

    private static CurvePoint Between(CapacityPoint from, CapacityPoint to, double share)
    {
        return new CurvePoint(
            from.People + (share * (to.People - from.People)), Mix(from.MissShare, to.MissShare), Mix(from.Lower, to.Lower),
            Mix(from.Upper, to.Upper));

        double Mix(double a, double b) => 100 * (a + (share * (b - a)));
    }
}
