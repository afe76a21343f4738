using System.Xml.Linq;
using GenieLoad.Engine.Figures;
using GenieLoad.Model;
using static GenieLoad.Engine.Reports.Html.Markup;

namespace GenieLoad.Engine.Reports.Html;

/// <summary>The top of a run's page: what it was, the verdict, the headline figures and the thresholds.</summary>
internal static class RunHeadline
{
    /// <summary>Name, origin and verdict.</summary>
    public static XElement Header(LoadRun run, RunVerdict verdict) => Element(
        "header",
        Element("h1", ReportText.OneLine(run.Name, 120)),
        Styled("p", "lead", string.Join(" \u00B7 ", Origin(run))),
        Styled("div", $"verdict {verdict.Kind.ToString().ToLowerInvariant()}",
            Element("strong", $"{(run.State == RunState.Running ? "\u25CF" : Sign(verdict.Kind))} {verdict.Word}"),
            Element("p", $"{ReportText.OneLine(verdict.Reason, 1000)} {Answered(run)}")),
        run.State == RunState.Running ? Progress(run) : null);

    /// <summary>How much of a run that is not over is done: of all its questions, those of a warm-up too.</summary>
    private static XElement Progress(LoadRun run) => Element(
        "progress",
        Attribute("aria-label", "Questions that have ended"),
        Attribute("max", FormattableString.Invariant($"{Math.Max(1, run.Results.Count)}")),
        Attribute("value", FormattableString.Invariant($"{run.Results.Count(HasEnded)}")));

    private static bool HasEnded(QuestionResult row) => !UnfinishedQuestion.IsUnasked(row)
        && row is not { Outcome: Outcome.Interrupted, CompletedOffsetSeconds: null };

    /// <summary>The figures that a run is known by, each with what it stands on.</summary>
    public static XElement Figures(LoadRun run, RunVerdict verdict)
    {
        PercentileFigure[] percentiles =
        [
            .. run.Percentiles.Where(figure => figure is { Measure: "Response", Percentile: 50 or 90 or 95 or 99 })
                .Select(figure => HeadlineInterval.Of(figure, verdict.Thresholds)),
        ];
        (double? lower, double? upper) = HeadlineInterval.OfSuccess(run, verdict.Thresholds);
        return Element("section",
            Attribute("aria-labelledby", "figures"),
            Element("h2", Attribute("id", "figures"), "Headline figures"),
            Styled("p", "quiet", run.SuccessfulCount == 0
                ? "No question was answered in full: there are no response times."
                : "Response time, from the time a question was due to its answer, of the questions answered in full. "
                    + "The ranges are 95 % intervals."),
            Styled("div", "cards",
                run.SuccessfulCount == 0 ? null : percentiles.Select(Percentile),
                Card("Answered in full", ReportNumber.Percent(run.SuccessRate), "%", lower is null
                    ? "no question has finished"
                    : $"{ReportNumber.Range(lower, upper, ReportNumber.Percent)} %",
                        isWeak: run.EndedCount == 0)),
            Facts(Others(run)));
    }

    /// <summary>What became of each threshold.</summary>
    public static XElement? Thresholds(LoadRun run, RunVerdict verdict) => verdict.Thresholds.Count == 0 ? null : Element(
        "section",
        Attribute("aria-labelledby", "thresholds"),
        Element("h2", Attribute("id", "thresholds"), run.State == RunState.Running ? "Thresholds so far" : "Thresholds"),
        Styled("div", "panel", StackedTable(
            "Thresholds", ["Verdict", "Threshold", "Result"],
            verdict.Thresholds.Select(result => new object?[]
            {
                Tag(result.Verdict), Styled("span", "code", Foreign(result.Threshold, 500)), Foreign(result.Reason, 1000),
            }),
            1, 2)));

    /// <summary>A verdict of a threshold, told by sign and word.</summary>
    public static XElement Tag(string verdict)
    {
        VerdictKind kind = verdict switch
        {
            Verdict.Pass => VerdictKind.Pass,
            Verdict.Fail => VerdictKind.Fail,
            _ => VerdictKind.Undecided,
        };
        return Styled("span", $"tag {kind.ToString().ToLowerInvariant()}", $"{Sign(kind)} {kind}");
    }

    /// <summary>The sign of a verdict: its shape tells, not its colour alone.</summary>
    public static string Sign(VerdictKind kind) => kind switch
    {
        VerdictKind.Pass => "\u2713",
        VerdictKind.Fail => "\u2715",
        VerdictKind.Invalid => "!",
        VerdictKind.Undecided => "?",
        _ => "\u2013",
    };

    private static IEnumerable<string> Origin(LoadRun run) =>
    [
        ReportNumber.Instant(run.StartedAt),
        ReportNumber.Duration(run.TotalDurationSeconds) + (run.State == RunState.Running ? " so far" : ""),
        $"scenario {ReportText.OneLine(run.ScenarioName, 80)}",
        run.IsSimulator ? "against a simulator" : $"space {ReportText.OneLine(run.SpaceId, 80)}",
    ];

    private static string Answered(LoadRun run) =>
        $"{ReportNumber.Count(run.SuccessfulCount)} of {ReportNumber.Counted(run.EndedCount, "question")} answered in full."
        + (run.LeftOut is null ? "" : run.State == RunState.Running ? $" {run.LeftOut}." : $" Left out: {run.LeftOut}.")
        + (run.WarmUpCount == 0 ? "" : $" {ReportNumber.Count(run.WarmUpCount)} more warmed up and are in no figure.");

    private static XElement Percentile(PercentileFigure figure)
    {
        string name = FormattableString.Invariant($"P{figure.Percentile:0.#}{(figure.Percentile == 50 ? ", the median" : "")}");
        bool isWeak = figure is not { IsSupported: true, LowerSeconds: not null };
        string basis = isWeak
            ? $"{ReportNumber.Count(figure.Count)} of {ReportNumber.Counted(figure.NeededCount, "answer")} needed"
            : $"{ReportNumber.Range(figure.LowerSeconds, figure.UpperSeconds, ReportNumber.Seconds)} s";
        return Card(name, (isWeak ? "~" : "") + ReportNumber.Seconds(figure.Seconds), "s", basis, isWeak);
    }

    /// <summary>A figure, with what it stands on.</summary>
    public static XElement Card(string name, string value, string unit, string basis, bool isWeak) => Styled(
        "div", isWeak ? "card weak" : "card",
        Styled("div", "name", name),
        Styled("div", "value", value, value == ReportNumber.None ? null : Element("small", unit)),
        Styled("div", "basis", basis));

    private static IEnumerable<(string Name, object? Value)> Others(LoadRun run)
    {
        PercentileFigure? everyone = run.Percentiles.FirstOrDefault(
            figure => figure is { Measure: "ResponseWithFailures", Percentile: 90 });
        string? withFailures = everyone?.Seconds switch
        {
            null => null,
            double.PositiveInfinity => "never answered",
            { } seconds => $"{(everyone.IsAtLeast ? "over " : "")}{ReportNumber.Seconds(seconds)} s",
        };
        return
        [
            ("Mean time from first send", Seconds(run.AverageQuestionDurationSeconds)),
            ("P90 counting failures as unanswered", withFailures),
            ("Agent mode", AgentWords.Of(run)),
            ("Offered", PerMinute(run.Rates.OfferedPerSecond) ?? "all at once"),
            ("Answered", PerMinute(run.Rates.CompletedPerSecond)),
            ("In flight, mean and maximum", run.Rates.MeanInFlight is { } mean
                ? $"{ReportNumber.Grouped(mean, "#,0.0")} and {ReportNumber.Count(run.Rates.MaximumInFlight ?? 0)}"
                : null),
            ("Lost to the rate limit (429)", run.ThrottleRetryCount == 0
                ? "nothing"
                : $"{ReportNumber.Duration(run.ThrottleSeconds)} in {ReportNumber.Counted(run.ThrottleRetryCount, "retry", "retries")}"),
            ("Lost to faults", run.FaultRetryCount == 0
                ? null
                : $"{ReportNumber.Duration(run.FaultSeconds)} in {ReportNumber.Counted(run.FaultRetryCount, "retry", "retries")}"),
            ("Health of the load generator", run.Health?.Verdict ?? "unknown"),
        ];
    }

    private static string? Seconds(double? seconds) => seconds is null ? null : $"{ReportNumber.Seconds(seconds)} s";

    private static string? PerMinute(double? perSecond) =>
        perSecond is { } rate ? $"{ReportNumber.Grouped(rate * 60, "#,0.0")} questions/min" : null;
}
