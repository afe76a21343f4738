using System.Runtime.InteropServices;

namespace GenieLoad.Engine.Runs;

/// <summary>
/// The entries of a folder on the disk. On Unix the content of a new file can outlive a loss of power while its name does not, unless the
/// folder is brought to the disk as well. Windows keeps names in its own journal.
/// </summary>
internal static class FolderEntries
{
    private const int ReadOnly = 0;

    /// <summary>Brings the names in a folder to the disk, where the file system can.</summary>
    public static void ToDisk(string folder)
    {
        if (OperatingSystem.IsWindows())
            return;
        int handle = Open(folder, ReadOnly);
        if (handle < 0)
            return;
        _ = Sync(handle);
        _ = Close(handle);
    }

    [DllImport("libc", EntryPoint = "open", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Sync(int handle);

    [DllImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int handle);
}
