using System.Runtime.InteropServices;

namespace GenieLoad.Engine.Running;

/// <summary>
/// The rest of a wait, below a millisecond, where the system has a sleep that fine; .NET's own waits are of whole milliseconds. Nobody can
/// wake it.
/// </summary>
internal static class FineSleep
{
    private static readonly TimeSpan OneMillisecond = TimeSpan.FromMilliseconds(1);
    private static readonly bool IsThere = OperatingSystem.IsLinux() || OperatingSystem.IsMacOS();

    /// <summary>What is shorter can be slept; nothing, where the system has no such sleep.</summary>
    public static TimeSpan Longest => IsThere ? OneMillisecond : TimeSpan.Zero;

    /// <summary>
    /// How long to wait in whole milliseconds for a time of at least <see cref="Longest"/>: what is left over is slept. Where it cannot be,
    /// the wait is rounded up, because one that ends too early would have to be made twice.
    /// </summary>
    public static double WholeMilliseconds(TimeSpan time) =>
        IsThere ? Math.Floor(time.TotalMilliseconds) : Math.Ceiling(time.TotalMilliseconds);

    /// <summary>Sleeps for less than <see cref="Longest"/>, or a little longer.</summary>
    public static void For(TimeSpan time)
    {
        var request = new Timespec { Nanoseconds = (nint)time.TotalNanoseconds };
        _ = NanoSleep(in request, IntPtr.Zero);
    }

    [DllImport("libc", EntryPoint = "nanosleep")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int NanoSleep(in Timespec request, IntPtr left);

    [StructLayout(LayoutKind.Sequential)]
    private struct Timespec
    {
        public nint Seconds;
        public nint Nanoseconds;
    }
}
