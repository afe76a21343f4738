using GenieLoad.Engine.Figures;
using GenieLoad.Engine.Http;
using GenieLoad.Engine.Statistics;

namespace GenieLoad.Engine.Running;

/// <summary>
/// How far the clock of a run is from the service's. Each answer says it within a second: what left the service at second D, by its Date
/// header, was sent before and received after that. Answers of all phases of a second together say it within the round trip.
/// </summary>
internal static class ClockReader
{
    /// <summary>What the answers agree on; <see langword="null"/> where half of them contradict the others.</summary>
    /// <param name="samples">The answers.</param>
    /// <param name="clock">Clock of the run.</param>
    public static ClockReading? Read(IEnumerable<ClockSample> samples, RunClock clock)
    {
        return IntervalAgreement.Of([.. samples.Select(sample => (
            Lower: (sample.Date - At(sample.ReceivedAt)).TotalSeconds, Upper: (sample.Date - At(sample.SentAt)).TotalSeconds + 1))])
            is (double lower, double upper)
            ? new ClockReading((lower + upper) / 2, (upper - lower) / 2)
            : null;

        DateTime At(long? timestamp) => clock.Utc(timestamp)!.Value;
    }

    /// <summary>
    /// The reading of a run from those of two stretches: what both allow; the later one, where the clock was set in between.
    /// </summary>
    /// <param name="before">That of the stretch before.</param>
    /// <param name="after">That of the later one.</param>
    public static ClockReading? Joined(ClockReading? before, ClockReading? after)
    {
        if (before is null || after is null)
            return after ?? before;
        double lower = Math.Max(before.OffsetSeconds - before.HalfWidthSeconds, after.OffsetSeconds - after.HalfWidthSeconds);
        double upper = Math.Min(before.OffsetSeconds + before.HalfWidthSeconds, after.OffsetSeconds + after.HalfWidthSeconds);
        return lower <= upper ? new ClockReading((lower + upper) / 2, (upper - lower) / 2) : after;
    }
}
