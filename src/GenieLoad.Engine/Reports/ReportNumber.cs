using System.Globalization;

namespace GenieLoad.Engine.Reports;

/// <summary>Numbers as a report shows them: a point in every culture, as many digits as the number carries.</summary>
internal static class ReportNumber
{
    /// <summary>Shown where there is no value.</summary>
    public const string None = "\u2013";

    /// <summary>Seconds without their unit: <c>8.10</c>, <c>123.4</c>, <c>never</c>.</summary>
    public static string Seconds(double? seconds) => seconds switch
    {
        null => None,
        double.PositiveInfinity => "never",
        { } value => Grouped(value, Math.Abs(value) < 100 ? "0.00" : "#,0.0"),
    };

    /// <summary>A percentage without its sign.</summary>
    public static string Percent(double? percent) => percent is { } value ? value.ToString("0.##", CultureInfo.InvariantCulture) : None;

    /// <summary>Two ends: <c>7.20–9.40</c>.</summary>
    public static string Range(double? lower, double? upper, Func<double?, string> number) => $"{number(lower)}\u2013{number(upper)}";

    /// <summary>A change, with its sign: a true minus, as wide as a plus.</summary>
    public static string Change(double? change, string format = "#,0.00") => change is { } value
        ? double.IsInfinity(value) ? (value > 0 ? "+\u221E" : "\u2212\u221E")
        : Grouped(value, $"+{format};\u2212{format};{format}")
        : None;

    /// <summary>A count.</summary>
    public static string Count(long count) => Grouped(count, "#,0");

    /// <summary>
    /// A number by a format whose comma parts thousands: by a space that breaks no line, on an axis as in a text. A comma or a point
    /// would be a decimal mark to half of the readers.
    /// </summary>
    public static string Grouped(double value, string format) =>
        value.ToString(format, CultureInfo.InvariantCulture).Replace(',', '\u00A0').Replace('-', '\u2212');

    /// <summary>A count of something: <c>1 question</c>, <c>35 questions</c>.</summary>
    public static string Counted(long count, string one, string? many = null) => $"{Count(count)} {(count == 1 ? one : many ?? one + "s")}";

    /// <summary>A time that people read: <c>8.1 s</c>, <c>13 min 20 s</c>, <c>2 h 5 min</c>.</summary>
    public static string Duration(double seconds)
    {
        if (seconds < 60)
            return seconds.ToString("0.#", CultureInfo.InvariantCulture) + " s";
        long whole = (long)Math.Round(seconds);
        (long Value, string Unit)[] parts = whole < 3600
            ? [(whole / 60, "min"), (whole % 60, "s")]
            : [(whole / 3600, "h"), (whole % 3600 / 60, "min")];
        return string.Join(' ', parts.Where(part => part.Value > 0).Select(part => $"{Count(part.Value)} {part.Unit}"));
    }

    /// <summary>An instant: <c>2026-11-23 19:24:55 UTC</c>.</summary>
    public static string Instant(DateTime instant) =>
        instant.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) + " UTC";
}
