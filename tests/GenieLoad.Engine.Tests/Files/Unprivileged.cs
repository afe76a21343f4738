using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace GenieLoad.Engine.Tests.Files;

/// <summary>
/// Does something that has no rights to the files of others. Whoever tests as root, as containers do, may read everything; on Linux a
/// thread can lay that right down for a while.
/// </summary>
internal static class Unprivileged
{
    private const uint Nobody = 65534;

    /// <summary>Rights of a folder on the way: the owner's, and to everybody's reading.</summary>
    public const UnixFileMode OpenToAll =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    /// <summary>Whether there is somebody without rights here: not on Windows, and as root only on Linux.</summary>
    public static bool IsPossible => !OperatingSystem.IsWindows() && (OperatingSystem.IsLinux() || Environment.UserName != "root");

    /// <summary>Acts on this thread alone; the folders on the way must be open to everybody.</summary>
    public static void Act(Action action)
    {
        if (Environment.UserName != "root")
        {
            action();
            return;
        }
        Exception? thrown = null;
        // Of this thread only, which ends afterwards.
        var thread = new Thread(() =>
        {
            try
            {
                _ = SetFileSystemUser(Nobody);
                action();
            }
            catch (Exception exception)
            {
                thrown = exception;
            }
        });
        thread.Start();
        thread.Join();
        if (thrown is not null)
            ExceptionDispatchInfo.Throw(thrown);
    }

    [DllImport("libc", EntryPoint = "setfsuid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetFileSystemUser(uint user);
}
