using System.Collections;
using System.Globalization;

namespace GenieLoad.Engine.Logging;

/// <summary>A value that somebody wrote, in an error: on one line that any terminal may show, and never longer than that.</summary>
public static class ShownValue
{
    private const int Longest = 80;

    private const int MostItems = 20;

    /// <summary>The value: a text in quotes, a number as it is written everywhere, a list item by item, <c>empty</c> for none.</summary>
    /// <param name="value">The value.</param>
    public static string Of(object? value) => value switch
    {
        null => "empty",
        string text => $"'{Line(text)}'",
        IDictionary => "a table",
        IEnumerable list => Line(string.Join(", ", list.Cast<object?>().Take(MostItems).Select(Item))),
        IFormattable number => Line(number.ToString(null, CultureInfo.InvariantCulture)),
        _ => Line(value.ToString() ?? "empty"),
    };

    private static string Item(object? item) => item is IEnumerable and not string ? "a list" : Of(item);

    // Cut first: what is spelled out is longer than what it stands for.
    private static string Line(string text) => PrintableText.Line(text.Length > Longest ? text[..(Longest - 3)] + "..." : text);
}
