using GenieLoad.Model;

namespace GenieLoad.Engine.Reports;

/// <summary>The errors of <c>Reports</c>; the name of a factory is the id of its error.</summary>
internal static class ReportsErrors
{
    public static GenieLoadException UnknownExportFormat(string path, IEnumerable<string> known) => new(
        nameof(UnknownExportFormat), ErrorKind.InvalidInput,
        $"'{path}' does not say which format to write: the extension '{ReportFile.ExtensionOf(path)}' is unknown.",
        $"End the path in one of {string.Join(", ", known)}.",
        path);

    public static GenieLoadException NoResponses(string runId, string? runPath) => new(
        nameof(NoResponses), ErrorKind.NotFound,
        $"There are no API responses of run '{runId}': {(runPath is null ? "the run has no folder" : $"'{runPath}' contains none")}.",
        "Export the run on the machine that ran it, or export it as .csv or .json.",
        runId);

    public static GenieLoadException NoProbes(string path) => new(
        nameof(NoProbes), ErrorKind.NotFound,
        $"There are no probes to write to '{path}': the capacity was only predicted.",
        "Export it as .html, .md or .json, or measure without -PredictOnly.",
        path);
}
