using System.Runtime.InteropServices;

namespace GenieLoad.PowerShell.Pipeline;

/// <summary>
/// SIGTERM, by which service managers and container platforms end a process. PowerShell does nothing about it: as an ordinary process it
/// ends at once, and as the first process of a container, where the kernel drops signals that nobody handles, it goes on until it is
/// killed.
/// </summary>
internal static class TerminationSignal
{
    /// <summary>
    /// Does something at the first SIGTERM, which then does not end the process; a second one does what it does without this.
    /// </summary>
    /// <param name="stop">What to do, on another thread.</param>
    /// <returns>Ends the watch; <see langword="null"/> on Windows, which has no such signal for a console.</returns>
    public static IDisposable? Watch(Action stop)
    {
        if (OperatingSystem.IsWindows())
            return null;
        int signals = 0;
        return PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
        {
            if (Interlocked.Increment(ref signals) > 1)
                return;
            context.Cancel = true;
            stop();
        });
    }
}
