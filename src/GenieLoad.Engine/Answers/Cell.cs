using System.Globalization;

namespace GenieLoad.Engine.Answers;

/// <summary>A cell of a result in a form that can be compared.</summary>
/// <param name="Text">
/// Its value: whole numbers as they are, others to four significant digits, instants without a time zone, truth values in lower case,
/// texts without blanks around them, and a sign of its own for NULL.
/// </param>
/// <param name="Number">The number as it is; <see langword="null"/> for what is none.</param>
/// <param name="IsWhole">Whether it is a whole number of a column of whole numbers: a count, a key, a year with its month.</param>
internal readonly record struct Cell(string Text, double? Number, bool IsWhole = false)
{
    private const string Null = "\u2400";
    private const string Day = "yyyy-MM-dd";
    private const string Instant = "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF";
    private const int SignificantDigits = 4;

    /// <summary>Reads one.</summary>
    /// <param name="value">As the service writes it; <see langword="null"/> for NULL.</param>
    /// <param name="type">Type of its column; <see langword="null"/> where nobody says, and then what looks like a number is one.</param>
    public static Cell Of(string? value, string? type)
    {
        if (value is null)
            return new Cell(Null, null);
        string text = value.Trim();
        return type?.ToUpperInvariant() switch
        {
            null => OfWhole(text) ?? OfNumber(text) ?? OfText(text),
            "BYTE" or "TINYINT" or "SHORT" or "SMALLINT" or "INT" or "INTEGER" or "LONG" or "BIGINT" =>
                OfWhole(text) ?? OfNumber(text) ?? OfText(text),
            "FLOAT" or "REAL" or "DOUBLE" => OfNumber(text) ?? OfText(text),
            string number when number.StartsWith("DECIMAL", StringComparison.Ordinal) => OfNumber(text) ?? OfText(text),
            "DATE" => OfInstant(text) ?? OfText(text),
            string instant when instant.StartsWith("TIMESTAMP", StringComparison.Ordinal) => OfInstant(text) ?? OfText(text),
            "BOOLEAN" => new Cell(text.ToLowerInvariant(), null),
            _ => OfText(text),
        };
    }

    /// <summary>
    /// Whether two cells say the same: numbers may differ by half a unit of the fourth digit, so that 1.23449 and 1.23451 do not part; two
    /// whole numbers may not.
    /// </summary>
    /// <param name="other">The other cell.</param>
    public bool IsClose(Cell other)
    {
        if (Number is not double a || other.Number is not double b || (IsWhole && other.IsWhole))
            return Text == other.Text;
        double greater = Math.Max(Math.Abs(a), Math.Abs(b));
        return a == b || Text == other.Text
            || Math.Abs(a - b) <= 0.5 * Math.Pow(10, Math.Floor(Math.Log10(greater)) - (SignificantDigits - 1));
    }

    private static Cell? OfWhole(string text) =>
        decimal.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out decimal whole)
            ? new Cell(whole.ToString("0", CultureInfo.InvariantCulture), (double)whole, IsWhole: true)
            : null;

    private static Cell? OfNumber(string text)
    {
        // An id such as 12e4567 is no number, and what is beyond all numbers is not close to any.
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) || !double.IsFinite(number))
            return null;
        // There is one zero.
        return new Cell(number == 0 ? "0" : number.ToString($"E{SignificantDigits - 1}", CultureInfo.InvariantCulture), number);
    }

    // Midnight is the day: a date and the same day as an instant are one.
    private static Cell? OfInstant(string text) =>
        DateTime.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTime instant)
            ? new Cell(instant.ToString(instant.TimeOfDay == TimeSpan.Zero ? Day : Instant, CultureInfo.InvariantCulture), null)
            : null;

    // Separators of the signature cannot come from a cell.
    private static Cell OfText(string text) =>
        new(text.Any(char.IsControl) ? new string([.. text.Where(letter => !char.IsControl(letter))]) : text, null);
}
