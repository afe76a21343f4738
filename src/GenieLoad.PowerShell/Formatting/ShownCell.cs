using System.Collections;
using System.Globalization;
using System.Management.Automation;
using GenieLoad.PowerShell.Pipeline;

namespace GenieLoad.PowerShell.Formatting;

/// <summary>
/// Cells of the default views, called by the format file: texts of the service are data in objects, and never raw on a terminal.
/// </summary>
public static class ShownCell
{
    // As many as PowerShell shows of a collection ($FormatEnumerationLimit).
    private const int MostItems = 4;

    /// <summary>A value in one line, for a table.</summary>
    /// <param name="value">Text, or anything that has one.</param>
    public static string Line(object? value) => ShownText.Line(InWords(value));

    /// <summary>What a row is about and of what, in one line.</summary>
    /// <param name="of">Of what; nothing where it is about all.</param>
    /// <param name="value">What it is about.</param>
    public static string Line(object? of, object? value) => $"{Line(of)} {Line(value)}".Trim();

    /// <summary>
    /// A number in six characters: two digits after the point, fewer where there are many before it. A column that is too narrow would
    /// cut the first digits off.
    /// </summary>
    /// <param name="value">A number; nothing where there is none.</param>
    public static string Number(object? value) =>
        !LanguagePrimitives.TryConvertTo(value, out double? number) || number is not { } known ? ""
        : double.IsInfinity(known) ? "never"
        : known.ToString(Math.Abs(known) switch { < 999.995 => "F2", < 9999.95 => "F1", _ => "F0" }, CultureInfo.CurrentCulture);

    /// <summary>
    /// A figure and another that belongs to it, for a list: <c>24 (from 2026-11-03 10:00:00)</c>; nothing without the first.
    /// </summary>
    /// <param name="figure">A count, or a number, which is then shown as by <see cref="Number"/>.</param>
    /// <param name="name">What the other one is.</param>
    /// <param name="other">The other one: a number or an instant; nothing where there is none.</param>
    public static string With(object? figure, string name, object? other) => (Plain(figure), Plain(other)) switch
    {
        ({ Length: 0 }, _) => "",
        (var shown, { Length: 0 }) => shown,
        var (shown, beside) => $"{shown} ({name} {beside})",
    };

    /// <summary>Two bounds in one cell: <c>0.36 - 1.72</c>; with the lower one alone <c>from 0.36</c>.</summary>
    /// <param name="lower">The lower bound; nothing where there is none.</param>
    /// <param name="upper">The upper bound.</param>
    public static string Range(object? lower, object? upper) => (Number(lower), Number(upper)) switch
    {
        ({ Length: 0 }, var most) => most,
        (var least, { Length: 0 }) => $"from {least}",
        var (least, most) => $"{least} - {most}",
    };

    /// <summary>A value with its lines, for a list.</summary>
    /// <param name="value">Text, or anything that has one.</param>
    public static string Text(object? value) => ShownText.Of(InWords(value));

    private static string Plain(object? value) => (value is PSObject wrapped ? wrapped.BaseObject : value) switch
    {
        null => "",
        double number => Number(number),
        IFormattable other => other.ToString(null, CultureInfo.CurrentCulture),
        _ => "",
    };

    private static string? InWords(object? value)
    {
        if ((value is PSObject wrapped ? wrapped.BaseObject : value) is not IEnumerable items
            || value is string or PSObject { BaseObject: string })
            return value?.ToString();
        string[] words = [.. items.Cast<object?>().Take(MostItems + 1).Select(item => item?.ToString() ?? "")];
        return $"{{{string.Join(", ", words.Take(MostItems))}{(words.Length > MostItems ? "…" : "")}}}";
    }
}
