using Microsoft.Extensions.Time.Testing;

namespace GenieLoad.Engine.Tests;

/// <summary>Drives work that waits on a fake clock.</summary>
internal static class FakeClock
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(10);

    /// <summary>
    /// Starts the work and lets time pass in small steps until it is done. Without a synchronization context every continuation runs
    /// inside the step that made it possible, so that the same test takes the same way each time.
    /// </summary>
    public static Task<T> Drive<T>(this FakeTimeProvider time, Func<Task<T>> start, double atMostSeconds = 3600) =>
        WithoutContext(() =>
        {
            Task<T> work = start();
            long steps = (long)(atMostSeconds / Step.TotalSeconds);
            for (long i = 0; i < steps && !work.IsCompleted; i++)
                time.Advance(Step);
            // What was cancelled on the way ends on another thread, maybe after all of the fake time; what hangs fails here.
            return work.WaitAsync(TimeSpan.FromSeconds(30));
        });

    public static Task Drive(this FakeTimeProvider time, Func<Task> start, double atMostSeconds = 3600) =>
        time.Drive(async () => { await start(); return true; }, atMostSeconds);

    /// <summary>
    /// As <see cref="Drive(FakeTimeProvider, Func{Task}, double)"/>, for work of which parts go on by themselves on other threads, such as
    /// what was cancelled: they get some real time for each second of the fake one.
    /// </summary>
    public static async Task DriveWithPauses(this FakeTimeProvider time, Func<Task> start)
    {
        Task work = WithoutContext(start);
        for (long began = Environment.TickCount64; !work.IsCompleted && Environment.TickCount64 - began < 120_000;)
        {
            WithoutContext(() =>
            {
                for (int step = 0; step < 100 && !work.IsCompleted; step++)
                    time.Advance(Step);
                return 0;
            });
            await Task.Delay(1);
        }
        await work.WaitAsync(TimeSpan.FromSeconds(30));
    }

    /// <summary>
    /// Starts the work, lets some time pass, then cancels. A cancelled wait ends on another thread, so time stands still from there on
    /// until the work is done.
    /// </summary>
    public static Task<T> DriveThenCancel<T>(
        this FakeTimeProvider time, Func<CancellationToken, Task<T>> start, double cancelAfterSeconds) =>
        WithoutContext(async () =>
        {
            using var stop = new CancellationTokenSource();
            Task<T> work = start(stop.Token);
            for (TimeSpan passed = TimeSpan.Zero; passed.TotalSeconds < cancelAfterSeconds; passed += Step)
                time.Advance(Step);
            Assert.False(work.IsCompleted, "It was done before it could be cancelled.");
            await stop.CancelAsync();
            return await work.WaitAsync(TimeSpan.FromMinutes(1));
        });

    /// <summary>Acts where every continuation runs inside what made it possible.</summary>
    public static T WithoutContext<T>(Func<T> act)
    {
        SynchronizationContext? testContext = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            return act();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(testContext);
        }
    }
}
