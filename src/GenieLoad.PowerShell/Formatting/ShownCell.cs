using System.Collections;
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

    /// <summary>A value with its lines, for a list.</summary>
    /// <param name="value">Text, or anything that has one.</param>
    public static string Text(object? value) => ShownText.Of(InWords(value));

    private static string? InWords(object? value)
    {
        if ((value is PSObject wrapped ? wrapped.BaseObject : value) is not IEnumerable items
            || value is string or PSObject { BaseObject: string })
            return value?.ToString();
        string[] words = [.. items.Cast<object?>().Take(MostItems + 1).Select(item => item?.ToString() ?? "")];
        return $"{{{string.Join(", ", words.Take(MostItems))}{(words.Length > MostItems ? "…" : "")}}}";
    }
}
