using System.Text;

namespace GenieLoad.Engine.Files;

/// <summary>
/// The one way in which a file is opened that somebody named, or that lies in a folder which others can write: only a file on a disk, and
/// only up to a measure. What is neither is an <see cref="IOException"/> whose text says so, like any other file that cannot be read.
/// </summary>
internal static class BoundedFile
{
    /// <summary>Bytes of a settings file or a manifest: 16 MB.</summary>
    public const long SmallSize = 16L << 20;

    /// <summary>Bytes of a file that a person made: questions, scenarios, instants to replay; 256 MB.</summary>
    public const long InputSize = 256L << 20;

    /// <summary>
    /// Bytes of a file that is read as a whole and grows with the number of questions: 1 GB, which is what the reader of JSON can hold.
    /// </summary>
    public const long WholeSize = 1L << 30;

    /// <summary>Bytes of a file that is read line by line: 1 TB.</summary>
    public const long LinesSize = 1L << 40;

    /// <summary>Opens a file for reading while others may write it.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="maximumBytes">Bytes after which reading fails.</param>
    /// <exception cref="IOException">
    /// It is no file on a disk, it is larger, or it cannot be opened. Reading throws it too: a file can grow.
    /// </exception>
    public static Stream OpenRead(string path, long maximumBytes)
    {
        RefusePipeOrDevice(path);
        FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        try
        {
            if (!file.CanSeek)
                throw NotAFile();
            if (file.Length > maximumBytes)
                throw TooLarge(maximumBytes);
            return new BoundedStream(file, maximumBytes);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>The whole content of a file.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="maximumBytes">Bytes after which reading fails.</param>
    /// <exception cref="IOException">As <see cref="OpenRead"/>.</exception>
    public static byte[] ReadAllBytes(string path, long maximumBytes)
    {
        using Stream file = OpenRead(path, maximumBytes);
        using MemoryStream content = new((int)Math.Min(file.Length, Array.MaxLength));
        file.CopyTo(content);
        return content.Length == content.Capacity ? content.GetBuffer() : content.ToArray();
    }

    /// <summary>The lines of a text file in UTF-8, or in what its byte order mark says.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="maximumBytes">Bytes after which reading fails.</param>
    /// <exception cref="IOException">As <see cref="OpenRead"/>.</exception>
    public static string[] ReadAllLines(string path, long maximumBytes)
    {
        using StreamReader reader = new(OpenRead(path, maximumBytes), Encoding.UTF8);
        List<string> lines = [];
        while (reader.ReadLine() is { } line)
            lines.Add(line);
        return [.. lines];
    }

    /// <summary>Refuses what is neither a file on a disk nor a folder, before anybody opens it.</summary>
    /// <param name="path">Its path.</param>
    /// <exception cref="IOException">It is a named pipe, a device or a socket.</exception>
    public static void RefusePipeOrDevice(string path)
    {
        if (FileKind.IsPipeOrDevice(Path.GetFullPath(path)))
            throw NotAFile();
    }

    /// <summary>A size in words: <c>16 MB</c>.</summary>
    internal static string InWords(long bytes)
    {
        string[] units = ["bytes", "KB", "MB", "GB", "TB"];
        int unit = 0;
        for (; bytes >= 1024 && bytes % 1024 == 0 && unit < units.Length - 1; unit++)
            bytes /= 1024;
        return $"{bytes} {units[unit]}";
    }

    internal static IOException TooLarge(long maximumBytes) =>
        new($"It is larger than {InWords(maximumBytes)}, the most that is read of such a file.");

    private static IOException NotAFile() => new("It is a named pipe or a device, not a file on a disk.");
}
