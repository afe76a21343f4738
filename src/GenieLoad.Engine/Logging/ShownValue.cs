using System.Globalization;

namespace GenieLoad.Engine.Logging;

/// <summary>A value that somebody wrote, in an error: on one line that any terminal may show, and never longer than that.</summary>
internal static class ShownValue
{
    private const int Longest = 80;

    /// <summary>The value: a text in quotes, a number as it is written everywhere, <c>empty</c> for none.</summary>
    public static string Of(object? value) => value switch
    {
        null => "empty",
        string text => $"'{Line(text)}'",
        IFormattable number => Line(number.ToString(null, CultureInfo.InvariantCulture)),
        _ => Line(value.ToString() ?? "empty"),
    };

    // Cut first: what is spelled out is longer than what it stands for.
    private static string Line(string text) => PrintableText.Line(text.Length > Longest ? text[..(Longest - 3)] + "..." : text);
}
