using System.Xml.Linq;
using GenieLoad.Model;
using static GenieLoad.Engine.Reports.Html.Markup;

namespace GenieLoad.Engine.Reports.Html;

/// <summary>The evaluations of the benchmarks, and whether load costs accuracy.</summary>
internal static class EvaluationTable
{
    private const int LongestText = 300;

    /// <summary>The section; <see langword="null"/> where nothing was evaluated.</summary>
    public static XElement? Of(LoadRun run) => run.Evaluations is not { Count: > 0 } evaluations ? null : Element("section",
        Attribute("aria-labelledby", "accuracy"),
        Element("h2", Attribute("id", "accuracy"), "Accuracy"),
        run.AccuracyUnderLoad is string answer ? Element("p", Foreign(answer, LongestText)) : null,
        Styled("div", "panel",
            StackedTable("Evaluations of the benchmarks", EvaluationWords.Columns, evaluations.Select(Cells), 0)),
        run.AccuracyChanges is not { Count: > 0 } changes ? null : Element("ul", changes.Select(change =>
            Element("li", Foreign($"{change.From} \u2192 {change.To}: {change.Text}", LongestText)))));

    private static object?[] Cells(Evaluation evaluation) =>
        [.. EvaluationWords.Cells(evaluation).Select(cell => cell.Length == 0 ? null : Foreign(cell, LongestText))];
}
