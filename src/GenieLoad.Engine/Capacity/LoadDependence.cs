using GenieLoad.Engine.Statistics;

namespace GenieLoad.Engine.Capacity;

/// <summary>
/// Whether service times grow with what is in flight: <c>S = S0 × max(1, in flight / slots)</c>. It is said only where two tests agree, the
/// rank-sum test between the half with less in flight and the half with more, and the slope of the logarithm over the number in flight.
/// </summary>
/// <param name="Slots">Questions in flight above which times grow; <see langword="null"/> where they are not seen to.</param>
/// <param name="PValue">How likely so large a difference of the halves is by chance; <see langword="null"/> where it can't be told.</param>
/// <param name="GrowthPerQuestion">Share by which a time grows with each question more in flight; <see langword="null"/> likewise.</param>
internal sealed record LoadDependence(double? Slots, double? PValue, double? GrowthPerQuestion)
{
    // A false alarm in a hundred searches; with fewer in a half the test can hardly reach it.
    private const double Significance = 0.01;
    private const int LeastInHalf = 5;
    private const int GridSteps = 60;

    /// <summary>Nothing is known of it.</summary>
    public static LoadDependence Unknown { get; } = new(null, null, null);

    /// <summary>Whether times were shown to grow.</summary>
    public bool Grows => Slots is not null;

    /// <summary>Whether there was enough at different loads to tell.</summary>
    public bool IsKnown => PValue is not null;

    /// <summary>Looks at measured times.</summary>
    /// <param name="times">The times; failures, and those of which the number in flight is not known, are left out.</param>
    public static LoadDependence Of(IReadOnlyCollection<ServiceTime> times)
    {
        (double InFlight, double Log)[] points = Points(times);
        if (points.Length < 2 * LeastInHalf)
            return Unknown;
        double[] loads = [.. points.Select(point => point.InFlight).Order()];
        double middle = Percentile.Of(loads, 50);
        // With few different loads the median itself may be the lowest or the highest of them.
        Func<double, bool> isLow = loads[0] < middle ? load => load < middle : load => load <= middle;
        double[] low = [.. points.Where(point => isLow(point.InFlight)).Select(point => point.Log)];
        double[] high = [.. points.Where(point => !isLow(point.InFlight)).Select(point => point.Log)];
        if (low.Length < LeastInHalf || high.Length < LeastInHalf)
            return Unknown;
        double? p = MannWhitney.PValue(low, high);
        (double slope, double error) = Slope(points);
        bool grows = p < Significance && slope > StudentT.Quantile(1 - (Significance / 2), points.Length - 2) * error;
        return new LoadDependence(grows ? BestSlots(points) : null, p, Math.Exp(slope) - 1);
    }

    /// <summary>The growth of other times, with what was shown taken for granted.</summary>
    /// <param name="times">The times.</param>
    public LoadDependence Refit(IReadOnlyCollection<ServiceTime> times)
    {
        (double InFlight, double Log)[] points = Points(times);
        return points.Length < 2 ? this : this with { Slots = BestSlots(points) ?? Slots };
    }

    /// <summary>What so many in flight multiply times by.</summary>
    /// <param name="inFlight">Questions in flight; <see langword="null"/> counts as one.</param>
    public double Growth(int? inFlight) => Math.Max(1, (inFlight ?? 1) / (Slots ?? double.PositiveInfinity));

    private static (double InFlight, double Log)[] Points(IEnumerable<ServiceTime> times) =>
        [.. times.Where(time => !time.IsFailed && time.InFlight > 0)
            .Select(time => ((double)time.InFlight!.Value, Math.Log(time.Seconds)))];

    private static (double Slope, double Error) Slope((double InFlight, double Log)[] points)
    {
        double x = points.Average(point => point.InFlight);
        double y = points.Average(point => point.Log);
        double squares = points.Sum(point => (point.InFlight - x) * (point.InFlight - x));
        double slope = points.Sum(point => (point.InFlight - x) * (point.Log - y)) / squares;
        double rest = points.Sum(point => Math.Pow(point.Log - y - (slope * (point.InFlight - x)), 2));
        return (slope, Math.Sqrt(rest / (points.Length - 2) / squares));
    }

    /// <summary>The slots with the least squares of the logarithms; none where growth fits no better than none.</summary>
    private static double? BestSlots((double InFlight, double Log)[] points)
    {
        double most = points.Max(point => point.InFlight);
        double bestSquares = Squares(points, double.PositiveInfinity);
        double? best = null;
        for (int i = 0; i < GridSteps; i++)
        {
            double slots = Math.Pow(most, (double)i / GridSteps);
            double squares = Squares(points, slots);
            if (squares < bestSquares)
                (best, bestSquares) = (slots, squares);
        }

        return best;
    }

    private static double Squares((double InFlight, double Log)[] points, double slots)
    {
        double sum = 0, squares = 0;
        foreach ((double inFlight, double log) in points)
        {
            double rest = log - Math.Log(Math.Max(1, inFlight / slots));
            sum += rest;
            squares += rest * rest;
        }

        return squares - (sum * sum / points.Length);
    }
}
