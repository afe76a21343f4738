using System.Collections.ObjectModel;

namespace GenieLoad.Model;

/// <summary>
/// A read-only list that prints as its length, so that a cell holding it reads "35 rows" in a table or CSV file
/// and not as the name of a type.
/// </summary>
/// <typeparam name="T">Type of the rows.</typeparam>
/// <param name="rows">The rows; the list is kept, not copied.</param>
public sealed class RowList<T>(IList<T> rows) : ReadOnlyCollection<T>(rows)
{
    /// <summary>The number of rows, in words.</summary>
    public override string ToString() => Count == 1 ? "1 row" : $"{Count} rows";
}
