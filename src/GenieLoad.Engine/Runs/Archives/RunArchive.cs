using System.IO.Compression;
using GenieLoad.Engine.Files;
using GenieLoad.Model;

namespace GenieLoad.Engine.Runs.Archives;

/// <summary>The folders of runs in a zip file: to carry them from one machine to another.</summary>
public static class RunArchive
{
    // JSON of a run shrinks to a tenth, or to a fiftieth where every answer is the same.
    private const long MostTimesLarger = 200;
    private const long AlwaysAllowed = 64L << 20;
    private const int MostEntries = 200_000;
    private const uint ZipMark = 0x04034b50;

    // Kept by nobody: they tell of a process on the machine where the run is.
    private static readonly string[] LeftOut = ["run.lock", "steering-request.json"];

    /// <summary>Whether a file begins as a zip file does.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="GenieLoadException"><c>ArchiveUnreadable</c>.</exception>
    public static bool IsOne(string path)
    {
        try
        {
            using Stream file = BoundedFile.OpenRead(path, BoundedFile.LinesSize);
            Span<byte> head = stackalloc byte[sizeof(uint)];
            return file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) == head.Length
                && System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(head) == ZipMark;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw ArchivesErrors.ArchiveUnreadable(path, exception.Message, exception);
        }
    }

    /// <summary>Whether every file in an archive is what was packed, by the sum that was packed with it.</summary>
    /// <param name="path">The archive.</param>
    internal static bool IsWhole(string path)
    {
        try
        {
            using ZipArchive archive = ZipFile.OpenRead(path);
            return archive.Entries.All(entry => Copy(entry, Stream.Null, long.MaxValue) is not null);
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException or NotSupportedException)
        {
            return false;
        }
    }

    /// <summary>Refuses a run that has no folder, or is not over, before anything is written.</summary>
    /// <param name="run">The run.</param>
    /// <exception cref="GenieLoadException"><c>RunNotPacked</c>, <c>RunStillRunning</c>.</exception>
    public static void Check(LoadRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        if (run.RunPath is null || !new RunFolder(run.RunPath).Exists)
            throw ArchivesErrors.RunNotPacked(run.RunId, run.RunPath);
        if (new RunFolder(run.RunPath).IsHeld())
            throw RunsErrors.RunStillRunning(run.RunPath);
    }

    /// <summary>Writes the folder of a run as a zip file, its own files only, whole lines only.</summary>
    /// <param name="run">The run.</param>
    /// <param name="stream">Where to.</param>
    /// <param name="without">Name of a file that is left out; <see langword="null"/> for none.</param>
    /// <exception cref="GenieLoadException"><c>RunNotPacked</c>.</exception>
    public static void Write(LoadRun run, Stream stream, string? without = null)
    {
        Check(run);
        var folder = new RunFolder(run.RunPath!);
        using ZipArchive archive = new(stream, ZipArchiveMode.Create, leaveOpen: true);
        foreach (string path in folder.OwnFiles.Where(
            path => !LeftOut.Contains(Path.GetFileName(path)) && Path.GetFileName(path) != without && FileKind.IsOwnFile(path)))
        {
            ZipArchiveEntry entry = archive.CreateEntry($"{run.RunId}/{Path.GetFileName(path)}", CompressionLevel.Optimal);
            using Stream packed = entry.Open();
            using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (Path.GetExtension(path) == ".json")
                file.CopyTo(packed);
            else
                TornLine.CopyWhole(file, packed);
        }
    }

    /// <summary>
    /// Unpacks the runs of an archive. What it says is data: only files with the names that a run's have are taken, from folders that hold
    /// a <c>run.json</c>, and where they go is our choice alone.
    /// </summary>
    /// <param name="path">The archive.</param>
    /// <param name="target">An empty folder.</param>
    /// <returns>The folders of the runs, one each; none where it holds no run.</returns>
    /// <exception cref="GenieLoadException"><c>ArchiveUnreadable</c>, <c>ArchiveTooLarge</c>.</exception>
    public static IReadOnlyList<RunFolder> Unpack(string path, string target)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        try
        {
            using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
            using ZipArchive archive = new(file, ZipArchiveMode.Read);
            if (archive.Entries.Count > MostEntries)
                throw ArchivesErrors.ArchiveUnreadable(path, $"it has more than {MostEntries} entries.");
            string[] names = [.. new RunFolder(target).OwnFiles.Select(own => Path.GetFileName(own)).Except(LeftOut)];
            long most = AlwaysAllowed + (MostTimesLarger * file.Length);
            long left = most;
            List<RunFolder> folders = [];
            foreach (IGrouping<string, ZipArchiveEntry> group in archive.Entries
                .Where(entry => names.Contains(NameOf(entry), StringComparer.Ordinal)).GroupBy(FolderOf, StringComparer.Ordinal)
                .Where(group => group.Any(entry => NameOf(entry) == "run.json")))
            {
                RunFolder folder = new(Path.Combine(target, FormattableString.Invariant($"{folders.Count + 1}")));
                folder.Create();
                foreach (ZipArchiveEntry entry in group)
                    left -= Unpack(path, entry, Path.Combine(folder.Path, Array.Find(names, name => name == NameOf(entry))!), left, most);
                folders.Add(folder);
            }
            return folders;
        }
        catch (Exception exception) when (
            exception is InvalidDataException or IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw ArchivesErrors.ArchiveUnreadable(path, exception.Message, exception);
        }
    }

    // Counted as it comes: what an entry says of its length is data too.
    private static long Unpack(string path, ZipArchiveEntry entry, string file, long left, long most)
    {
        if (File.Exists(file))
            throw ArchivesErrors.ArchiveUnreadable(path, $"a run in it has two files {Path.GetFileName(file)}.");
        using FileStream unpacked = OwnerFile.Open(file, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        long written = Copy(entry, unpacked, left)
            ?? throw ArchivesErrors.ArchiveUnreadable(path, $"{Path.GetFileName(file)} in it is damaged.");
        return written <= left ? written : throw ArchivesErrors.ArchiveTooLarge(path, most);
    }

    /// <summary>Copies a file out of an archive, or the beginning of it that is just more than so many bytes.</summary>
    /// <returns>Bytes written; <see langword="null"/> where they are not what was packed.</returns>
    private static long? Copy(ZipArchiveEntry entry, Stream target, long most)
    {
        using Stream packed = entry.Open();
        byte[] buffer = new byte[128 * 1024];
        Crc32 sum = default;
        long written = 0;
        int read;
        while (written <= most && (read = packed.Read(buffer)) > 0)
        {
            target.Write(buffer, 0, read);
            sum.Add(buffer.AsSpan(0, read));
            written += read;
        }
        return written > most || sum.Value == entry.Crc32 ? written : null;
    }

    // Windows tools write backslashes.
    private static int SlashOf(ZipArchiveEntry entry) => entry.FullName.AsSpan().LastIndexOfAny('/', '\\');

    private static string NameOf(ZipArchiveEntry entry) => entry.FullName[(SlashOf(entry) + 1)..];

    private static string FolderOf(ZipArchiveEntry entry) => entry.FullName[..Math.Max(0, SlashOf(entry))].Replace('\\', '/');
}
