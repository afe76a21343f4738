using System.Xml.Linq;
using GenieLoad.Model;
using static GenieLoad.Engine.Reports.Html.Markup;

namespace GenieLoad.Engine.Reports.Html;

/// <summary>The modes of a run beside each other.</summary>
internal static class ModeTable
{
    private const int LongestText = 100;

    /// <summary>The section; <see langword="null"/> where all questions were asked in one mode.</summary>
    public static XElement? Of(LoadRun run) => ModeWords.Rows(run) is not { Count: > 0 } rows ? null : Element("section",
        Attribute("aria-labelledby", "modes"),
        Element("h2", Attribute("id", "modes"), "Modes"),
        Styled("div", "panel", StackedTable("Response times by mode", ModeWords.Columns, rows.Select(Cells), 0)));

    private static object?[] Cells(string[] row) => [.. row.Select(cell => cell.Length == 0 ? null : Foreign(cell, LongestText))];
}
