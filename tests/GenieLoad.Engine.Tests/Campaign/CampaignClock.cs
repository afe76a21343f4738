using Microsoft.Extensions.Time.Testing;

namespace GenieLoad.Engine.Tests.Campaign;

/// <summary>
/// A fake clock whose wall clock somebody sets under way. Timers and durations do not know of that, as on a real machine.
/// </summary>
internal sealed class CampaignClock() : FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero))
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private long _ahead;

    /// <summary>Sets the wall clock.</summary>
    /// <param name="seconds">By so many seconds, back where below 0.</param>
    public void SetWallClock(double seconds) => Interlocked.Add(ref _ahead, TimeSpan.FromSeconds(seconds).Ticks);

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddTicks(Interlocked.Read(ref _ahead));

    // The one beneath would take it from the wall clock.
    public override long GetTimestamp() => base.GetUtcNow().Ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>Does something once, some seconds from now.</summary>
    public ITimer After(double seconds, Action what) =>
        CreateTimer(_ => what(), null, TimeSpan.FromSeconds(seconds), Timeout.InfiniteTimeSpan);

    /// <summary>
    /// Lets time pass until the work is done. What is cancelled goes on on other threads, so time also passes for as long as that takes.
    /// </summary>
    /// <param name="start">The work.</param>
    /// <param name="sleepAtSeconds">When a time passes in one go, as on a machine that sleeps; never unless given.</param>
    /// <param name="sleepSeconds">How long that is.</param>
    public async Task<T> Drive<T>(Func<Task<T>> start, double? sleepAtSeconds = null, double sleepSeconds = 0)
    {
        long from = GetTimestamp();
        SynchronizationContext.SetSynchronizationContext(null);
        Task<T> work = start();
        long began = TimeProvider.System.GetTimestamp();
        while (!work.IsCompleted)
        {
            Advance(Step);
            if (GetElapsedTime(from).TotalSeconds >= sleepAtSeconds)
            {
                Advance(TimeSpan.FromSeconds(sleepSeconds));
                sleepAtSeconds = null;
                // What the sleep cut off ends on other threads; no time may pass before it has.
                SpinWait.SpinUntil(() => ThreadPool.PendingWorkItemCount == 0, Patience);
            }
            Assert.True(TimeProvider.System.GetElapsedTime(began) < Patience, "The run hangs.");
        }
        return await work.ConfigureAwait(false);
    }
}
