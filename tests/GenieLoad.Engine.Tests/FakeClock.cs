using Microsoft.Extensions.Time.Testing;

namespace GenieLoad.Engine.Tests;

/// <summary>Drives work that waits on a fake clock.</summary>
internal static class FakeClock
{
    /// <summary>
    /// Starts the work and lets time pass in small steps until it is done. Without a synchronization context every continuation runs
    /// inside the step that made it possible, so that the same test takes the same way each time.
    /// </summary>
    public static Task<T> Drive<T>(this FakeTimeProvider time, Func<Task<T>> start, double atMostSeconds = 3600, double stepSeconds = 0.01)
    {
        SynchronizationContext? testContext = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            Task<T> work = start();
            TimeSpan step = TimeSpan.FromSeconds(stepSeconds);
            for (double passed = 0; !work.IsCompleted; passed += stepSeconds)
            {
                Assert.True(passed < atMostSeconds, $"Still not done after {atMostSeconds} s of fake time.");
                time.Advance(step);
            }
            return work;
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(testContext);
        }
    }

    public static Task Drive(this FakeTimeProvider time, Func<Task> start, double atMostSeconds = 3600, double stepSeconds = 0.01) =>
        time.Drive(async () => { await start(); return true; }, atMostSeconds, stepSeconds);
}
