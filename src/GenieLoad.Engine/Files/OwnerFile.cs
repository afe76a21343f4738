namespace GenieLoad.Engine.Files;

/// <summary>
/// Files that only their owner may read (mode 600): those of a run hold what people asked and were told, and a copy of its folder may be
/// open to everybody. On Windows a file has the permissions of its folder. Exports keep the mode that their user has chosen for new files.
/// </summary>
internal static class OwnerFile
{
    private const int UsualBuffer = 4096;

    /// <summary>Opens a file; one that is there keeps its mode.</summary>
    /// <param name="path">Where.</param>
    /// <param name="mode">One that makes the file where it is missing.</param>
    /// <param name="access">What is to be done with it.</param>
    /// <param name="share">What others may do with it meanwhile.</param>
    /// <param name="bufferSize">Bytes; 0 for no buffer.</param>
    /// <exception cref="IOException">It cannot be opened.</exception>
    public static FileStream Open(string path, FileMode mode, FileAccess access, FileShare share, int bufferSize = UsualBuffer)
    {
        var options = new FileStreamOptions { Mode = mode, Access = access, Share = share, BufferSize = bufferSize };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(path, options);
    }

    /// <summary>Writes a file whole or not at all, as <see cref="AtomicFile.Write(string, Action{Stream}, bool)"/> does.</summary>
    /// <param name="path">Where; its folder must exist.</param>
    /// <param name="write">Writes the content into the stream, which is neither to be closed nor kept.</param>
    /// <param name="overwrite">Whether a file that is there is replaced; otherwise it is an error.</param>
    /// <exception cref="Model.GenieLoadException"><c>FileExists</c>, <c>FolderNotFound</c>, <c>FileNotWritable</c>.</exception>
    public static void Write(string path, Action<Stream> write, bool overwrite) => AtomicFile.Write(
        path, write, overwrite, temporary => Open(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None));
}
