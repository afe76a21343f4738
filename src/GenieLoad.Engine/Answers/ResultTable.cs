using System.Text.Json;
using GenieLoad.Engine.Json;

namespace GenieLoad.Engine.Answers;

/// <summary>
/// The result of a query in a form that can be compared: the first 5,000 rows, as the service's own benchmarks compare them.
/// </summary>
internal sealed class ResultTable
{
    /// <summary>Most rows that are looked at.</summary>
    public const int MostRows = 5000;

    private ResultTable(IReadOnlyList<string> columns, IReadOnlyList<Cell[]> rows, bool isPartial, long rowCount)
    {
        Columns = columns;
        Rows = rows;
        IsPartial = isPartial;
        RowCount = rowCount;
        Signature = Answers.Signature.Of(isPartial ? Size : ResultOrder.Of(this));
        AbsoluteSum = rows.Sum(row => row.Sum(cell => Math.Abs(cell.Number ?? 0)));
    }

    /// <summary>Names of the columns, in lower case.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>The rows.</summary>
    public IReadOnlyList<Cell[]> Rows { get; }

    /// <summary>Whether there are more rows than these: then only the size can be compared.</summary>
    public bool IsPartial { get; }

    /// <summary>Rows of the whole result, as far as the service says.</summary>
    public long RowCount { get; }

    /// <summary>Number of columns.</summary>
    public int ColumnCount => Columns.Count;

    /// <summary>Hash of what it says, in whatever order rows and columns come; of a partial one, hash of its size.</summary>
    public string Signature { get; }

    /// <summary>Sum of all numbers without their signs: tables that hold the same have nearly the same.</summary>
    public double AbsoluteSum { get; }

    /// <summary>Cells kept.</summary>
    public int CellCount => Rows.Count * ColumnCount;

    private string Size => FormattableString.Invariant($"partial {RowCount} x {ColumnCount}");

    /// <summary>Makes one of rows as they came.</summary>
    /// <param name="columns">Names and types of the columns; a type is <see langword="null"/> where nobody says.</param>
    /// <param name="rows">The rows; a row that is too short ends in NULLs.</param>
    /// <param name="isCut">Whether there are more.</param>
    /// <param name="rowCount">Rows of the whole result; <see langword="null"/> for as many as there are.</param>
    public static ResultTable Of(
        IReadOnlyList<(string Name, string? Type)> columns, IEnumerable<IReadOnlyList<string?>> rows, bool isCut, long? rowCount = null)
    {
        List<Cell[]> kept = [];
        foreach (IReadOnlyList<string?> row in rows.Take(MostRows + 1))
            kept.Add([.. columns.Select((column, i) => Cell.Of(i < row.Count ? row[i] : null, column.Type))]);
        bool isPartial = isCut || kept.Count > MostRows || rowCount > kept.Count;
        if (kept.Count > MostRows)
            kept.RemoveAt(MostRows);
        return new ResultTable(
            [.. columns.Select(column => column.Name.Trim().ToLowerInvariant())], kept, isPartial, rowCount ?? kept.Count);
    }

    /// <summary>Reads one from the bodies of the calls that brought it.</summary>
    /// <param name="bodies">Of the query result, then of its further parts.</param>
    /// <returns><see langword="null"/> where they hold no table.</returns>
    public static ResultTable? Read(IReadOnlyList<ReadOnlyMemory<byte>> bodies)
    {
        List<(string, string?)>? columns = null;
        List<IReadOnlyList<string?>> rows = [];
        bool isCut = false;
        long? rowCount = null;
        try
        {
            for (int i = 0; i < bodies.Count && rows.Count <= MostRows; i++)
            {
                using JsonDocument document = TolerantJson.Parse(bodies[i]);
                JsonElement part = document.RootElement;
                if (i == 0)
                {
                    part = part.Member("statement_response") ?? part;
                    if (part.Member("manifest") is not JsonElement manifest || ColumnsOf(manifest) is not { Count: > 0 } found)
                        return null;
                    columns = found;
                    isCut = manifest.Member("truncated") is { ValueKind: JsonValueKind.True };
                    rowCount = manifest.Member("total_row_count") is { ValueKind: JsonValueKind.Number } total
                        && total.TryGetInt64(out long number) ? number : null;
                    part = part.Member("result") ?? default;
                }
                rows.AddRange(RowsOf(part));
            }
        }
        catch (JsonException)
        {
            // What is no JSON holds no table.
            return null;
        }
        return columns is null ? null : Of(columns, rows, isCut, rowCount);
    }

    private static List<(string, string?)>? ColumnsOf(JsonElement manifest) =>
        manifest.Member("schema") is JsonElement schema && schema.Member("columns") is { ValueKind: JsonValueKind.Array } columns
            ? [.. columns.EnumerateArray().Select(column => (Text(column.Member("name")) ?? "", Text(column.Member("type_name"))))]
            : null;

    private static IEnumerable<IReadOnlyList<string?>> RowsOf(JsonElement part) =>
        part.Member("data_array") is { ValueKind: JsonValueKind.Array } rows
            ? rows.EnumerateArray().Where(row => row.ValueKind == JsonValueKind.Array)
                .Select(row => (IReadOnlyList<string?>)[.. row.EnumerateArray().Select(cell => Text(cell))])
            : [];

    private static string? Text(JsonElement? element) => element switch
    {
        null or { ValueKind: JsonValueKind.Null } => null,
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        { } other => other.GetRawText(),
    };
}
