using System.Text.Json;
using GenieLoad.Engine.Json;

namespace GenieLoad.Engine.Genie.Agent;

/// <summary>The rows that an answer shows of its result.</summary>
/// <param name="Columns">Names and types of the columns; a type is <see langword="null"/> where nobody says.</param>
/// <param name="Rows">The rows.</param>
/// <param name="RowCount">Rows of the whole result; <see langword="null"/> where nobody says.</param>
internal sealed record AgentPreview(
    IReadOnlyList<(string Name, string? Type)> Columns, IReadOnlyList<IReadOnlyList<string?>> Rows, long? RowCount)
{
    // As many rows as an answer shows; one that shows all of them may have had more.
    private const int MostRows = 100;

    private const string Lost = "fetch_failed";

    /// <summary>Whether the result has, or may have, more rows than these.</summary>
    public bool IsCut => RowCount > Rows.Count || (RowCount is null && Rows.Count >= MostRows);

    /// <summary>Reads them; <see langword="null"/> where there are none to read, or the result was lost.</summary>
    /// <param name="metadata">Of the message.</param>
    public static AgentPreview? Of(JsonElement metadata)
    {
        (string, string?)[] columns = [.. metadata.Elements("columns").Select(ColumnOf)];
        bool hasRows = metadata.Member("preview_rows") is { ValueKind: JsonValueKind.Array };
        if (columns.Length == 0 || !hasRows || metadata.Text("status") == Lost)
            return null;
        return new AgentPreview(
            columns, [.. metadata.Elements("preview_rows").Select(row => CellsOf(row, columns))], metadata.Number("total_row_count"));
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
