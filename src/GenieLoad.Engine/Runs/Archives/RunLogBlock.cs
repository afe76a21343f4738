using System.Text;
using GenieLoad.Engine.Files;
using GenieLoad.Model;

namespace GenieLoad.Engine.Runs.Archives;

/// <summary>A run as a block of text in a log, for places from which nothing else comes back: the base64 of its archive.</summary>
public static class RunLogBlock
{
    internal const string Begin = "-----BEGIN GENIELOAD RUN ";
    internal const string BeginEnd = "-----";
    internal const string End = "-----END GENIELOAD RUN-----";

    // Container runtimes break lines of more than 16 KB.
    private const int LineLength = 1024;

    // They keep 10 MiB of a log unless set otherwise, and base64 makes four bytes of three.
    private const long MostBytes = 7 << 20;

    // What a merge can do without.
    private const string Responses = "responses.jsonl";

    /// <summary>
    /// Writes a run as a log block. Of a run of more than 7 MB, packed, the responses are left out, and a line before the block says so.
    /// </summary>
    /// <param name="run">The run.</param>
    /// <param name="stream">Where to.</param>
    /// <exception cref="GenieLoadException"><c>RunNotPacked</c>.</exception>
    public static void Write(LoadRun run, Stream stream) => Write(run, stream, MostBytes);

    /// <summary>As above, with another measure, so that a test need not fill it.</summary>
    internal static void Write(LoadRun run, Stream stream, long mostBytes)
    {
        RunArchive.Check(run);
        DirectoryInfo place = Directory.CreateTempSubdirectory("genieload-log-");
        try
        {
            using FileStream archive = File.Create(Path.Combine(place.FullName, "run.zip"));
            RunArchive.Write(run, archive);
            UTF8Encoding plain = new(encoderShouldEmitUTF8Identifier: false);
            using StreamWriter writer = new(stream, plain, leaveOpen: true) { NewLine = "\n" };
            if (archive.Length > mostBytes)
            {
                archive.SetLength(0);
                RunArchive.Write(run, archive, Responses);
                writer.WriteLine($"{Responses} is left out of the block below: the run is too long for the log of a container.");
            }
            archive.Position = 0;
            writer.WriteLine($"{Begin}{run.RunId}{BeginEnd}");
            using (Base64Lines lines = new(writer, LineLength))
                archive.CopyTo(lines);
            writer.WriteLine(End);
        }
        finally
        {
            place.Delete(recursive: true);
        }
    }

    /// <summary>
    /// Finds the archives in a text. What a log collector puts before each line (an instant, the name of a pod) is left out; blocks of
    /// several pods may be mixed line by line where each has a name of its own there.
    /// </summary>
    /// <param name="path">The text.</param>
    /// <param name="target">An empty folder for the archives.</param>
    /// <returns>The archives; none where the text holds no block.</returns>
    /// <exception cref="GenieLoadException"><c>LogBlockCut</c>, <c>ArchiveUnreadable</c>.</exception>
    public static IReadOnlyList<string> Find(string path, string target)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        List<string> found = [];
        Dictionary<string, OpenBlock> open = new(StringComparer.Ordinal);
        try
        {
            using Stream file = BoundedFile.OpenRead(path, BoundedFile.LinesSize);
            BoundedLines lines = new(file, JsonLinesReader.MaximumLineBytes);
            while (lines.Next(out ReadOnlySpan<byte> bytes))
            {
                LogLine line = LogLine.Of(bytes);
                if (line.RunId is string runId)
                {
                    if (open.TryGetValue(line.Source, out OpenBlock? earlier))
                        throw ArchivesErrors.LogBlockCut(path, earlier.RunId, "another one begins before it ends.");
                    string archive = Path.Combine(target, FormattableString.Invariant($"{found.Count + open.Count + 1}.zip"));
                    open.Add(line.Source, new OpenBlock(runId, archive));
                }
                else if (open.TryGetValue(line.Source, out OpenBlock? block))
                {
                    if (!line.IsEnd)
                    {
                        block.Add(line.Text);
                        continue;
                    }
                    open.Remove(line.Source);
                    using (block)
                    {
                        if (!block.Close())
                            throw ArchivesErrors.LogBlockCut(path, block.RunId, "lines are missing.");
                        found.Add(block.Archive);
                    }
                }
            }
            if (open.Values.FirstOrDefault() is OpenBlock cut)
                throw ArchivesErrors.LogBlockCut(path, cut.RunId, "its end is missing.");
            return found;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw ArchivesErrors.ArchiveUnreadable(path, exception.Message, exception);
        }
        finally
        {
            foreach (OpenBlock block in open.Values)
                block.Dispose();
        }
    }
}
