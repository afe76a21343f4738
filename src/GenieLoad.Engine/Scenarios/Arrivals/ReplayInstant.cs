using System.Globalization;
using System.Text.RegularExpressions;
using GenieLoad.Engine.DataFiles;

namespace GenieLoad.Engine.Scenarios.Arrivals;

/// <summary>A recorded instant as it was written.</summary>
/// <param name="Form">How it was written, in words.</param>
/// <param name="Seconds">Seconds from where its form counts.</param>
internal readonly partial record struct ReplayInstant(string Form, decimal Seconds)
{
    /// <summary>Seconds from the start of the recording.</summary>
    public const string Offset = "seconds from the start";

    private const string EpochSeconds = "seconds since 1970";
    private const string EpochMilliseconds = "milliseconds since 1970";
    private const string Written = "dates with a time";
    private const string Local = "dates with a time without a time zone";

    // The years 1973 to 5138, in seconds or in milliseconds: no recording is as long, so that the two and offsets cannot be confused.
    private const decimal LeastEpoch = 1e8m;
    private const decimal LeastMilliseconds = 1e11m;
    private const decimal BeyondMilliseconds = 1e14m;

    /// <summary>Reads one.</summary>
    /// <param name="text">What stands there.</param>
    /// <param name="delimiter">What separates the values of the file.</param>
    /// <returns><see langword="null"/> for what is none.</returns>
    public static ReplayInstant? Parse(string text, char delimiter)
    {
        string trimmed = text.Trim();
        Match date = Date().Match(trimmed);
        if (date.Success)
            return OfDate(trimmed.Replace(',', '.'), date.Groups["zone"].Success);
        if (!TryReadNumber(trimmed, delimiter, out decimal number))
            return null;
        return number switch
        {
            >= 0 and <= (decimal)ScenarioRules.MaximumDurationSeconds => new ReplayInstant(Offset, number),
            >= LeastEpoch and < LeastMilliseconds => new ReplayInstant(EpochSeconds, number),
            >= LeastMilliseconds and < BeyondMilliseconds => new ReplayInstant(EpochMilliseconds, number / 1000),
            _ => null,
        };
    }

    /// <summary>Without a time zone all are of one; which, does not matter: only the time between them counts.</summary>
    private static ReplayInstant? OfDate(string text, bool hasZone) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset instant)
            ? new ReplayInstant(hasZone ? Written : Local, (decimal)instant.UtcTicks / TimeSpan.TicksPerSecond)
            : null;

    // As decimals: an instant in milliseconds since 1970 has more digits than a double keeps after the point.
    private static bool TryReadNumber(string text, char delimiter, out decimal number)
    {
        number = 0;
        return TableFormat.Unknown.TryReadNumber(text, delimiter, out double _)
            && decimal.TryParse(
                TableFormat.WithPlainSigns(text).Replace(',', '.'), NumberStyles.Float, CultureInfo.InvariantCulture, out number);
    }

    [GeneratedRegex(
        @"^\d{4}[-/]\d{2}[-/]\d{2}[T ]\d{2}:\d{2}(:\d{2}([.,]\d{1,7})?)?(?<zone>Z| ?[+-]\d{2}:?\d{2})?$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Date();
}
