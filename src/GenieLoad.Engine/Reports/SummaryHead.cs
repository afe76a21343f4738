using System.Globalization;
using GenieLoad.Engine.Figures;
using GenieLoad.Engine.Logging;
using GenieLoad.Model;

namespace GenieLoad.Engine.Reports;

/// <summary>
/// What a person wants to know of a run first, in 60 columns: the verdict, then success, response time, failures, 429s and the slowest
/// questions.
/// </summary>
internal static class SummaryHead
{
    private const int Width = 60;
    private const int NameWidth = 10;
    private const int MostThresholds = 5;
    private const int MostCauses = 3;
    private const int MostChanges = 3;
    private const int SlowestShown = 3;

    /// <summary>Writes it.</summary>
    public static void AddTo(SummaryLines lines, LoadRun run, SummaryStyle style)
    {
        IReadOnlyList<ThresholdResult> thresholds = AddVerdict(lines, run, style);
        AddWrapped(lines, "Success", Success(run, thresholds), run.FailedCount > 0 ? style.Unsure : "", style);
        // What came through a remote session has its latency alone.
        LatencyFigures? response = run.Latency.FirstOrDefault(figures => figures.Measure == "Response");
        AddPercentile(lines, run, thresholds, 50, response?.P50Seconds, style);
        AddPercentile(lines, run, thresholds, 95, response?.P95Seconds, style);
        if (AgentWords.Of(run) is string agent)
            AddWrapped(lines, "Agent", agent, "", style);
        AddWrapped(lines, "Failures", Failures(run), run.FailedCount > 0 ? style.Unsure : "", style);
        lines.Add(
            Row("429s", run.ThrottleRetryCount == 0 ? "none" : Text(
                $"{run.ThrottleRetryCount} {(run.ThrottleRetryCount == 1 ? "retry" : "retries")}, {run.ThrottleSeconds:0.00} s lost")),
            run.ThrottleRetryCount > 0 ? style.Unsure : "", style.Reset);
        if (ShardWords.Of(run) is string shards)
            AddWrapped(lines, "Shards", shards, ShardWords.IsWhole(run) ? "" : style.Unsure, style);
        if (run.Changes.Count > 0)
            AddWrapped(lines, "Changed", Changes(run), style.Unsure, style);
        if (LimitWords.Of(run) is string limit)
            lines.Add(Row("Limit", limit));
        if (WarehouseWords.Changes(run) is string warehouse)
            AddWrapped(lines, "Warehouse", Text($"{warehouse}"), "", style);
        if (run.Statements is string statements)
            AddWrapped(lines, "SQL", statements, "", style);
        if (BoundWords.Of(run) is string bound)
            AddWrapped(lines, "Bound by", bound, "", style);
        if (AnswerWords.Agreement(run) is string answers)
            AddWrapped(lines, "Answers", answers, run.Agreement!.Verdict == AgreementVerdict.Changed ? style.Unsure : "", style);
        if (AnswerWords.Expected(run) is string expected)
            AddWrapped(lines, "Right", expected, run.Agreement!.WrongCount > 0 ? style.Unsure : "", style);
        if (EvaluationWords.Of(run) is string accuracy)
            AddWrapped(lines, "Accuracy", accuracy, EvaluationWords.HasFallen(run) ? style.Unsure : "", style);
        RankedQuestion[] slowest = [.. RankedQuestion.Of(run)
            .Where(question => question.EndedCount > 0 && (question.Response.Count > 0 || question.AnsweredCount == 0)).Take(SlowestShown)];
        if (slowest.Length > 0)
            lines.Add("  Slowest questions (median of each)");
        foreach (RankedQuestion question in slowest)
        {
            string seconds = question.Response.P50Seconds is { } median ? Text($"{median:0.00} s") : "never";
            lines.Add(Cut(Row("", $"{seconds,-9} {question.Id} {question.Text}")));
        }
    }

    /// <returns>What became of each threshold.</returns>
    private static IReadOnlyList<ThresholdResult> AddVerdict(SummaryLines lines, LoadRun run, SummaryStyle style)
    {
        // What came through a remote session has no rows: nothing can be judged.
        bool hasRows = run.Results.Count > 0 || run.QuestionCount == 0;
        RunVerdict verdict = RunVerdict.Of(run, new ReportOptions());
        string colour = Colour(verdict.Kind, style);
        string words = verdict.Kind != VerdictKind.None ? $"{verdict.Word}. {verdict.Reason}"
            : hasRows ? $"{run.State}. {verdict.Reason}"
            : run.State;
        foreach (string line in Hanging($"{Sign(verdict.Kind, style)} ", words))
            lines.Add(line, colour, style.Reset);
        ThresholdResult[] open = [.. verdict.Thresholds.Where(result => result.Verdict != Verdict.Pass)
            .OrderBy(result => result.Verdict != Verdict.Fail)];
        foreach (ThresholdResult result in open.Take(MostThresholds))
        {
            VerdictKind kind = result.Verdict == Verdict.Fail ? VerdictKind.Fail : VerdictKind.Undecided;
            foreach (string line in Hanging($"  {Sign(kind, style)} ", $"{result.Threshold}: {result.Reason}"))
                lines.Add(line, Colour(kind, style), style.Reset);
        }

        if (open.Length > MostThresholds)
            lines.Add(Text($"    and {open.Length - MostThresholds} more"));
        if (run.State != RunState.Completed && verdict.Word != run.State && verdict.Kind != VerdictKind.None)
            AddWrapped(lines, "State", run.StateReason is null ? run.State : $"{run.State}. {run.StateReason}", style.Unsure, style);
        if (run.Health is { } health && health.Verdict != HealthVerdict.Valid && verdict.Kind != VerdictKind.Invalid)
            AddWrapped(lines, "Health", InShort(health), style.Unsure, style);
        return verdict.Thresholds;
    }

    private static void AddPercentile(
        SummaryLines lines, LoadRun run, IReadOnlyList<ThresholdResult> thresholds, double percent, double? seconds, SummaryStyle style)
    {
        PercentileFigure? figure = run.Percentiles.FirstOrDefault(
            one => one is { Measure: "Response", Count: > 0 } && one.Percentile == percent);
        string name = Text($"P{percent:0}");
        if (figure is not null)
            lines.Add(
                Row(name, HeadlineInterval.Of(figure, thresholds).ToString()[(name.Length + 1)..]),
                figure.IsSupported ? "" : style.Dim, style.Reset);
        else
            lines.Add(Row(name, seconds is { } known ? Text($"{known:0.00} s") : "-"));
    }

    private static string Success(LoadRun run, IReadOnlyList<ThresholdResult> thresholds)
    {
        if (run.SuccessRate is not { } rate)
            return "no question has finished";
        string interval = HeadlineInterval.OfSuccess(run, thresholds) is ({ } lower, { } upper)
            ? Text($" (95 % interval {lower:0.00}-{upper:0.00})") : "";
        return Text($"{rate:0.00} %{interval}, {run.SuccessfulCount} of {run.EndedCount}");
    }

    private static string Failures(LoadRun run)
    {
        CauseCount[] causes = [.. run.Causes.Where(AskedQuestions.IsFailure)];
        if (causes.Length == 0)
            return run.FailedCount == 0 ? "none" : Text($"{run.FailedCount}");
        string all = string.Join(", ", causes.Take(MostCauses).Select(
            cause => Text($"{cause.Count} {cause.Outcome}") + (cause.ErrorType is null ? "" : $" {cause.ErrorType}")));
        return causes.Length > MostCauses ? all + Text($", and {causes.Length - MostCauses} more causes") : all;
    }

    private static string Changes(LoadRun run) => string.Join("; ", run.Changes.Take(MostChanges).Select(change => $"{change}"))
        + (run.Changes.Count > MostChanges ? Text($"; and {run.Changes.Count - MostChanges} more") : "");

    private static void AddWrapped(SummaryLines lines, string name, string text, string colour, SummaryStyle style)
    {
        foreach (string line in Hanging(Row(name, ""), text))
            lines.Add(line, colour, style.Reset);
    }

    /// <summary>A text whose further lines begin below its first word.</summary>
    private static IEnumerable<string> Hanging(string head, string text) =>
        WrappedText.Hanging(head, PrintableText.Line(text), Width);

    private static string Row(string name, string value) => $"  {name.PadRight(NameWidth)}{value}";

    private static string Cut(string line) => ReportText.Cut(PrintableText.Line(line), Width);

    private static string Colour(VerdictKind kind, SummaryStyle style) => kind switch
    {
        VerdictKind.Pass => style.Good,
        VerdictKind.Fail or VerdictKind.Invalid => style.Bad,
        VerdictKind.Undecided => style.Unsure,
        _ => "",
    };

    private static string Sign(VerdictKind kind, SummaryStyle style) => kind switch
    {
        VerdictKind.Pass => style.HasSigns ? "\u2713" : "+",
        VerdictKind.Fail => style.HasSigns ? "\u2717" : "x",
        VerdictKind.Undecided => "?",
        VerdictKind.Invalid => "!",
        _ => "-",
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>The gravest reason, and how many more there are.</summary>
    private static string InShort(RunHealth health) => health.ReasonList switch
    {
        [] => health.Verdict,
        [string only] => $"{health.Verdict}: {only}",
        [string first, ..] => FormattableString.Invariant($"{health.Verdict}: {first}, and {health.ReasonList.Count - 1} more"),
    };
}
