using System.Xml.Linq;
using GenieLoad.Model;
using static GenieLoad.Engine.Reports.Html.Markup;

namespace GenieLoad.Engine.Reports.Html;

/// <summary>The shards of a merged run beside each other.</summary>
internal static class ShardTable
{
    private const int LongestText = 100;

    /// <summary>The section; <see langword="null"/> for a run that was not merged.</summary>
    public static XElement? Of(LoadRun run) => ShardWords.Rows(run) is not { Count: > 0 } rows ? null : Element("section",
        Attribute("aria-labelledby", "shards"),
        Element("h2", Attribute("id", "shards"), "Shards"),
        Styled("div", "panel", StackedTable("Shards and their response times", ShardWords.Columns, rows.Select(Cells), 0)));

    private static object?[] Cells(string[] row) => [.. row.Select(cell => cell.Length == 0 ? null : Foreign(cell, LongestText))];
}
