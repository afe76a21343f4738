using System.Text;

namespace GenieLoad.Engine.Answers;

/// <summary>Writes a table so that neither the order of its rows nor that of its columns shows.</summary>
internal static class ResultOrder
{
    private const char BetweenCells = '\u001F';
    private const char BetweenRows = '\u001E';

    /// <summary>The table as one text.</summary>
    /// <param name="table">A whole table.</param>
    public static string Of(ResultTable table)
    {
        // Columns by what they hold: what they are called and where they stand is up to Genie.
        int[] order = [.. Enumerable.Range(0, table.ColumnCount).OrderBy(column => HoldOf(table, column), StringComparer.Ordinal)
            .ThenBy(column => table.Columns[column], StringComparer.Ordinal)];
        string[] rows = [.. table.Rows.Select(row => string.Join(BetweenCells, order.Select(column => row[column].Text)))];
        Array.Sort(rows, StringComparer.Ordinal);
        return new StringBuilder().Append(table.ColumnCount).Append(BetweenRows).AppendJoin(BetweenRows, rows).ToString();
    }

    private static string HoldOf(ResultTable table, int column)
    {
        string[] cells = [.. table.Rows.Select(row => row[column].Text)];
        Array.Sort(cells, StringComparer.Ordinal);
        return Signature.Of(string.Join(BetweenCells, cells));
    }
}
