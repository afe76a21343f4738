using System.Globalization;
using System.Text.RegularExpressions;
using GenieLoad.Model;

namespace GenieLoad.Engine.Durations;

/// <summary>
/// Reads the duration of a test as people write it: <c>30</c> (seconds), <c>30s</c>, <c>2m</c>, <c>1h30m</c>, <c>500ms</c>,
/// <c>00:00:30</c>, <c>immediate</c>. The decimal sign is a point in every culture.
/// </summary>
public static partial class DurationText
{
    /// <summary>What stands for "all questions at the first instant".</summary>
    public const string Immediate = "immediate";

    private const int LongestText = 100;

    /// <summary>The forms, in words for an error's remedy.</summary>
    public const string Forms = "30 (seconds), '30s', '2m', '1h30m', '7d', '00:00:30' or 'immediate'";

    /// <summary>Reads a duration given as a number of seconds, a text or a <see cref="TimeSpan"/>.</summary>
    /// <param name="value">What was given.</param>
    /// <returns>The duration, zero or longer; zero for <c>immediate</c>.</returns>
    /// <exception cref="GenieLoadException">
    /// <c>InvalidDuration</c>: not a duration, negative, or too long for a TimeSpan. <c>UnquotedDuration</c>: see <see cref="IsUnquoted"/>.
    /// </exception>
    public static TimeSpan Parse(object? value)
    {
        if (IsUnquoted(value))
            throw DurationsErrors.UnquotedDuration(value!, null);
        double? seconds = value switch
        {
            string text => TryParse(text, out double read) ? read : null,
            int or uint or long or ulong or float or double =>
                Convert.ToDouble(value, CultureInfo.InvariantCulture),
            _ => null,
        };
        TimeSpan? duration = value is TimeSpan span ? span : ToTimeSpan(seconds);
        return duration >= TimeSpan.Zero ? duration.Value : throw DurationsErrors.InvalidDuration(value);
    }

    /// <summary>
    /// Whether a number can have come from a duration that was typed without quotes. PowerShell reads <c>1.5s</c> as the 16-bit whole
    /// number 2,
    /// <c>1d</c> as the decimal number 1, and has suffixes for whole numbers of 8 and 16 bits and without end; what was typed is lost then.
    /// </summary>
    /// <param name="value">The number.</param>
    public static bool IsUnquoted(object? value) =>
        value is short or ushort or sbyte or byte or decimal or System.Numerics.BigInteger;

    /// <summary>Reads a duration.</summary>
    /// <param name="text">What was written.</param>
    /// <param name="seconds">Seconds, not checked for their range; 0 for <c>immediate</c>.</param>
    /// <returns>Whether it is a duration.</returns>
    public static bool TryParse(string? text, out double seconds)
    {
        string trimmed = (text ?? "").Trim();
        seconds = 0;
        // Nobody writes a duration of that length, and no sum of so many parts is meant.
        if (trimmed.Length > LongestText)
            return false;
        if (string.Equals(trimmed, Immediate, StringComparison.OrdinalIgnoreCase))
            return true;
        if (double.TryParse(trimmed, NumberStyles.Float, CultureInfo.InvariantCulture, out double number))
        {
            seconds = number;
            return double.IsFinite(number);
        }

        // Both colons must be there: 00:30 is half an hour to .NET and half a minute to people.
        if (ClockForm().IsMatch(trimmed) && TimeSpan.TryParse(trimmed, CultureInfo.InvariantCulture, out TimeSpan span))
        {
            seconds = span.TotalSeconds;
            return true;
        }

        return TryParseUnits(trimmed, out seconds);
    }

    /// <summary>Seconds as people write them: <c>30s</c>, <c>2.5s</c>; <c>immediate</c> for <see langword="null"/>.</summary>
    /// <param name="seconds">What is written, in seconds.</param>
    public static string Format(double? seconds) =>
        seconds is double value ? value.ToString("0.#######", CultureInfo.InvariantCulture) + "s" : Immediate;

    private static TimeSpan? ToTimeSpan(double? seconds) =>
        Math.Abs(seconds ?? double.NaN) < TimeSpan.MaxValue.TotalSeconds
            ? new TimeSpan((long)Math.Round(seconds!.Value * TimeSpan.TicksPerSecond))
            : null;

    private static bool TryParseUnits(string text, out double seconds)
    {
        seconds = 0;
        Match match = UnitForm().Match(text);
        if (!match.Success)
            return false;
        CaptureCollection numbers = match.Groups["number"].Captures;
        CaptureCollection units = match.Groups["unit"].Captures;
        for (int i = 0; i < numbers.Count; i++)
            seconds += double.Parse(numbers[i].ValueSpan, CultureInfo.InvariantCulture) * SecondsIn(units[i].Value);
        return double.IsFinite(seconds);
    }

    private static double SecondsIn(string unit) => unit.ToLowerInvariant() switch
    {
        "ms" => 0.001,
        "s" or "sec" => 1,
        "m" or "min" => 60,
        "h" => 3600,
        _ => 86400,
    };

    [GeneratedRegex(@"^-?([0-9]+\.)?[0-9]+:[0-9]{1,2}:[0-9]{1,2}(\.[0-9]{1,7})?$", RegexOptions.CultureInvariant)]
    private static partial Regex ClockForm();

    [GeneratedRegex(
        @"^(?:(?<number>[0-9]+(?:\.[0-9]+)?)\s*(?<unit>ms|sec|s|min|m|h|d)\s*)+$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex UnitForm();
}
