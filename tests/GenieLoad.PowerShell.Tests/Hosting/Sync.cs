namespace GenieLoad.PowerShell.Tests.Hosting;

/// <summary>Waits for a sign from the code under test; a sign that never comes fails the test instead of hanging it.</summary>
public static class Sync
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Waits until the event is set.</summary>
    /// <param name="signal">The event.</param>
    /// <param name="what">What is waited for, for the failure's text.</param>
    public static void Await(ManualResetEventSlim signal, string what) =>
        Assert.True(signal.Wait(Patience), $"Waited {Patience.TotalSeconds} s in vain for: {what}.");
}
