namespace GenieLoad.Engine.Genie.Wire;

/// <summary>The service's time stamps: milliseconds since 1970, in older workspaces seconds.</summary>
internal static class EpochTime
{
    private const long LeastMilliseconds = 100_000_000_000;

    /// <summary>Seconds since 1970 of a stamp in either unit.</summary>
    /// <param name="stamp">The stamp. Seconds stay below the bound for ten thousand years; milliseconds passed it in 1973.</param>
    public static double Seconds(long stamp) => stamp < LeastMilliseconds ? stamp : stamp / 1000.0;

    /// <summary>
    /// Seconds from one stamp to another. Whole milliseconds are subtracted where that can be: the difference of seconds since 1970 would
    /// have digits that nobody measured.
    /// </summary>
    /// <param name="from">The earlier stamp.</param>
    /// <param name="to">The later stamp.</param>
    public static double Between(long from, long to) => from >= LeastMilliseconds && to >= LeastMilliseconds
        ? (to - from) / 1000.0
        : Seconds(to) - Seconds(from);

    /// <summary>Its instant, UTC; <see langword="null"/> without one, and for one that is no date.</summary>
    /// <param name="stamp">The stamp.</param>
    public static DateTime? Instant(long? stamp) =>
        stamp is long value && Seconds(value) is >= 0 and < 200_000_000_000 and double seconds
            ? DateTime.UnixEpoch.AddTicks((long)Math.Round(seconds * 1000) * TimeSpan.TicksPerMillisecond)
            : null;
}
