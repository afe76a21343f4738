namespace GenieLoad.PowerShell.Tests.Hosting;

/// <summary>Waits for a sign from the code under test; a sign that never comes fails the test instead of hanging it.</summary>
public static class Sync
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    /// <summary>Waits until the event is set.</summary>
    /// <param name="signal">The event.</param>
    /// <param name="what">What is waited for, for the failure's text.</param>
    public static void Await(ManualResetEventSlim signal, string what) =>
        Assert.True(signal.Wait(Patience), $"Waited {Patience.TotalSeconds} s in vain for: {what}.");

    /// <summary>Waits until something holds that gives no sign of its own, such as a file of another process.</summary>
    /// <param name="condition">What is waited for.</param>
    /// <param name="what">The same, for the failure's text.</param>
    public static void Await(Func<bool> condition, string what)
    {
        // Not SpinWait, which looks a thousand times a second and takes a processor from what is waited for.
        for (long began = Environment.TickCount64; !condition(); Thread.Sleep(20))
        {
            bool isPatient = Environment.TickCount64 - began < Patience.TotalMilliseconds;
            Assert.True(isPatient, $"Waited {Patience.TotalSeconds} s in vain for: {what}.");
        }
    }
}
