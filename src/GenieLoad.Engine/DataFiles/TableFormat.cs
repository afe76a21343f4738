using System.Buffers;
using System.Globalization;
using System.Text;
using GenieLoad.Model;

namespace GenieLoad.Engine.DataFiles;

/// <summary>What is said of how a file of separated values is written. What is not said is found out from the file.</summary>
public sealed record TableFormat
{
    private static readonly SearchValues<char> OwnSigns = SearchValues.Create("\u066B\u2212\u200E\u200F\u061C");

    /// <summary>Nothing is said.</summary>
    public static TableFormat Unknown { get; } = new();

    /// <summary>What stands between two values.</summary>
    public char? Delimiter { get; init; }

    /// <summary>Encoding of a file without a byte order mark.</summary>
    public Encoding? Encoding { get; init; }

    /// <summary>Culture in which its numbers are written.</summary>
    public CultureInfo? Culture { get; init; }

    /// <summary>The format of a culture: its list separator and its numbers.</summary>
    /// <param name="culture">The culture.</param>
    /// <exception cref="GenieLoadException"><c>InvalidDelimiter</c>: its list separator is no single character.</exception>
    public static TableFormat Of(CultureInfo culture)
    {
        ArgumentNullException.ThrowIfNull(culture);
        string separator = culture.TextInfo.ListSeparator.Trim();
        return separator.Length == 1
            ? new TableFormat { Delimiter = separator[0], Culture = culture }
            : throw DataFilesErrors.InvalidDelimiter(separator);
    }

    /// <summary>Refuses a delimiter that cannot stand between values.</summary>
    /// <exception cref="GenieLoadException"><c>InvalidDelimiter</c>.</exception>
    public void Validate()
    {
        if (Delimiter is char delimiter
            && (!char.IsAscii(delimiter) || char.IsAsciiLetterOrDigit(delimiter) || (char.IsControl(delimiter) && delimiter != '\t')
                || delimiter is '"' or '.' or '-'))
            throw DataFilesErrors.InvalidDelimiter(delimiter.ToString());
    }

    /// <summary>
    /// Reads a number as it may stand in a cell: with a decimal point, or with a decimal comma, Arabic too, without thousands.
    /// </summary>
    /// <param name="text">The cell.</param>
    /// <param name="delimiter">What separates the cells of the file.</param>
    /// <param name="value">The number.</param>
    /// <returns>
    /// <see langword="false"/> for what is none, and for a comma before three digits in a file that is separated by commas: that may be
    /// the separator of thousands as well.
    /// </returns>
    internal bool TryReadNumber(string text, char delimiter, out double value)
    {
        if (Culture is not null && double.TryParse(text, NumberStyles.Float, Culture, out value))
            return true;
        text = WithPlainSigns(text);
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value))
            return true;
        string trimmed = text.Trim();
        int comma = trimmed.IndexOf(',', StringComparison.Ordinal);
        if (comma < 0 || (delimiter == ',' && trimmed.Length == comma + 4))
            return false;
        // A second sign, of thousands, makes it no number.
        return double.TryParse(trimmed.Replace(',', '.'), NumberStyles.Float, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>
    /// The text with the signs of ASCII: countries that write their numbers with ASCII digits may still have a decimal sign (U+066B) and a
    /// minus (U+2212) of their own, and marks of direction before it.
    /// </summary>
    internal static string WithPlainSigns(string text) => text.AsSpan().ContainsAny(OwnSigns)
        ? text.Replace('\u066B', '.').Replace('\u2212', '-').Replace("\u200E", "", StringComparison.Ordinal)
            .Replace("\u200F", "", StringComparison.Ordinal).Replace("\u061C", "", StringComparison.Ordinal)
        : text;
}
