using System.Runtime.InteropServices;

namespace GenieLoad.Engine.Files;

/// <summary>What stands behind a path, found out without opening it: to open a named pipe is to wait for whoever writes into it.</summary>
internal static class FileKind
{
    private const int KindBits = 0xF000;
    private const int RegularFile = 0x8000;
    private const int Folder = 0x4000;

    /// <summary>
    /// Whether a path leads, links followed, to something that is neither a file on a disk nor a folder: a named pipe, a device, a socket.
    /// False where nothing is there, and where the system does not tell; whoever opens it finds out.
    /// </summary>
    /// <param name="path">Full path.</param>
    public static bool IsPipeOrDevice(string path) => Mode(path) is { } mode && (mode & KindBits) is not (RegularFile or Folder);

    /// <summary>Whether a path is itself, not by a link, a file on a disk.</summary>
    /// <param name="path">Full path.</param>
    public static bool IsOwnFile(string path) => File.Exists(path) && new FileInfo(path).LinkTarget is null && !IsPipeOrDevice(path);

    private static int? Mode(string path)
    {
        if (OperatingSystem.IsWindows())
            return IsWindowsDevice(path) ? 0 : null;
        try
        {
            return Stat(path, out FileStatus status) == 0 ? status.Mode : null;
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException)
        {
            return null;
        }
    }

    /// <summary>
    /// Whether a full path of Windows leads to a device or a named pipe; names such as CON and NUL have become such a path by then.
    /// </summary>
    internal static bool IsWindowsDevice(string path) =>
        path.StartsWith(@"\\.\", StringComparison.Ordinal) || path.StartsWith(@"\\?\PIPE\", StringComparison.OrdinalIgnoreCase);

    // .NET asks the system by this function, and has no other that tells what kind a file is.
    [DllImport("libSystem.Native", EntryPoint = "SystemNative_Stat")]
    private static extern int Stat([MarshalAs(UnmanagedType.LPUTF8Str)] string path, out FileStatus status);

    // Its first two fields; the room is for those that follow, in this version of .NET or in a later one.
    [StructLayout(LayoutKind.Explicit, Size = 512)]
    private struct FileStatus
    {
        [FieldOffset(sizeof(int))]
        public int Mode;
    }
}
