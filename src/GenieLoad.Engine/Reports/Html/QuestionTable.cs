using System.Xml.Linq;
using GenieLoad.Engine.Figures;
using GenieLoad.Model;
using static GenieLoad.Engine.Reports.Html.Markup;

namespace GenieLoad.Engine.Reports.Html;

/// <summary>The questions, slowest first, each with its queries; and what stood in the way of the others.</summary>
internal static class QuestionTable
{
    private const int MostQuestions = 50;
    private const int MostQueries = 3;
    private const int MostCauses = 30;
    private const int LongestText = 1000;
    private const int LongestQuery = 6000;

    /// <summary>The questions.</summary>
    public static XElement Questions(LoadRun run)
    {
        IReadOnlyList<RankedQuestion> questions = RankedQuestion.Of(run);
        return Element("section",
            Attribute("aria-labelledby", "questions"),
            Element("h2", Attribute("id", "questions"), "Questions, slowest first"),
            questions.Count == 0 ? Element("p", "No question was planned.") : Styled("div", "panel",
                StackedTable(
                    "Questions, slowest first", ["Question", "Answered:", "Median, s:", "Slowest, s:", "Lost to 429s, s:"],
                    questions.Take(MostQuestions).Select(Cells), 0),
                questions.Count <= MostQuestions
                    ? null
                    : Styled("p", "quiet",
                        $"and {ReportNumber.Count(questions.Count - MostQuestions)} more; the run as .csv or .json has them all.")));
    }

    /// <summary>The failures.</summary>
    public static XElement Failures(LoadRun run)
    {
        CauseCount[] causes = [.. run.Causes.Where(AskedQuestions.IsFailure)];
        return Element("section",
            Attribute("aria-labelledby", "failures"),
            Element("h2", Attribute("id", "failures"), "Failures"),
            causes.Length == 0
                ? Element("p", run.EndedCount == 0 ? "No question has finished."
                    : run.LeftOut is null ? "Every question was answered in full."
                        : "Every finished question was answered in full.")
                : Styled("div", "panel",
                    StackedTable(
                        "Failures by cause", ["What happened", "Count:", "Time spent:", "First to last"],
                        causes.Take(MostCauses).Select(cause => Cells(run, cause)), 0),
                    causes.Length <= MostCauses ? null : Styled(
                        "p", "quiet", $"and {ReportNumber.Counted(causes.Length - MostCauses, "more cause", "more causes")}.")));
    }

    private static object?[] Cells(RankedQuestion question) =>
    [
        Styled("div", "wide-text",
            Styled("span", "quiet", Foreign(question.Id, LongestText)), " ",
            question.Text.Length == 0 ? Styled("span", "quiet", "(text left out)") : Foreign(question.Text, LongestText),
            question.Queries.Count == 0 ? null : Details(
                question.Queries.Count == 1 ? "SQL" : $"SQL, {ReportNumber.Count(question.Queries.Count)} different queries",
                question.Queries.Take(MostQueries).Select(query => (object[])
                [
                    question.Queries.Count == 1 ? "" : Styled("p", "quiet", $"{ReportNumber.Counted(query.Count, "answer")}:"),
                    Element("pre", Attribute("dir", "ltr"), ReportText.Cut(ReportText.Printable(query.Sql.Trim()), LongestQuery)),
                ]))),
        question.AnsweredCount == question.EndedCount
            ? ReportNumber.Count(question.EndedCount)
            : $"{ReportNumber.Count(question.AnsweredCount)} of {ReportNumber.Count(question.EndedCount)}",
        question.EndedCount == 0 ? ReportNumber.None : question.Response.Count == 0 ? question.MedianText
            : ReportNumber.Seconds(question.Response.P50Seconds),
        ReportNumber.Seconds(question.Response.MaximumSeconds),
        question.ThrottleSeconds > 0 ? ReportNumber.Seconds(question.ThrottleSeconds) : ReportNumber.None,
    ];

    private static object?[] Cells(LoadRun run, CauseCount cause) =>
    [
        Styled("div", "wide-text",
            Element("strong", ReportText.OneLine(cause.Outcome, 100)),
            cause.ErrorType is null ? null : (object[])[" ", Foreign(cause.ErrorType, LongestText)],
            cause.Group is null ? null : Styled("span", "quiet", $" \u00B7 {cause.Group}"),
            string.IsNullOrWhiteSpace(cause.Example) ? null : Element("div", Foreign(cause.Example, LongestText)),
            cause.ExampleRequestId is null ? null : Styled(
                "div", "quiet", "for example request ", Foreign(cause.ExampleRequestId, LongestText))),
        ReportNumber.Count(cause.Count),
        cause.TimeShare is { } share ? FormattableString.Invariant($"{share:0.#} %") : ReportNumber.None,
        cause.FirstAt is { } first ? Period(run, first, cause.LastAt ?? first) : ReportNumber.None,
    ];

    private static string Period(LoadRun run, DateTime first, DateTime last)
    {
        string Offset(DateTime at) =>
            ReportNumber.Duration(Math.Max(0, (at.ToUniversalTime() - run.StartedAt.ToUniversalTime()).TotalSeconds));
        return first == last ? $"at {Offset(first)}" : $"{Offset(first)} to {Offset(last)}";
    }
}
