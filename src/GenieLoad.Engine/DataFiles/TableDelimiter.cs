using System.Globalization;

namespace GenieLoad.Engine.DataFiles;

/// <summary>What stands between the values of a file: Excel writes commas, semicolons or tabs, by the country it was set to.</summary>
internal static class TableDelimiter
{
    // Header lines are short; a file may be large.
    private const int LongestHeader = 64 * 1024;

    private const string ExcelHint = "sep=";

    private static readonly char[] Known = [',', ';', '\t', '|'];

    /// <summary>
    /// The delimiter of a file: the one that is said, or that its first line says as Excel reads it (<c>sep=;</c>); otherwise the one by
    /// which its header has the wanted columns. The cells below are not looked at: a text is full of what could be taken for a delimiter.
    /// A header of one column has none at all, so the lines below it are whole: then it is one that parts no line.
    /// </summary>
    /// <param name="text">The file.</param>
    /// <param name="format">What is said of it.</param>
    /// <param name="wanted">Names of columns, one of which has to be there.</param>
    /// <param name="others">Names of columns that may be there.</param>
    public static char Of(string text, TableFormat format, string[] wanted, string[] others)
    {
        if (format.Delimiter is char said)
            return said;
        if (Hint(text) is char hinted)
            return hinted;
        string[] known = [.. wanted, .. others];
        string beginning = text[..Math.Min(text.Length, LongestHeader)];
        (char Delimiter, string[] Header)[] readings = [.. Known.Select(delimiter => (delimiter, Header(beginning, delimiter)))];
        // The first of equals wins: without a sign of anything else it is the comma.
        (char best, string[] header) = readings
            .OrderByDescending(reading => Count(reading.Header, wanted) > 0)
            .ThenByDescending(reading => Count(reading.Header, known))
            .ThenByDescending(reading => reading.Header.Length)
            .First();
        return header.Length == 1 && Count(header, wanted) > 0 ? Known.FirstOrDefault(delimiter => !Parts(text, delimiter), best) : best;
    }

    /// <summary>Whether a line of column names, one of them wanted, begins a text when it is read with a delimiter.</summary>
    public static bool Separates(string text, char delimiter, string[] wanted)
    {
        string[] header = Header(text[..Math.Min(text.Length, LongestHeader)], delimiter);
        return header.Length > 1 && Count(header, wanted) > 0;
    }

    /// <summary>The delimiter that a first line <c>sep=;</c> names; <see langword="null"/> without one.</summary>
    public static char? Hint(string text) =>
        text.StartsWith(ExcelHint, StringComparison.OrdinalIgnoreCase) && text.Length > ExcelHint.Length
        && text[ExcelHint.Length] is not ('\r' or '\n' or '"')
        && (text.Length == ExcelHint.Length + 1 || text[ExcelHint.Length + 1] is '\r' or '\n')
            ? text[ExcelHint.Length]
            : null;

    /// <summary>Its name in the plural: <c>semicolons</c>.</summary>
    public static string InWords(char delimiter) => delimiter switch
    {
        ',' => "commas",
        ';' => "semicolons",
        '\t' => "tabs",
        '|' => "vertical bars",
        ' ' => "blanks",
        _ => string.Create(CultureInfo.InvariantCulture, $"'{delimiter}'"),
    };

    private static int Count(string[] header, string[] names) =>
        header.Count(cell => names.Contains(cell.Trim(), StringComparer.OrdinalIgnoreCase));

    private static bool Parts(string text, char delimiter)
    {
        try
        {
            return TableRow.Read(text, "", delimiter).Any(row => row.Cells.Length > 1);
        }
        catch (Model.GenieLoadException)
        {
            return true;
        }
    }

    private static string[] Header(string text, char delimiter)
    {
        try
        {
            return TableRow.Read(text, "", delimiter).FirstOrDefault()?.Cells ?? [];
        }
        catch (Model.GenieLoadException)
        {
            // Whoever reads the file with the delimiter that is chosen says what is wrong with it.
            return [];
        }
    }
}
