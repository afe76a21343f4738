using System.Globalization;
using System.Text.RegularExpressions;
using GenieLoad.Engine.DataFiles;
using GenieLoad.Model;

namespace GenieLoad.Engine.Questions;

/// <summary>
/// What is known of a question beside what is asked: the fields of a <see cref="Question"/> that came from a space, as
/// <c>Export-Csv</c> and <c>ConvertTo-Json</c> write them.
/// </summary>
internal static partial class KnownFields
{
    /// <summary>Their names.</summary>
    public static readonly string[] Names = ["origin", "sourceId", "expectedSql", "askedAt", "askedAtUtc", "recordedSeconds", "user"];

    private static readonly Question Nothing = new() { Id = "", Text = "" };

    /// <summary>Reads them.</summary>
    /// <param name="field">The value of a field by its name; <see langword="null"/> where there is none.</param>
    /// <param name="place">Where they stand, for errors.</param>
    /// <returns>A question without id and text; <see langword="null"/> where nothing is known.</returns>
    /// <exception cref="GenieLoadException"><c>InvalidAskedAt</c>, <c>InvalidRecordedSeconds</c>.</exception>
    public static Question? Read(Func<string, object?> field, string place)
    {
        Question known = Nothing with
        {
            Origin = QuestionOrigin.All.FirstOrDefault(
                origin => string.Equals(origin, Text(field("origin")), StringComparison.OrdinalIgnoreCase)),
            SourceId = Text(field("sourceId")) is string id && QuestionList.IsLabel(id) ? id : null,
            ExpectedSql = Text(field("expectedSql")),
            // Written for a file; the other one is written for people, in the way of their country.
            AskedAt = AskedAt(Text(field("askedAtUtc")) ?? field("askedAt"), place),
            RecordedSeconds = Seconds(field("recordedSeconds"), place),
            User = Text(field("user")) is string user && QuestionList.IsLabel(user) ? user : null,
        };
        return known == Nothing ? null : known;
    }

    private static string? Text(object? value) => value switch
    {
        string text => text.Trim() is { Length: > 0 } trimmed ? trimmed : null,
        // What is no text was read as a date or a number on the way here.
        DateTime or DateTimeOffset or null => null,
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => null,
    };

    private static DateTime? AskedAt(object? value, string place)
    {
        switch (value)
        {
            case null:
            case string text when string.IsNullOrWhiteSpace(text):
                return null;
            case DateTime instant:
                return instant;
            case DateTimeOffset instant:
                return instant.UtcDateTime;
        }
        // One that does not say where it is counts as UTC, as everything in files does.
        return value is string written && Instant().IsMatch(written) && DateTimeOffset.TryParse(
            written, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset parsed)
                ? parsed.UtcDateTime
                : throw QuestionsErrors.InvalidAskedAt(value, place);
    }

    private static double? Seconds(object? value, string place)
    {
        double? seconds = value switch
        {
            null => null,
            string text when string.IsNullOrWhiteSpace(text) => null,
            // Only a computer writes them, without thousands: a comma is that of its country.
            string text => TableFormat.Unknown.TryReadNumber(text, ';', out double parsed) ? parsed : double.NaN,
            int or long or double or decimal or float or short or byte => Convert.ToDouble(value, CultureInfo.InvariantCulture),
            _ => double.NaN,
        };
        return seconds is null or (>= 0 and < double.PositiveInfinity)
            ? seconds
            : throw QuestionsErrors.InvalidRecordedSeconds(value, place);
    }

    [GeneratedRegex(
        @"^\s*\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z| ?[+-]\d{2}:?\d{2})?\s*$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Instant();
}
