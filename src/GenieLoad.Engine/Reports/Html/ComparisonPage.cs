using System.Xml.Linq;
using GenieLoad.Engine.Reports.Charts;
using GenieLoad.Model;
using static GenieLoad.Engine.Reports.Html.Markup;

namespace GenieLoad.Engine.Reports.Html;

/// <summary>Comparisons as a page: for each the verdict, what changed and by how much, and the questions that changed most.</summary>
internal static class ComparisonPage
{
    private const int MostQuestions = 100;
    private const int MostQuestionsDrawn = 15;
    private const int LongestText = 500;

    /// <summary>Writes the page.</summary>
    public static void Write(IReadOnlyList<RunComparison> comparisons, Stream stream)
    {
        string title = comparisons.Count == 1 ? "Comparison of two runs" : $"{ReportNumber.Count(comparisons.Count)} comparisons of runs";
        ReportPage.Write(
            $"{title}: {string.Join(", ", comparisons.Select(comparison => ChangeText.Verdict(comparison.Verdict)).Distinct())}",
            [
                Element("header",
                    Element("h1", title),
                    Styled("p", "lead", "What changed between the runs, and whether it could be chance. "
                        + "docs/comparing.md explains the method.")),
                Element("main",
                    comparisons.Count == 1 ? null : Overview(comparisons),
                    comparisons.Select((comparison, i) => Section(comparison, FormattableString.Invariant($"c{i + 1}")))),
                Element("footer", $"Made by GenieLoad {typeof(ComparisonPage).Assembly.GetName().Version!.ToString(fieldCount: 3)}."),
            ],
            stream);
    }

    private static XElement Overview(IReadOnlyList<RunComparison> comparisons) => Element(
        "section",
        Attribute("aria-labelledby", "overview"),
        Element("h2", Attribute("id", "overview"), "Overview"),
        Styled("div", "panel", StackedTable(
            "Overview", ["Run", "Against", "Median:", "P95:", "Verdict"],
            comparisons.Select(comparison => new object?[]
            {
                Foreign(comparison.DifferenceRunId, LongestText), Foreign(comparison.ReferenceRunId, LongestText),
                Shift(comparison, "P50ResponseSeconds"), Shift(comparison, "P95ResponseSeconds"), Tag(comparison.Verdict),
            }),
            0)));

    private static string Shift(RunComparison comparison, string figure) =>
        comparison.Rows.FirstOrDefault(row => row.Figure == figure) is { } row
            ? ChangeText.Shift(row, ChangeText.LeastForPercent(comparison)) : ReportNumber.None;

    private static XElement Section(RunComparison comparison, string id) => Element(
        "section",
        Attribute("aria-labelledby", $"{id}-runs"),
        Element("h2", Attribute("id", $"{id}-runs"),
            Foreign(ChangeText.Runs(comparison.DifferenceRunId, comparison.DifferenceRunIds), LongestText)),
        Styled("p", "lead", "against ", Foreign(ChangeText.Runs(comparison.ReferenceRunId, comparison.ReferenceRunIds), LongestText),
            $" \u00B7 {ReportNumber.Instant(comparison.ReferenceStartedAt)}, then {ReportNumber.Instant(comparison.DifferenceStartedAt)}"),
        Styled("div", $"verdict {ChangeText.CssClass(comparison.Verdict)}",
            Element("strong", $"{ChangeText.Sign(comparison.Verdict)} {ChangeText.Verdict(comparison.Verdict)}"),
            Element("p", Foreign(ChangeText.Basis(comparison), LongestText))),
        comparison.Warnings.Count == 0 ? null : Styled("div", "panel warnings",
            Element("h3", "These runs may not be comparable"),
            Element("ul", comparison.Warnings.Select(warning => Element("li", Foreign(warning, LongestText))))),
        Figures(comparison, id),
        Curves(comparison, id),
        Questions(comparison, id),
        Answers(comparison));

    private static XElement Figures(RunComparison comparison, string id) => Element(
        "div",
        Attribute("class", "group"),
        ChangeFigure.Of(
            comparison, $"{id}-changes", "Change of the response time and its parts", comparison.Rows,
            row => ChangeFigure.InWords(row.Figure)),
        Styled("div", "panel",
            Element("h3", "All figures"),
            StackedTable(
                "All figures", ["Figure", "Before:", "After:", "Change:", "95 % interval:", "p:", "Verdict"],
                comparison.Rows.Select(row => Cells(row, ChangeText.LeastForPercent(comparison), Styled("span", "code", row.Figure))), 0),
            ChangeText.Footnote(comparison.Rows) is { } footnote ? Styled("p", "quiet", footnote) : null));

    private static XElement? Questions(RunComparison comparison, string id) => comparison.Questions.Count == 0 ? null : Element(
        "div",
        Attribute("class", "group"),
        ChangeFigure.Of(
            comparison, $"{id}-questions", "Change of the median per question", [.. comparison.Questions.Take(MostQuestionsDrawn)],
            row => row.QuestionId ?? row.Figure),
        Styled("div", "panel",
            Element("h3", "Questions, the largest change first"),
            StackedTable(
                "Questions, the largest change first", ["Question", "Before:", "After:", "Change:", "95 % interval:", "p:", "Verdict"],
                comparison.Questions.Take(MostQuestions).Select(row => Cells(row, ChangeText.LeastForPercent(comparison), (object[])
                [
                    Styled("span", "quiet", Foreign(row.QuestionId, LongestText)), " ",
                    string.IsNullOrWhiteSpace(row.Question)
                        ? Styled("span", "quiet", "(text left out)") : Foreign(row.Question, LongestText),
                ])),
                0),
            comparison.Questions.Count <= MostQuestions ? null : Styled(
                "p", "quiet", $"and {ReportNumber.Count(comparison.Questions.Count - MostQuestions)} more."),
            ChangeText.Footnote(comparison.Questions) is { } footnote ? Styled("p", "quiet", footnote) : null));

    private static XElement? Answers(RunComparison comparison)
    {
        AnswerComparison[] changed = [.. comparison.Answers.Where(answer => answer.Verdict != AnswerVerdict.Same)];
        return comparison.Answers.Count == 0 ? null : Styled("div", "panel",
            Element("h3", "Answers"),
            Element("p", ChangeText.Answers(comparison) + "."),
            changed.Length == 0 ? null : StackedTable(
                "Questions that are answered otherwise", ["Question", "Before:", "After:", "Same across:", "SQL the same", "Verdict"],
                changed.Take(MostQuestions).Select(answer => new object?[]
                {
                    Styled("div", "name-text", Styled("span", "quiet", Foreign(answer.QuestionId, LongestText)), " ",
                        Foreign(answer.Question, LongestText), Styled("div", "quiet", answer.Reason)),
                    ReportNumber.Count(answer.ReferenceCount), ReportNumber.Count(answer.DifferenceCount),
                    answer.AcrossAgreement is double across ? $"{ReportNumber.Percent(across)} %" : ReportNumber.None,
                    answer.SqlLevel ?? ReportNumber.None, answer.Verdict,
                }), 0),
            changed.Length <= MostQuestions ? null : Styled(
                "p", "quiet", $"and {ReportNumber.Count(changed.Length - MostQuestions)} more."));
    }

    private static XElement? Curves(RunComparison comparison, string id)
    {
        PercentilePair[] pairs = [
            .. comparison.ResponsePercentiles.Where(pair => pair is { ReferenceSeconds: not null, DifferenceSeconds: not null })];
        if (pairs.Length == 0)
            return null;
        double greatest = pairs.Max(pair => Math.Max(
            Math.Max(pair.ReferenceSeconds!.Value, pair.DifferenceSeconds!.Value),
            Math.Max(pair.ReferenceUpper ?? 0, pair.DifferenceUpper ?? 0)));
        CurvePoint[] before = [.. pairs.Select(
            pair => new CurvePoint(pair.Percentile, pair.ReferenceSeconds!.Value, pair.ReferenceLower, pair.ReferenceUpper))];
        CurvePoint[] after = [.. pairs.Select(
            pair => new CurvePoint(pair.Percentile, pair.DifferenceSeconds!.Value, pair.DifferenceLower, pair.DifferenceUpper))];
        ChartFigure figure = new()
        {
            Id = $"{id}-curves",
            Title = "Percentiles before and after",
            Note = "Share of answers within the given number of seconds. Bands are 95 % intervals of each run on "
                + "its own: they may overlap although a "
                + "change is certain, because changes are compared question by question.",
            Description = string.Join(", ", pairs.Where(pair => pair.Percentile is 50 or 75 or 90 or 95 or 99).Select(pair =>
                FormattableString.Invariant(
                    $"P{pair.Percentile:0} {pair.ReferenceSeconds:0.00} s before, {pair.DifferenceSeconds:0.00} s after"))) + ".",
            Legend = [(ChartFigure.Line("line before"), "Before"), (ChartFigure.Line("line after"), "After")],
            Table = Table("Percentiles before and after", ["Percentile", "Before, s:", "After, s:"],
                pairs.Where(pair => pair.Percentile % 5 == 0 || pair.Percentile > 95)
                .Select(pair => new object?[]
                {
                    FormattableString.Invariant($"P{pair.Percentile:0}"), ReportNumber.Seconds(pair.ReferenceSeconds),
                    ReportNumber.Seconds(pair.DifferenceSeconds),
                })),
        };
        return figure.OfFullWidth((size, chart, title, description) =>
        {
            Plot plot = new(size, new TailScale(100), LinearScale.Over(0, greatest), "seconds");
            CurveChart.Draw(plot, "before", before);
            CurveChart.Draw(plot, "after", after);
            return plot.ToSvg(chart, title, description);
        });
    }

    private static object?[] Cells(ComparisonRow row, double leastForPercent, object name) =>
    [
        Styled("div", "name-text", name, row.Reason is null ? null : Styled("div", "quiet", Foreign(row.Reason, LongestText))),
        Both(row.ReferenceValue, row.ReferenceLower, row.ReferenceUpper, row.Unit),
        Both(row.DifferenceValue, row.DifferenceLower, row.DifferenceUpper, row.Unit),
        ChangeText.Shift(row, leastForPercent) + ChangeText.Mark(row),
        ChangeText.Interval(row), ChangeText.P(row.PValue), Tag(row.Verdict),
    ];

    /// <summary>A value, and its interval below it.</summary>
    private static object[] Both(double? value, double? lower, double? upper, string unit) => lower is null || upper is null
        ? [ChangeText.Value(value, unit)]
        : [ChangeText.Value(value, unit), " ", Styled("div", "quiet", ReportNumber.Range(lower, upper, ReportNumber.Seconds))];

    /// <summary>A verdict, told by sign and word.</summary>
    public static XElement Tag(string verdict) =>
        Styled("span", $"tag {ChangeText.CssClass(verdict)}", $"{ChangeText.Sign(verdict)} {ChangeText.Verdict(verdict)}");
}
