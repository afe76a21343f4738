using System.Text;
using GenieLoad.Engine.Figures;
using GenieLoad.Engine.Planning;
using GenieLoad.Model;

namespace GenieLoad.Engine.Reports.Markdown;

/// <summary>A run in one screen of Markdown, for job summaries and pull requests.</summary>
internal static class RunMarkdown
{
    private const int MostQuestions = 5;
    private const int MostCauses = 5;
    private const int LongestCell = 100;

    /// <summary>Writes the summary.</summary>
    public static void Write(LoadRun run, ReportOptions options, Stream stream)
    {
        RunVerdict verdict = RunVerdict.Of(run, options);
        List<string> blocks =
        [
            $"## {Mark(verdict.Kind)} {MarkdownText.Escape(run.Name, LongestCell)}: "
                + $"{MarkdownText.Escape(verdict.Word.ToLowerInvariant(), LongestCell)}",
            $"**{MarkdownText.Escape(verdict.Reason, 500)}** {Answered(run)}",
            Headline(run, verdict),
        ];
        AddThresholds(blocks, verdict);
        AddTable(blocks, "### Modes", ModeWords.Columns, ModeWords.Rows(run));
        AddTable(blocks, "### Shards", ShardWords.Columns, ShardWords.Rows(run));
        AddEvaluations(blocks, run);
        AddQuestions(blocks, run);
        AddCauses(blocks, run);
        blocks.Add(Footer(run));
        using StreamWriter writer = new(
            stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine(string.Join("\n\n", blocks));
    }

    /// <summary>The sign of a verdict: its shape tells, not its colour alone.</summary>
    internal static string Mark(VerdictKind kind) => kind switch
    {
        VerdictKind.Pass => "\u2705",
        VerdictKind.Fail => "\u274C",
        VerdictKind.Undecided => "\u2754",
        VerdictKind.Invalid => "\u26A0\uFE0F",
        _ => "\u2139\uFE0F",
    };

    private static string Answered(LoadRun run)
    {
        string text = $"{ReportNumber.Count(run.SuccessfulCount)} of {ReportNumber.Counted(run.EndedCount, "question")} answered in full "
            + $"in {ReportNumber.Duration(run.TotalDurationSeconds)}.{(run.LeftOut is null ? "" : $" Left out: {run.LeftOut}.")}";
        return run.WarmUpCount == 0 ? text : $"{text} {ReportNumber.Count(run.WarmUpCount)} more warmed up and are in no figure.";
    }

    private static string Headline(LoadRun run, RunVerdict verdict)
    {
        (double? lower, double? upper) = HeadlineInterval.OfSuccess(run, verdict.Thresholds);
        List<string[]> rows =
        [
            ["Success rate", $"{ReportNumber.Percent(run.SuccessRate)} %",
                $"{ReportNumber.Range(lower, upper, ReportNumber.Percent)} %"],
            .. run.Percentiles.Where(figure => figure is { Measure: "Response", Count: > 0 })
                .Select(figure => Percentile(HeadlineInterval.Of(figure, verdict.Thresholds))),
        ];
        if (AgentWords.Of(run) is string agent)
            rows.Add(["Agent mode", MarkdownText.Escape(agent, 300), ""]);
        if (run.Rates.CompletedPerSecond is { } completed)
            rows.Add(["Answers per minute", ReportNumber.Seconds(completed * 60), ""]);
        if (LimitWords.Of(run) is string limit)
            rows.Add(["Limit seen in this run", limit, ""]);
        if (run.Statements is string statements)
            rows.Add(["SQL statements", statements, ""]);
        if (BoundWords.Of(run) is string bound)
            rows.Add(["Bound by", bound, ""]);
        if (AnswerWords.Agreement(run) is not null && run.Agreement is { } agreement)
        {
            rows.Add(["Answers that agree", $"{ReportNumber.Percent(agreement.PairwiseAgreement)} %",
                $"{ReportNumber.Range(agreement.PairwiseAgreementLower, agreement.PairwiseAgreementUpper, ReportNumber.Percent)} %"]);
        }
        if (run.Agreement is { Verdict: AgreementVerdict.Changed, PValue: double p })
            rows.Add(["Busy answers", FormattableString.Invariant($"differ from quiet ones (p {p:0.000})"), ""]);
        if (AnswerWords.Expected(run) is string expected)
            rows.Add(["Right answers", expected, ""]);
        if (run.ThrottleRetryCount > 0)
            rows.Add(["Lost to 429s", $"{ReportNumber.Seconds(run.ThrottleSeconds)} s",
                ReportNumber.Counted(run.ThrottleRetryCount, "retry", "retries")]);
        return MarkdownText.Table(["Figure", "Value:", "95 % interval:"], rows);
    }

    private static string[] Percentile(PercentileFigure figure)
    {
        string name = FormattableString.Invariant($"Response time P{figure.Percentile:0}");
        return figure is { IsSupported: true, LowerSeconds: not null }
            ? [name, $"{ReportNumber.Seconds(figure.Seconds)} s",
                $"{ReportNumber.Range(figure.LowerSeconds, figure.UpperSeconds, ReportNumber.Seconds)} s"]
            :
            [
                name, $"_~{ReportNumber.Seconds(figure.Seconds)} s_",
                $"_{ReportNumber.Count(figure.Count)} of {ReportNumber.Counted(figure.NeededCount, "answer")} needed_",
            ];
    }

    private static void AddThresholds(List<string> blocks, RunVerdict verdict)
    {
        if (verdict.Thresholds.Count == 0)
            return;
        blocks.Add("### Thresholds");
        blocks.Add(MarkdownText.Table(
            ["", "Threshold", "Result"],
            verdict.Thresholds.Select(result => new[]
            {
                Mark(result.Verdict switch
                {
                    Verdict.Pass => VerdictKind.Pass,
                    Verdict.Fail => VerdictKind.Fail,
                    _ => VerdictKind.Undecided,
                }),
                MarkdownText.Escape(result.Threshold, LongestCell),
                $"{result.Verdict.ToLowerInvariant()}: {MarkdownText.Escape(result.Reason, 300)}",
            })));
    }

    private static void AddTable(List<string> blocks, string title, IReadOnlyList<string> columns, IReadOnlyList<string[]> rows)
    {
        if (rows.Count == 0)
            return;
        blocks.Add(title);
        blocks.Add(MarkdownText.Table(columns, rows.Select(row => row.Select(cell => MarkdownText.Escape(cell, LongestCell)).ToArray())));
    }

    private static void AddEvaluations(List<string> blocks, LoadRun run)
    {
        if (run.Evaluations is not { Count: > 0 } evaluations)
            return;
        blocks.Add("### Accuracy");
        if (run.AccuracyUnderLoad is string answer)
            blocks.Add(MarkdownText.Escape(answer, 500));
        blocks.Add(MarkdownText.Table(EvaluationWords.Columns, evaluations.Select(evaluation =>
            EvaluationWords.Cells(evaluation).Select(cell => MarkdownText.Escape(cell, LongestCell)).ToArray())));
    }

    private static void AddQuestions(List<string> blocks, LoadRun run)
    {
        IReadOnlyList<RankedQuestion> questions = RankedQuestion.Of(run);
        if (questions.Count == 0)
            return;
        blocks.Add("### Slowest questions");
        blocks.Add(MarkdownText.Table(
            ["Question", "Answered:", "Median:", "Slowest:"],
            questions.Take(MostQuestions).Select(question => new[]
            {
                MarkdownText.Escape($"{question.Id} {question.Text}", LongestCell),
                $"{ReportNumber.Count(question.AnsweredCount)} of {ReportNumber.Count(question.EndedCount)}",
                question.EndedCount == 0 ? "" : question.MedianText,
                question.Response.Count == 0 ? "" : $"{ReportNumber.Seconds(question.Response.MaximumSeconds)} s",
            })));
        if (questions.Count > MostQuestions)
            blocks.Add($"and {ReportNumber.Count(questions.Count - MostQuestions)} more.");
    }

    private static void AddCauses(List<string> blocks, LoadRun run)
    {
        CauseCount[] causes = [.. run.Causes.Where(AskedQuestions.IsFailure)];
        if (causes.Length == 0)
            return;
        blocks.Add("### Failures");
        blocks.Add(MarkdownText.Table(
            ["Count:", "Outcome", "Error", "Example"],
            causes.Take(MostCauses).Select(cause => new[]
            {
                ReportNumber.Count(cause.Count), MarkdownText.Escape(cause.Outcome, LongestCell), MarkdownText.Escape(
                    cause.ErrorType, LongestCell),
                MarkdownText.Escape(cause.Example, LongestCell),
            })));
        if (causes.Length > MostCauses)
            blocks.Add($"and {ReportNumber.Counted(causes.Length - MostCauses, "more cause", "more causes")}.");
    }

    private static string Footer(LoadRun run)
    {
        string health = run.Health is { } known ? MarkdownText.Escape(known.ToString(), 500) : "unknown";
        string target = run.IsSimulator
            ? "a simulator"
            : $"space {MarkdownText.Escape(run.SpaceId, LongestCell)} of {MarkdownText.Escape(run.WorkspaceUrl, LongestCell)}";
        string mode = QuestionModes.NameUnlessChat(run.Plan) is { } name ? $", mode {MarkdownText.Escape(name, LongestCell)}" : "";
        return $"Health of the load generator: {health}. Run {MarkdownText.Escape(run.RunId, LongestCell)}, scenario "
            + $"{MarkdownText.Escape(run.ScenarioName, LongestCell)}{mode}, against {target}, {ReportNumber.Instant(run.StartedAt)}, "
                + $"GenieLoad {run.GenieLoadVersion}.";
    }
}
