namespace GenieLoad.Engine.Running;

/// <summary>The result of a statement of our own.</summary>
/// <param name="Columns">Names and types of its columns.</param>
/// <param name="Rows">Its rows, each cell as text; a row can be shorter than the columns.</param>
/// <param name="IsCut">Whether there were more rows than asked for.</param>
internal sealed record StatementResult(
    IReadOnlyList<(string Name, string? Type)> Columns, IReadOnlyList<IReadOnlyList<string?>> Rows, bool IsCut)
{
    /// <summary>The rows, each cell under the name of its column.</summary>
    public IEnumerable<Dictionary<string, string?>> ByName()
    {
        foreach (IReadOnlyList<string?> cells in Rows)
        {
            Dictionary<string, string?> row = new(StringComparer.Ordinal);
            foreach (((string name, _), string? cell) in Columns.Zip(cells))
                row[name] = cell;
            yield return row;
        }
    }
}
