namespace GenieLoad.Engine.Reports.Charts;

/// <summary>A curve with the band within which it lies; where there is no band it is dashed.</summary>
internal static class CurveChart
{
    /// <summary>Draws band and curve.</summary>
    public static void Draw(Plot plot, string name, IReadOnlyList<CurvePoint> points)
    {
        CurvePoint[] known = [.. points.Where(point => point.Lower is not null && point.Upper is not null)];
        if (known.Length > 1)
        {
            plot.Add(Svg.Path(
                $"band {name}",
                [
                    .. known.Select(point => (plot.X(point.X), plot.Y(point.Upper!.Value))),
                    .. Enumerable.Reverse(known).Select(point => (plot.X(point.X), plot.Y(point.Lower!.Value))),
                ],
                closed: true));
        }

        if (points.Count > 1)
            plot.Add(Svg.Path($"line weak {name}", points.Select(point => (plot.X(point.X), plot.Y(point.Y)))));
        if (known.Length > 1)
            plot.Add(Svg.Path($"line {name}", known.Select(point => (plot.X(point.X), plot.Y(point.Y)))));
    }
}

/// <summary>A point of a curve, with the ends of its interval where there is one.</summary>
internal readonly record struct CurvePoint(double X, double Y, double? Lower, double? Upper);
