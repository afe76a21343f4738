namespace GenieLoad.Engine.Tests.Campaign;

/// <summary>The clock of one place: time passes as for all, its wall clock may be wrong.</summary>
/// <param name="clock">The clock of all.</param>
/// <param name="aheadSeconds">Seconds by which its wall clock is ahead.</param>
internal sealed class PlaceClock(CampaignClock clock, double aheadSeconds) : TimeProvider
{
    public override long TimestampFrequency => clock.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => clock.GetUtcNow().AddSeconds(aheadSeconds);

    public override long GetTimestamp() => clock.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        clock.CreateTimer(callback, state, dueTime, period);
}
