namespace GenieLoad.Benchmarks;

/// <summary>A straight line through points, by least squares.</summary>
internal static class Trend
{
    /// <returns>The slope and its standard error.</returns>
    public static (double Slope, double Error) Of(IReadOnlyCollection<(double X, double Y)> points)
    {
        double meanX = points.Average(point => point.X), meanY = points.Average(point => point.Y);
        double spread = points.Sum(point => (point.X - meanX) * (point.X - meanX));
        double slope = points.Sum(point => (point.X - meanX) * (point.Y - meanY)) / spread;
        double rest = points.Sum(point => Math.Pow(point.Y - meanY - (slope * (point.X - meanX)), 2));
        return (slope, Math.Sqrt(rest / (points.Count - 2) / spread));
    }
}
