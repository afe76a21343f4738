using System.Globalization;
using GenieLoad.Engine.Figures;
using GenieLoad.Engine.Logging;
using GenieLoad.Engine.Planning;
using GenieLoad.Engine.Statistics;
using GenieLoad.Engine.Verdicts;
using GenieLoad.Model;

namespace GenieLoad.Engine.Reports;

/// <summary>
/// The summary of a run as text: what a person sees when a load test ends. The block has 60 columns, nothing has over 100.
/// </summary>
public static class SummaryText
{
    private const int Width = 60;
    private const int CellWidth = 8;
    private const int LongestCauseList = 10;

    private static readonly string Ruler = new('=', Width);

    private static readonly double[] ShownWithFailures = [50, 90, 95, 99];

    /// <summary>Writes the short summary: the verdict and what a person asks for next, then the block, then where the run is.</summary>
    /// <param name="run">The run.</param>
    /// <param name="style">Colours and signs; plain by default.</param>
    /// <returns>Lines parted by <c>\n</c>, without one at the end.</returns>
    /// <exception cref="GenieLoadException">A threshold of the run cannot be read.</exception>
    public static string Brief(LoadRun run, SummaryStyle? style = null)
    {
        ArgumentNullException.ThrowIfNull(run);
        SummaryLines lines = new();
        SummaryHead.AddTo(lines, run, style ?? SummaryStyle.Plain);
        AddBlock(lines, run);
        AddPlace(lines, run);
        lines.Add("More: Get-GenieRun -Detailed");
        return lines.ToString();
    }

    /// <summary>
    /// Writes all of it: what the short summary has, then percentiles, rates, failures by cause, lost time and the health of the
    /// generator, each only where there is something to say. A percentile of too few answers is marked, with the number that
    /// would be enough.
    /// </summary>
    /// <param name="run">The run.</param>
    /// <param name="style">Colours and signs; plain by default.</param>
    /// <returns>Lines parted by <c>\n</c>, without one at the end.</returns>
    /// <exception cref="GenieLoadException">A threshold of the run cannot be read.</exception>
    public static string Write(LoadRun run, SummaryStyle? style = null)
    {
        ArgumentNullException.ThrowIfNull(run);
        style ??= SummaryStyle.Plain;
        IReadOnlyList<ThresholdResult> thresholds = ThresholdJudge.Judge(run, ThresholdText.ParseAll([run.Thresholds]));
        SummaryLines lines = new();
        SummaryHead.AddTo(lines, run, style);
        AddBlock(lines, run);
        AddTimes(lines, run, style);
        if (style.HasBlocks)
            AddSpread(lines, run);
        AddPercentiles(lines, run, thresholds, style);
        AddRates(lines, run);
        AddSlices(lines, run, "Connections", "Connection");
        AddSlices(lines, run, "Modes", "Mode");
        AddSlices(lines, run, "Places", "Place");
        AddAnswers(lines, run);
        AddCauses(lines, run);
        AddLostTime(lines, run);
        AddThresholds(lines, thresholds);
        AddFooter(lines, run);
        lines.Add(Ruler);
        return lines.ToString();
    }

    private static void AddBlock(SummaryLines lines, LoadRun run) => lines.AddRange(
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
        // Below the block, whose lines scripts count on.
        .. run.LeftOutParts.Select(part => $"Left out: {part}"),
        .. QuestionModes.NameUnlessChat(run.Plan) is { } mode ? [Cut($"Mode: {mode}")] : Array.Empty<string>(),
    ]);

    private static void AddTimes(SummaryLines lines, LoadRun run, SummaryStyle style)
    {
        if (run.SuccessfulCount == 0)
        {
            lines.Add("No question was answered in full, so there are no times to show.");
            return;
        }

        lines.Add(Row("Seconds", ["P50", "P75", "P90", "P95", "P99", "Max"]));
        bool weak = false;
        foreach (LatencyFigures figures in run.Latency.Where(figures => figures.Kind == MeasureKind.Whole))
        {
            string Cell(double? value, double percent)
            {
                bool supported = value is null || figures.Count >= OrderStatistics.RequiredCount(percent);
                weak |= !supported;
                string cell = (supported ? Number(value) : "~" + Number(value)).PadLeft(CellWidth);
                return supported || style.Dim.Length == 0 ? cell : style.Dim + cell + style.Reset;
            }

            lines.AddStyled(Row(
                figures.Measure,
                [
                    Cell(figures.P50Seconds, 50), Cell(figures.P75Seconds, 75), Cell(figures.P90Seconds, 90), Cell(figures.P95Seconds, 95),
                    Cell(figures.P99Seconds, 99), Number(figures.MaximumSeconds),
                ]));
        }

        if (weak)
            lines.Add("~ too few answers for a 95 % interval");
    }

    private static void AddSpread(SummaryLines lines, LoadRun run)
    {
        double[] sorted = Percentile.Sort(MeasuredRows.Of(run).Where(row => row.Success).Select(row => row.ResponseSeconds));
        if (sorted.Length == 0)
            return;
        string least = Text($"{sorted[0]:F2}s ");
        string greatest = Text($" {sorted[^1]:F2}s");
        if (HistogramLine.Draw(sorted, Width - 12 - least.Length - greatest.Length) is { } histogram)
            lines.Add($"{"Spread",-12}{least}{histogram}{greatest}");
    }

    private static void AddPercentiles(
        SummaryLines lines, LoadRun run, IReadOnlyList<ThresholdResult> thresholds, SummaryStyle style)
    {
        PercentileFigure[] response = [.. run.Percentiles.Where(figure => figure is { Measure: "Response", Count: > 0 })];
        PercentileFigure[] all = [.. run.Percentiles.Where(figure => figure.Measure == "ResponseWithFailures")];
        if (response.Length > 0)
        {
            lines.Add("");
            lines.Add("Response, with 95 % intervals");
            foreach (PercentileFigure figure in response)
                lines.Add($"  {HeadlineInterval.Of(figure, thresholds)}", figure.IsSupported ? "" : style.Dim, style.Reset);
        }

        if (response.Length == 0 || all.Length == 0)
            return;
        lines.Add("Response, counting failures as unanswered");
        string shown = string.Join(", ", all.Where(figure => ShownWithFailures.Contains(figure.Percentile)).Select(Short));
        lines.AddRange(WrappedText.Lines(shown, Width - 2).Select(line => "  " + line));
    }

    private static void AddRates(SummaryLines lines, LoadRun run)
    {
        if (run.Rates.MeanInFlight is null)
            return;
        lines.Add("");
        lines.AddRange(WrappedText.Lines(PrintableText.Line($"Rates: {run.Rates}"), Width));
        if (run.Rates is { Steadiness: Steadiness.NotSteady, Drift: double drift })
        {
            string change = drift > 0 ? "more" : "fewer";
            lines.Add(Text($"Not steady: {Math.Abs(drift):0 %} {change} questions under way late in the run than early"));
        }
    }

    private static void AddSlices(SummaryLines lines, LoadRun run, string title, string name)
    {
        SliceFigures[] slices = [.. run.Slices.Where(slice => slice.Slice == name)];
        if (slices.Length == 0)
            return;
        lines.Add("");
        lines.Add(title);
        lines.AddRange(slices.SelectMany(slice => (string[])
        [
            Cut($"  {slice.Key}"),
            Text($"    {slice.SuccessfulCount} of {slice.EndedCount} answered; response P50 {Number(slice.P50ResponseSeconds)} s, ")
                + Text($"P95 {Number(slice.P95ResponseSeconds)} s"),
        ]));
    }

    private static void AddAnswers(SummaryLines lines, LoadRun run)
    {
        (IReadOnlyList<QuestionConsistency> shown, int more) = AnswerWords.Differing(run);
        if (run.Agreement is not { } agreement || (shown.Count == 0 && agreement.QuietUpTo is null))
            return;
        lines.Add("");
        lines.Add("Answers to the same question");
        if (agreement.QuietUpTo is not null)
            lines.AddRange(WrappedText.Hanging("  ", PrintableText.Line(agreement.Reason), Width));
        lines.AddRange(AnswerWords.Kinds(run).SelectMany(kind => WrappedText.Hanging("  ", kind, Width)));
        foreach (QuestionConsistency question in shown)
            lines.AddRange(WrappedText.Hanging("  ", PrintableText.Line($"{question.QuestionId}: {AnswerWords.Of(question)}"), Width));
        if (more > 0)
            lines.Add(Text($"  and {more} more; see Consistency"));
        lines.AddRange(agreement.Confounders.SelectMany(note => WrappedText.Hanging("  ", PrintableText.Line($"Note: {note}"), Width)));
    }

    private static void AddCauses(SummaryLines lines, LoadRun run)
    {
        CauseCount[] causes = [.. run.Causes.Where(AskedQuestions.IsFailure)];
        if (causes.Length == 0)
            return;
        lines.Add("");
        lines.Add("Failures by cause");
        int countWidth = Text($"{causes.Max(cause => cause.Count)}").Length;
        foreach (CauseCount cause in causes.Take(LongestCauseList))
        {
            string count = Text($"{cause.Count}").PadLeft(countWidth);
            string type = cause.ErrorType is null ? "" : $": {cause.ErrorType}";
            lines.Add(Cut($"  {count}  {cause.Outcome}{type}"));
            if (!string.IsNullOrWhiteSpace(cause.Example))
                lines.Add(Cut($"  {new string(' ', countWidth)}  {PrintableText.Line(cause.Example).Trim()}"));
        }

        if (causes.Length > LongestCauseList)
            lines.Add(Text($"  and {causes.Length - LongestCauseList} more; see Causes"));
    }

    private static void AddLostTime(SummaryLines lines, LoadRun run)
    {
        if (run.ThrottleRetryCount == 0 && run.FaultRetryCount == 0)
            return;
        lines.Add("");
        if (run.ThrottleRetryCount > 0)
            lines.Add(Text($"Time lost to 429s: {run.ThrottleSeconds:F2}s in {Retries(run.ThrottleRetryCount)}"));
        if (run.FaultRetryCount > 0)
            lines.Add(Text($"Time lost to faults: {run.FaultSeconds:F2}s in {Retries(run.FaultRetryCount)}"));
    }

    private static void AddThresholds(SummaryLines lines, IReadOnlyList<ThresholdResult> thresholds)
    {
        if (thresholds.Count == 0)
            return;
        lines.Add("");
        lines.Add("Thresholds");
        lines.AddRange(thresholds.SelectMany(result =>
            (string[])
            [
                $"  {result.Verdict,-9} {result.Threshold}",
                .. WrappedText.Lines(PrintableText.Line(result.Reason), Width - 12).Select(line => new string(' ', 12) + line),
            ]));
    }

    private static void AddFooter(SummaryLines lines, LoadRun run)
    {
        lines.Add("");
        if (run.State != RunState.Completed)
            lines.Add(run.StateReason is null ? $"State: {run.State}" : $"State: {run.State}. {run.StateReason}");
        if (run.Health is { } health)
        {
            lines.Add($"Health: {health.Verdict}");
            if (health is { P50LagSeconds: double median, P99LagSeconds: double most, MaximumLagSeconds: double latest })
                lines.Add(Text(
                    $"  Sent late by {median * 1000:0.0} ms (P50), {most * 1000:0.0} ms (P99), {latest * 1000:0.0} ms (maximum)"));
            lines.AddRange(health.ReasonList.SelectMany(
                reason => WrappedText.Lines(PrintableText.Line(reason), Width - 4).Select((line, i) => (i == 0 ? "  " : "    ") + line)));
        }

        AddPlace(lines, run);
    }

    private static void AddPlace(SummaryLines lines, LoadRun run)
    {
        if (run.Shard is string shard)
            lines.Add(PrintableText.Line($"Shard: {shard} of the plan, from {run.Place}"));
        lines.Add($"Run: {run.RunId}");
        if (run.RunPath is not null)
            lines.Add($"Folder: {run.RunPath}");
    }

    /// <summary>A row of 60 columns: a name to the left, six figures to the right.</summary>
    private static string Row(string name, string[] cells) =>
        name.PadRight(12) + string.Concat(cells.Select(cell => cell.PadLeft(CellWidth)));

    private static string Short(PercentileFigure figure)
    {
        string value = figure.Seconds == double.PositiveInfinity
            ? "never"
            : Text($"{(figure.IsAtLeast ? "over " : "")}{figure.Seconds:0.00} s");
        return Text($"P{figure.Percentile:0} {value}");
    }

    private static string Number(double? value) => value is { } number ? Text($"{number:F2}") : "-";

    private static string OrNone(double? value, string unit) => value is { } number ? Text($"{number:F2}{unit}") : "n/a";

    private static string Retries(int count) => count == 1 ? "1 retry" : Text($"{count} retries");

    private static string Cut(string text)
    {
        // First, or what is spelled out would make it longer than it may be.
        string line = PrintableText.Line(text);
        return line.Length <= Width ? line : string.Concat(line.AsSpan(0, Width - 3), "...");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
