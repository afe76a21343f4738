namespace GenieLoad.Engine.Files;

/// <summary>
/// Writes a file whole or not at all: into a temporary file in the same folder, flushed to disk, then moved into place. A reader never
/// sees half a file, and a failure leaves what was there before.
/// </summary>
public static class AtomicFile
{
    private const int MostTries = 20;

    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(50);

    /// <summary>Writes a file.</summary>
    /// <param name="path">Where; its folder must exist.</param>
    /// <param name="write">Writes the content into the stream, which is neither to be closed nor kept.</param>
    /// <param name="overwrite">Whether a file that is there is replaced; otherwise it is an error.</param>
    /// <exception cref="Model.GenieLoadException"><c>FileExists</c>, <c>FolderNotFound</c>, <c>FileNotWritable</c>.</exception>
    public static void Write(string path, Action<Stream> write, bool overwrite) => Write(
        path, write, overwrite, temporary => new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None));

    /// <summary>As above, with the temporary file made in another way.</summary>
    internal static void Write(string path, Action<Stream> write, bool overwrite, Func<string, FileStream> create)
    {
        ArgumentNullException.ThrowIfNull(write);
        string temporary = TemporaryFor(path, overwrite);
        try
        {
            using (FileStream stream = create(temporary))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            MoveIntoPlace(temporary, path, overwrite);
        }
        catch (Exception error) when (IsFileTrouble(error))
        {
            throw FilesErrors.FileNotWritable(path, temporary, error);
        }
        finally
        {
            Discard(temporary);
        }
    }

    /// <summary>Refuses what <see cref="Write(string, Action{Stream}, bool)"/> could not write, without writing.</summary>
    /// <param name="path">Where.</param>
    /// <param name="overwrite">Whether a file that is there may be replaced.</param>
    /// <exception cref="Model.GenieLoadException"><c>FileExists</c>, <c>FolderNotFound</c>.</exception>
    public static void Check(string path, bool overwrite)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        if (!overwrite && File.Exists(path))
            throw FilesErrors.FileExists(path);
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is string folder && !Directory.Exists(folder))
            throw FilesErrors.FolderNotFound(path, folder);
    }

    private static string TemporaryFor(string path, bool overwrite)
    {
        Check(path, overwrite);
        string full = Path.GetFullPath(path);
        return Path.Combine(Path.GetDirectoryName(full) ?? full, $".{Path.GetFileName(full)}.{Path.GetRandomFileName()}");
    }

    private static void MoveIntoPlace(string temporary, string path, bool overwrite)
    {
        try
        {
            WhenNobodyReads(() => File.Move(temporary, path, overwrite), OperatingSystem.IsWindows() && overwrite ? MostTries : 1);
        }
        catch (IOException) when (!overwrite && File.Exists(path))
        {
            // It came into being while we wrote.
            throw FilesErrors.FileExists(path);
        }
    }

    /// <summary>
    /// Tries again for a second. On Windows a file cannot be replaced while an editor, <c>Get-Content</c> or a virus scanner has it open,
    /// which is over in a moment.
    /// </summary>
    internal static void WhenNobodyReads(Action move, int tries)
    {
        for (int left = tries - 1; ; left--)
        {
            try
            {
                move();
                return;
            }
            catch (Exception error) when (left > 0 && error is (IOException or UnauthorizedAccessException))
            {
                Thread.Sleep(BetweenTries);
            }
        }
    }

    private static bool IsFileTrouble(Exception error) => error is IOException or UnauthorizedAccessException or NotSupportedException;

    private static void Discard(string temporary)
    {
        try
        {
            // After a good move there is nothing left to delete.
            File.Delete(temporary);
        }
        catch (Exception error) when (IsFileTrouble(error))
        {
            // A left-over temporary file must not hide the error that left it.
        }
    }
}
