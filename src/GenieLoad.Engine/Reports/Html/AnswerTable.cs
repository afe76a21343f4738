using System.Xml.Linq;
using GenieLoad.Model;
using static GenieLoad.Engine.Reports.Html.Markup;

namespace GenieLoad.Engine.Reports.Html;

/// <summary>Whether the answers of a run are the same and the right ones.</summary>
internal static class AnswerTable
{
    private const int MostQuestions = 50;
    private const int LongestText = 1000;

    /// <summary>The section; <see langword="null"/> where no question has two answers and nothing was checked.</summary>
    public static XElement? Of(LoadRun run)
    {
        if (run.Agreement is not { } agreement || (AnswerWords.Agreement(run) ?? AnswerWords.Expected(run)) is null)
            return null;
        (IReadOnlyList<QuestionConsistency> shown, int more) = AnswerWords.Differing(run, MostQuestions);
        return Element("section",
            Attribute("aria-labelledby", "answers"),
            Element("h2", Attribute("id", "answers"), "Answers"),
            Styled("div", "panel",
                AnswerWords.Agreement(run) is string alike ? Element("p", alike + ".") : null,
                AnswerWords.Expected(run) is string right ? Element("p", right + ".") : null,
                agreement.QuietUpTo is null ? null : Element("p", "Load: ", Foreign(agreement.Reason, LongestText), "."),
                AnswerWords.Kinds(run).Select(kind => Element("p", kind + ".")),
                shown.Count == 0 ? null : StackedTable(
                    "Questions with different or wrong answers",
                    ["Question", "Answers:", "Different:", "Agreement:", "Wrong:", "SQL the same"],
                    shown.Select(Cells), 0),
                more == 0 ? null : Styled("p", "quiet", $"and {ReportNumber.Count(more)} more; Consistency of the run has them all."),
                agreement.Confounders.Count == 0 ? null : Styled(
                    "p", "quiet", "To bear in mind: ", Foreign(string.Join("; ", agreement.Confounders), LongestText), "."),
                Styled("p", "quiet", "How answers are compared: docs/consistency.md.")));
    }

    private static object?[] Cells(QuestionConsistency question) =>
    [
        Styled("div", "wide-text",
            Styled("span", "quiet", Foreign(question.QuestionId, LongestText)), " ",
            question.Question is string text ? Foreign(text, LongestText) : Styled("span", "quiet", "(text left out)"),
            question.Remarks.Length == 0 ? null : Styled("div", "quiet", Foreign(question.Remarks, LongestText))),
        ReportNumber.Count(question.AnswerCount),
        ReportNumber.Count(question.DifferentCount),
        question.PairwiseAgreement is double agreement ? $"{ReportNumber.Percent(agreement)} %" : ReportNumber.None,
        question.WrongCount is int wrong ? ReportNumber.Count(wrong) : ReportNumber.None,
        question.SqlLevel is string level ? Foreign(level, LongestText) : ReportNumber.None,
    ];
}
