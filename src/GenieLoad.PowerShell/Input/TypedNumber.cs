using System.Globalization;
using System.Management.Automation;

namespace GenieLoad.PowerShell.Input;

/// <summary>
/// A number as it was typed. To PowerShell <c>1.5s</c> is the 16-bit whole number 2, <c>1d</c> the decimal number 1 and <c>1kb</c> the
/// number
/// 1024. Where such a literal stands as the argument itself, its wrapper still knows what was typed; where it came by a variable, a
/// parenthesis or a table, only the type of the number is left.
/// </summary>
internal static class TypedNumber
{
    /// <summary>What was typed where that is known and was more than digits; else the object inside PowerShell's wrapper.</summary>
    /// <param name="input">An argument, wrapped or not.</param>
    public static object? Read(object? input)
    {
        object? value = InputConversion.Unwrap(input);
        return input is PSObject wrapper && value is IFormattable number && value is ValueType and not (TimeSpan or DateTime)
            && wrapper.ToString() is string typed && !IsPlain(typed, number)
            ? typed
            : value;
    }

    private static bool IsPlain(string typed, IFormattable number) =>
        typed == number.ToString(null, CultureInfo.InvariantCulture) || typed == number.ToString(null, CultureInfo.CurrentCulture);
}
