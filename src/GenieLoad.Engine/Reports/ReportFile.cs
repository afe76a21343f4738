using GenieLoad.Engine.Files;
using GenieLoad.Engine.Runs;
using GenieLoad.Model;

namespace GenieLoad.Engine.Reports;

/// <summary>The file that a report is written to.</summary>
internal static class ReportFile
{
    /// <summary>Extension of OpenTelemetry traces.</summary>
    public const string Traces = ".otlp.json";

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
        string extension = ExtensionOf(path);
        if (!extensions.Contains(extension))
            throw ReportsErrors.UnknownExportFormat(path, extensions);
        ExportTarget.RefuseInsideRun(path);
        AtomicFile.Check(path, overwrite);
        return extension;
    }

    /// <summary>
    /// The extension of a path in small letters: what follows its last dot, but <c>.otlp.json</c> in one piece, which is no
    /// <c>.json</c> of anything.
    /// </summary>
    /// <param name="path">The path.</param>
    public static string ExtensionOf(string path) =>
        path.EndsWith(Traces, StringComparison.OrdinalIgnoreCase) ? Traces : Path.GetExtension(path).ToLowerInvariant();
}
