namespace GenieLoad.Engine.Figures;

/// <summary>How far the clock of a run is from the service's. Kept with the run.</summary>
/// <param name="OffsetSeconds">Seconds by which the service's clock is ahead; below 0 where it is behind.</param>
/// <param name="HalfWidthSeconds">The true offset is at most so many seconds away.</param>
public sealed record ClockReading(double OffsetSeconds, double HalfWidthSeconds)
{
    /// <summary>Whether the clock is certainly wrong: it cannot be that of the service.</summary>
    public bool IsOff => Math.Abs(OffsetSeconds) > HalfWidthSeconds;
}
