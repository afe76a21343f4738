namespace GenieLoad.Engine.Scenarios.Arrivals;

/// <summary>A rate that holds for a time.</summary>
/// <param name="PerMinute">Arrivals per minute; 0 for a pause.</param>
/// <param name="Seconds">How long, above 0.</param>
internal readonly record struct Stage(double PerMinute, double Seconds)
{
    /// <summary>Arrivals in it, fractions included.</summary>
    public double Arrivals => PerMinute * Seconds / 60;
}
