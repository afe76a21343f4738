using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace GenieLoad.Host.Terminals;

/// <summary>A Windows console shows escape sequences only when asked to; any other terminal understands them.</summary>
internal static partial class WindowsConsole
{
    private const int StandardOutput = -11;
    private const int StandardError = -12;
    private const uint EnableVirtualTerminalProcessing = 4;

    /// <returns>Whether the stream understands escape sequences from now on.</returns>
    public static bool EnableEscapes(bool isError)
    {
        if (!OperatingSystem.IsWindows())
            return true;
        var handle = GetStdHandle(isError ? StandardError : StandardOutput);
        return GetConsoleMode(handle, out var mode) && SetConsoleMode(handle, mode | EnableVirtualTerminalProcessing);
    }

    [LibraryImport("kernel32.dll")]
    [SupportedOSPlatform("windows")]
    private static partial nint GetStdHandle(int handle);

    [LibraryImport("kernel32.dll")]
    [SupportedOSPlatform("windows")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool GetConsoleMode(nint handle, out uint mode);

    [LibraryImport("kernel32.dll")]
    [SupportedOSPlatform("windows")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool SetConsoleMode(nint handle, uint mode);
}
