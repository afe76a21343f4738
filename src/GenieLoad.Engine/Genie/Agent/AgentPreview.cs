using System.Text.Json;
using GenieLoad.Engine.Answers;

namespace GenieLoad.Engine.Genie.Agent;

/// <summary>Reads the rows that an answer shows of its result: at most a hundred.</summary>
internal static class AgentPreview
{
    /// <summary>The rows as a table; a partial one where the result has more. <see langword="null"/> where there are none to read.</summary>
    /// <param name="metadata">Of the message.</param>
    public static ResultTable? Of(JsonElement metadata)
    {
        (string, string?)[] columns = [.. metadata.Elements("columns").Select(ColumnOf)];
        if (columns.Length == 0 || metadata.Member("preview_rows") is not { ValueKind: JsonValueKind.Array })
            return null;
        return ResultTable.Of(
            columns, metadata.Elements("preview_rows").Select(row => CellsOf(row, columns)), isCut: false, metadata.Number("total_row_count"));
    }

    private static (string, string?) ColumnOf(JsonElement column) => column.ValueKind == JsonValueKind.String
        ? (column.GetString()!, null)
        : (column.Text("name") ?? "", column.Text("type_name") ?? column.Text("type"));

    private static string?[] CellsOf(JsonElement row, (string Name, string?)[] columns) => row.ValueKind switch
    {
        JsonValueKind.Array => [.. row.EnumerateArray().Select(TextOf)],
        JsonValueKind.Object => [.. columns.Select(column => row.Member(column.Name) is JsonElement cell ? TextOf(cell) : null)],
        _ => [],
    };

    private static string? TextOf(JsonElement cell) => cell.ValueKind switch
    {
        JsonValueKind.String => cell.GetString(),
        JsonValueKind.Null => null,
        _ => cell.GetRawText(),
    };
}
