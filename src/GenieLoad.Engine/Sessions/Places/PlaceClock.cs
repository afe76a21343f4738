namespace GenieLoad.Engine.Sessions.Places;

/// <summary>How far the clock of a place is from the local one, as seen through its connection.</summary>
/// <param name="OffsetSeconds">Seconds by which it is ahead; below 0 where it is behind.</param>
/// <param name="HalfWidthSeconds">The true offset is at most so many seconds away: half the round trip.</param>
public sealed record PlaceClock(double OffsetSeconds, double HalfWidthSeconds)
{
    /// <summary>Seconds that it is off at least.</summary>
    public double CertainSeconds => Math.Max(0, Math.Abs(OffsetSeconds) - HalfWidthSeconds);

    /// <summary>What the clock of the place shows at a local instant; the instant itself where both may be alike.</summary>
    /// <param name="instant">The instant, UTC.</param>
    public DateTime There(DateTime instant) => CertainSeconds > 0 ? instant.AddSeconds(OffsetSeconds) : instant;

    /// <summary>Looks at a clock a few times; the shortest round trip tells most.</summary>
    /// <param name="read">Asks the place.</param>
    /// <param name="time">The local clock.</param>
    public static async Task<PlaceClock> MeasureAsync(Func<Task<DateTime>> read, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(read);
        ArgumentNullException.ThrowIfNull(time);
        PlaceClock? best = null;
        for (int look = 0; look < 3; look++)
        {
            DateTime sent = time.GetUtcNow().UtcDateTime;
            long began = time.GetTimestamp();
            DateTime there = await read().ConfigureAwait(false);
            double half = time.GetElapsedTime(began).TotalSeconds / 2;
            if (best is null || half < best.HalfWidthSeconds)
                best = new PlaceClock((there - sent).TotalSeconds - half, half);
        }
        return best!;
    }
}
