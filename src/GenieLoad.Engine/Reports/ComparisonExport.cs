using GenieLoad.Engine.Files;
using GenieLoad.Engine.Reports.Markdown;
using GenieLoad.Model;

namespace GenieLoad.Engine.Reports;

/// <summary>Writes comparisons to a file; the file's extension says as what.</summary>
public static class ComparisonExport
{
    private static readonly Dictionary<string, Action<IReadOnlyList<RunComparison>, Stream>> Formats = new(StringComparer.OrdinalIgnoreCase)
    {
        [".html"] = HtmlReport.Write,
        [".md"] = ComparisonMarkdown.Write,
    };

    /// <summary>The extensions that are known, with their dot.</summary>
    public static IReadOnlyCollection<string> Extensions => Formats.Keys;

    /// <summary>Refuses a path whose extension is unknown or whose file exists, before anything is written.</summary>
    /// <param name="path">The file to be written.</param>
    /// <param name="overwrite">Whether a file that is there may be replaced.</param>
    /// <exception cref="GenieLoadException">
    /// <c>UnknownExportFormat</c>, <c>TargetInsideRun</c>, <c>FileExists</c>, <c>FolderNotFound</c>.
    /// </exception>
    public static void Check(string path, bool overwrite) => ReportFile.Check(path, Extensions, overwrite);

    /// <summary>Writes the file, whole or not at all: <c>.html</c> is a page, <c>.md</c> a summary in Markdown.</summary>
    /// <param name="comparisons">The comparisons, at least one; several are one report.</param>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="overwrite">Whether a file that is there is replaced.</param>
    /// <exception cref="GenieLoadException">
    /// <c>UnknownExportFormat</c>, <c>TargetInsideRun</c>, <c>FileExists</c>, <c>FolderNotFound</c>, <c>FileNotWritable</c>.
    /// </exception>
    public static void Write(IReadOnlyList<RunComparison> comparisons, string path, bool overwrite)
    {
        ArgumentNullException.ThrowIfNull(comparisons);
        Check(path, overwrite);
        AtomicFile.Write(path, stream => Formats[Path.GetExtension(path)](comparisons, stream), overwrite);
    }
}
