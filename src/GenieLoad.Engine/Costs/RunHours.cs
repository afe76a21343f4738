using GenieLoad.Model;

namespace GenieLoad.Engine.Costs;

/// <summary>Hours of UTC, as a bill counts them.</summary>
public static class RunHours
{
    // No question is open for so long.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(31);

    /// <summary>Begins of the hours in which questions of a run were in flight, in order.</summary>
    /// <param name="rows">Rows of the run.</param>
    /// <param name="tail">Time after the end of each that counts too.</param>
    public static IReadOnlyList<DateTime> InFlight(IEnumerable<QuestionResult> rows, TimeSpan tail = default)
    {
        SortedSet<DateTime> hours = [];
        foreach (DateTime[] instants in rows.Select(InUtc).OfType<DateTime[]>())
        {
            (DateTime from, DateTime to) = (instants[0], instants[^1] + tail);
            for (DateTime hour = Of(from); hour == Of(from) || hour < to; hour = hour.AddHours(1))
                hours.Add(hour);
        }
        return [.. hours];
    }

    /// <summary>Begins of the hours in which a question was accepted and came to its end: Genie certainly worked in them.</summary>
    /// <param name="rows">Rows of the run.</param>
    public static IReadOnlyList<DateTime> Certain(IEnumerable<QuestionResult> rows) =>
    [
        .. rows.Where(row => row is { CompletedAt: not null, MessageId: not null }).Select(InUtc).OfType<DateTime[]>()
            .Where(instants => Of(instants[0]) == Of(instants[^1])).Select(instants => Of(instants[0])).Distinct().Order(),
    ];

    /// <summary>Begin of the hour of an instant.</summary>
    /// <param name="utc">The instant, UTC.</param>
    public static DateTime Of(DateTime utc) => new(utc.Ticks - (utc.Ticks % TimeSpan.TicksPerHour), DateTimeKind.Utc);

    /// <summary>First and last instant of a question; none for one that was not sent. Files may say anything.</summary>
    private static DateTime[]? InUtc(QuestionResult row)
    {
        if (row.StartedAt?.ToUniversalTime() is not DateTime from || from.Year is < 2000 or > 9000)
            return null;
        DateTime to = row.CompletedAt?.ToUniversalTime() ?? from;
        return to > from && to - from < Longest ? [from, to] : [from];
    }
}
