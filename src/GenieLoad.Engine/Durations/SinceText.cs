using System.Globalization;
using GenieLoad.Model;

namespace GenieLoad.Engine.Durations;

/// <summary>Reads an instant from which on something counts: a duration before now, such as <c>7d</c>, or a date.</summary>
public static class SinceText
{
    /// <summary>Reads it.</summary>
    /// <param name="value">A date; or a duration as <see cref="DurationText"/> reads it; or a text that is one of them.</param>
    /// <param name="now">The present, UTC.</param>
    /// <returns>The instant, UTC. A date that does not say what it is counts as local, as people write dates.</returns>
    /// <exception cref="GenieLoadException"><c>InvalidSince</c>; <c>UnquotedDuration</c>.</exception>
    public static DateTime Parse(object? value, DateTime now)
    {
        switch (value)
        {
            case DateTime date:
                return Checked(date.Kind == DateTimeKind.Utc ? date : date.ToUniversalTime(), value, now);
            case DateTimeOffset date:
                return Checked(date.UtcDateTime, value, now);
            case string text when !DurationText.TryParse(text, out _):
                return DateTimeOffset.TryParse(
                    text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal, out DateTimeOffset parsed)
                    ? Checked(parsed.UtcDateTime, value, now)
                    : throw DurationsErrors.InvalidSince(value);
            default:
                TimeSpan back = DurationText.Parse(value);
                return back < now - DateTime.UnixEpoch ? now - back : DateTime.UnixEpoch;
        }
    }

    private static DateTime Checked(DateTime instant, object value, DateTime now) =>
        instant <= now ? instant : throw DurationsErrors.InvalidSince(value);
}
