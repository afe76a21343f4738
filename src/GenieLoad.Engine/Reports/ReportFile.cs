using GenieLoad.Engine.Files;
using GenieLoad.Engine.Runs;
using GenieLoad.Model;

namespace GenieLoad.Engine.Reports;

/// <summary>The file that a report is written to.</summary>
internal static class ReportFile
{
    /// <summary>Refuses a path to which nothing can be written, before anything is.</summary>
    /// <param name="path">The path.</param>
    /// <param name="extensions">The extensions that are known, with their dot.</param>
    /// <param name="overwrite">Whether a file that is there may be replaced.</param>
    /// <returns>Its extension, in small letters.</returns>
    /// <exception cref="GenieLoadException">
    /// <c>UnknownExportFormat</c>, <c>TargetInsideRun</c>, <c>FileExists</c>, <c>FolderNotFound</c>.
    /// </exception>
    public static string Check(string path, IReadOnlyCollection<string> extensions, bool overwrite)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        string extension = ExtensionOf(path, extensions);
        if (!extensions.Contains(extension))
            throw ReportsErrors.UnknownExportFormat(path, extensions);
        ExportTarget.RefuseInsideRun(path);
        AtomicFile.Check(path, overwrite);
        return extension;
    }

    /// <summary>
    /// The extension of a path in small letters: the longest that is known (<c>.otlp.json</c> before <c>.json</c>), otherwise what follows
    /// its last dot.
    /// </summary>
    /// <param name="path">The path.</param>
    /// <param name="extensions">The extensions that are known, with their dot.</param>
    public static string ExtensionOf(string path, IEnumerable<string> extensions) =>
        extensions.Where(known => path.EndsWith(known, StringComparison.OrdinalIgnoreCase)).MaxBy(known => known.Length)
        ?? Path.GetExtension(path).ToLowerInvariant();
}
