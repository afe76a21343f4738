using System.Text.Json;
using GenieLoad.Engine.Files;
using GenieLoad.Engine.Reports.Markdown;
using GenieLoad.Engine.Runs;
using GenieLoad.Model;

namespace GenieLoad.Engine.Reports;

/// <summary>Writes what is known of a space's capacity to a file; the file's extension says as what.</summary>
public static class CapacityExport
{
    private static readonly Dictionary<string, Action<SpaceCapacity, Stream>> Formats = new(StringComparer.OrdinalIgnoreCase)
    {
        [".html"] = HtmlReport.Write,
        [".md"] = CapacityMarkdown.Write,
        [".xml"] = CapacityJUnit.Write,
        [".csv"] = (capacity, stream) => RowCsv<CapacityProbe>.Write(capacity.Probes, stream),
        [".json"] = (capacity, stream) => JsonSerializer.Serialize(stream, capacity, RunJson.Pretty.SpaceCapacity),
    };

    /// <summary>The extensions that are known, with their dot.</summary>
    public static IReadOnlyCollection<string> Extensions => Formats.Keys;

    /// <summary>Refuses a path whose extension is unknown or whose file exists, before anything is written.</summary>
    /// <param name="capacity">The capacity.</param>
    /// <param name="path">The file to be written.</param>
    /// <param name="overwrite">Whether a file that is there may be replaced.</param>
    /// <exception cref="GenieLoadException">
    /// <c>UnknownExportFormat</c>, <c>TargetInsideRun</c>, <c>FileExists</c>, <c>FolderNotFound</c>, <c>NoProbes</c>.
    /// </exception>
    public static void Check(SpaceCapacity capacity, string path, bool overwrite)
    {
        ArgumentNullException.ThrowIfNull(capacity);
        if (ReportFile.Check(path, Extensions, overwrite) == ".csv" && capacity.Probes.Count == 0)
            throw ReportsErrors.NoProbes(path);
    }

    /// <summary>
    /// Writes the file, whole or not at all: <c>.html</c> is a page, <c>.md</c> a summary in Markdown, <c>.xml</c> the answer as JUnit XML,
    /// <c>.csv</c> the probes, <c>.json</c> everything.
    /// </summary>
    /// <param name="capacity">The capacity.</param>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="overwrite">Whether a file that is there is replaced.</param>
    /// <exception cref="GenieLoadException">As for <see cref="Check"/>, or <c>FileNotWritable</c>.</exception>
    public static void Write(SpaceCapacity capacity, string path, bool overwrite)
    {
        Check(capacity, path, overwrite);
        AtomicFile.Write(path, stream => Formats[Path.GetExtension(path)](capacity, stream), overwrite);
    }
}
