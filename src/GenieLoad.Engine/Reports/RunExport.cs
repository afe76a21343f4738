using System.Text.Json;
using GenieLoad.Engine.Files;
using GenieLoad.Engine.Reports.Markdown;
using GenieLoad.Engine.Runs;
using GenieLoad.Engine.Runs.Archives;
using GenieLoad.Engine.Telemetry;
using GenieLoad.Engine.Telemetry.Metrics;
using GenieLoad.Model;

namespace GenieLoad.Engine.Reports;

/// <summary>Writes a run to a file; the file's extension says as what.</summary>
public static class RunExport
{
    private static readonly Dictionary<string, Action<LoadRun, ReportOptions, Stream>> Formats = new(StringComparer.OrdinalIgnoreCase)
    {
        [".csv"] = (run, _, stream) => RowCsv<QuestionResult>.Write(run.Results, stream),
        [".json"] = (run, _, stream) => JsonSerializer.Serialize(stream, run, RunJson.Pretty.LoadRun),
        [ReportFile.Traces] = (run, options, stream) => RunTraces.Write(run, options.IncludeText, stream),
        [".jsonl"] = (run, _, stream) => CopyResponses(run, stream),
        [".xml"] = JUnitReport.Write,
        [".md"] = RunMarkdown.Write,
        [".prom"] = (run, _, stream) => RunPrometheus.Write(run, stream),
        [".html"] = (run, options, stream) => HtmlReport.Write(run, stream, options),
        [".zip"] = (run, _, stream) => RunArchive.Write(run, stream),
        [".log"] = (run, _, stream) => RunLogBlock.Write(run, stream),
    };

    /// <summary>The extensions that are known, with their dot.</summary>
    public static IReadOnlyCollection<string> Extensions => Formats.Keys;

    /// <summary>Refuses a path whose extension is unknown or whose file exists, before anything is written.</summary>
    /// <param name="run">The run.</param>
    /// <param name="path">The file to be written.</param>
    /// <param name="overwrite">Whether a file that is there may be replaced.</param>
    /// <exception cref="GenieLoadException">
    /// <c>UnknownExportFormat</c>, <c>TargetInsideRun</c>, <c>FileExists</c>, <c>FolderNotFound</c>, <c>NoResponses</c>,
    /// <c>TracesBeforeEnd</c>, <c>RunNotPacked</c>, <c>RunStillRunning</c>.
    /// </exception>
    public static void Check(LoadRun run, string path, bool overwrite)
    {
        ArgumentNullException.ThrowIfNull(run);
        string format = ReportFile.Check(path, Extensions, overwrite);
        if (format == ".jsonl")
            ResponsesOf(run);
        if (format == ReportFile.Traces)
            RunTraces.Check(run);
        if (format is ".zip" or ".log")
            RunArchive.Check(run);
    }

    /// <summary>
    /// Writes the file, whole or not at all. <c>.csv</c> holds the rows, <c>.json</c> the whole run, <c>.otlp.json</c> its OpenTelemetry
    /// traces, <c>.jsonl</c> what the service answered, one question per line, <c>.xml</c> the verdict as JUnit XML, <c>.md</c> a summary
    /// in Markdown, <c>.prom</c> its metrics in Prometheus' text format, <c>.html</c> a page, <c>.zip</c> the run's folder, <c>.log</c> the
    /// same as a block of text for logs.
    /// </summary>
    /// <param name="run">The run.</param>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="overwrite">Whether a file that is there is replaced.</param>
    /// <param name="options">What a report is to hold beside the run.</param>
    /// <exception cref="GenieLoadException">
    /// <c>UnknownExportFormat</c>, <c>TargetInsideRun</c>, <c>FileExists</c>, <c>FolderNotFound</c>, <c>FileNotWritable</c>,
    /// <c>NoResponses</c>, <c>TracesBeforeEnd</c>, <c>RunNotPacked</c>, <c>RunStillRunning</c>, <c>InvalidOtlpVariable</c>, or an error of
    /// a threshold.
    /// </exception>
    public static void Write(LoadRun run, string path, bool overwrite, ReportOptions? options = null)
    {
        Check(run, path, overwrite);
        Action<LoadRun, ReportOptions, Stream> format = Formats[ReportFile.ExtensionOf(path)];
        AtomicFile.Write(path, stream => format(run, options ?? new ReportOptions(), stream), overwrite);
    }

    /// <summary>Copies the responses line by line, so that a torn last line stays behind.</summary>
    private static void CopyResponses(LoadRun run, Stream stream)
    {
        using FileStream responses = new(
            ResponsesOf(run), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        TornLine.CopyWhole(responses, stream);
    }

    private static string ResponsesOf(LoadRun run)
    {
        string? path = run.RunPath is null ? null : new RunFolder(run.RunPath).ResponsesPath;
        return File.Exists(path) && !FileKind.IsPipeOrDevice(path) ? path : throw ReportsErrors.NoResponses(run.RunId, run.RunPath);
    }
}
