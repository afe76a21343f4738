namespace GenieLoad.Benchmarks;

/// <summary>A table in Markdown whose columns also line up as plain text. The first column is text, the others are figures.</summary>
/// <param name="title">What it shows, the head of the first column.</param>
/// <param name="columns">Heads of the figures.</param>
internal sealed class Table(string title, params string[] columns)
{
    private readonly List<string[]> _rows = [];

    public void Add(string name, params string[] figures) => _rows.Add([name, .. figures]);

    public IReadOnlyList<string> ToLines()
    {
        string[] head = [title, .. columns];
        int[] widths = [.. head.Select((name, column) => Math.Max(name.Length, _rows.Max(row => row[column].Length)))];
        string[] rule = [.. widths.Select((width, column) => column == 0 ? new string('-', width) : new string('-', width - 1) + ":")];
        return [Line(head, widths), Line(rule, widths), .. _rows.Select(row => Line(row, widths))];
    }

    private static string Line(string[] cells, int[] widths) =>
        "| " + string.Join(" | ", cells.Select((cell, i) => i == 0 ? cell.PadRight(widths[i]) : cell.PadLeft(widths[i]))) + " |";
}
