using GenieLoad.Engine.Logging;

namespace GenieLoad.Engine.Reports;

/// <summary>Texts of others in a CSV file, which people open in a spreadsheet or print on a terminal.</summary>
internal static class CsvText
{
    private const char Apostrophe = '\'';

    /// <summary>
    /// The text with its control characters spelled out, and an apostrophe before what a spreadsheet would run as a formula. Some
    /// spreadsheets skip blanks and line breaks before a formula, and take fullwidth signs for plain ones.
    /// </summary>
    public static string Guarded(string text)
    {
        string printable = PrintableText.Of(text);
        return printable.Length > 0 && (char.IsWhiteSpace(printable[0]) || BeginsFormula(printable[0]))
            ? Apostrophe + printable
            : printable;
    }

    private static bool BeginsFormula(char c) =>
        c is '=' or '+' or '-' or '@' or '\uFF1D' or '\uFF0B' or '\uFF0D'
            or '\uFF20' or '\uFE66' or '\uFE62' or '\uFE63' or '\uFE6B' or '\u2212';
}
