namespace GenieLoad.Engine.Runs;

/// <summary>Tells whether a path still names the file that is open: what is written into a deleted file is lost without an error.</summary>
internal static class FilePlace
{
    // The two looks are taken one after the other; what differs once may only have changed in between.
    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(50);

    /// <summary>Whether a file is where it was opened.</summary>
    /// <param name="file">The open file; nothing may be left in its buffer.</param>
    public static bool Holds(FileStream file)
    {
        if (Same(file))
            return true;
        if (!File.Exists(file.Name))
            return false;
        Thread.Sleep(Again);
        return Same(file);
    }

    private static bool Same(FileStream file)
    {
        var there = new FileInfo(file.Name);
        return there.Exists
            // Windows lets nobody put another file in the place of an open one, and is late with the length that a folder shows.
            && (OperatingSystem.IsWindows()
                || (there.Length == file.Length && there.CreationTimeUtc == File.GetCreationTimeUtc(file.SafeFileHandle)));
    }
}
