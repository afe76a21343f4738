using System.Globalization;
using System.Text;
using GenieLoad.Model;

namespace GenieLoad.Engine.Reports;

/// <summary>The summary of a run as text of 60 columns: what a person sees when a load test ends.</summary>
public static class SummaryText
{
    private const int Width = 60;
    private const int LongestCauseList = 10;

    private static readonly string Ruler = new('=', Width);

    /// <summary>
    /// Writes the summary: the block, then percentiles, failures by cause and lost time, each only where there is something to say.
    /// </summary>
    /// <param name="run">The run.</param>
    /// <returns>Lines parted by <c>\n</c>, without one at the end.</returns>
    public static string Write(LoadRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        List<string> lines = [];
        AddBlock(lines, run);
        AddTimes(lines, run);
        AddCauses(lines, run);
        AddLostTime(lines, run);
        AddWhereabouts(lines, run);
        lines.Add(Ruler);
        return string.Join('\n', lines);
    }

    private static void AddBlock(List<string> lines, LoadRun run) => lines.AddRange(
    [
        Ruler,
        $"Load Test Summary: {run.Name}",
        Ruler,
        Text($"Total Questions: {run.QuestionCount}"),
        Text($"Successful: {run.SuccessfulCount}"),
        Text($"Failed: {run.FailedCount}"),
        $"Success Rate: {OrNone(run.SuccessRate, "%")}",
        $"Total Duration: {OrNone(run.TotalDurationSeconds, "s")}",
        $"Avg Question Duration: {OrNone(run.AverageQuestionDurationSeconds, "s")}",
        $"Throughput: {OrNone(run.ThroughputPerSecond, " QPS")}",
        Ruler,
    ]);

    private static void AddTimes(List<string> lines, LoadRun run)
    {
        if (run.SuccessfulCount == 0)
        {
            lines.Add("No question was answered in full: there are no times to show.");
            return;
        }

        lines.Add(Row("Seconds", "P50", "P75", "P90", "P95", "P99", "Max"));
        foreach (LatencyFigures figures in run.Latency.Take(3))
        {
            lines.Add(Row(
                figures.Measure,
                Number(figures.P50Seconds),
                Number(figures.P75Seconds),
                Number(figures.P90Seconds),
                Number(figures.P95Seconds),
                Number(figures.P99Seconds),
                Number(figures.MaximumSeconds)));
        }
    }

    private static void AddCauses(List<string> lines, LoadRun run)
    {
        if (run.Causes.Count == 0)
            return;
        lines.Add("");
        lines.Add("Failures by cause");
        int countWidth = Text($"{run.Causes.Max(cause => cause.Count)}").Length;
        foreach (CauseCount cause in run.Causes.Take(LongestCauseList))
        {
            string count = Text($"{cause.Count}").PadLeft(countWidth);
            string type = cause.ErrorType is null ? "" : $": {cause.ErrorType}";
            lines.Add(Cut($"  {count}  {cause.Outcome}{type}"));
            if (!string.IsNullOrWhiteSpace(cause.Example))
                lines.Add(Cut($"  {new string(' ', countWidth)}  {OneLine(cause.Example)}"));
        }

        if (run.Causes.Count > LongestCauseList)
            lines.Add(Text($"  and {run.Causes.Count - LongestCauseList} more; see Causes"));
    }

    private static void AddLostTime(List<string> lines, LoadRun run)
    {
        if (run.ThrottleRetryCount == 0 && run.FaultRetryCount == 0)
            return;
        lines.Add("");
        if (run.ThrottleRetryCount > 0)
            lines.Add(Text($"Time lost to 429s: {run.ThrottleSeconds:F2}s in {Retries(run.ThrottleRetryCount)}"));
        if (run.FaultRetryCount > 0)
            lines.Add(Text($"Time lost to faults: {run.FaultSeconds:F2}s in {Retries(run.FaultRetryCount)}"));
    }

    private static void AddWhereabouts(List<string> lines, LoadRun run)
    {
        lines.Add("");
        if (run.State != RunState.Completed)
            lines.Add(run.StateReason is null ? $"State: {run.State}" : $"State: {run.State}. {run.StateReason}");
        lines.Add($"Run: {run.RunId}");
        if (run.RunPath is not null)
            lines.Add($"Folder: {run.RunPath}");
    }

    /// <summary>A row of 60 columns: a name to the left, six figures to the right.</summary>
    private static string Row(string name, params string[] cells)
    {
        StringBuilder row = new(name.PadRight(12));
        foreach (string cell in cells)
            row.Append(cell.PadLeft(8));
        return row.ToString();
    }

    private static string Number(double? value) => value is { } number ? Text($"{number:F2}") : "-";

    private static string OrNone(double? value, string unit) => value is { } number ? Text($"{number:F2}{unit}") : "n/a";

    private static string Retries(int count) => count == 1 ? "1 retry" : Text($"{count} retries");

    private static string OneLine(string text) => text.ReplaceLineEndings(" ").Trim();

    private static string Cut(string line) => line.Length <= Width ? line : string.Concat(line.AsSpan(0, Width - 3), "...");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
