using GenieLoad.Model;

namespace GenieLoad.Engine.Running;

/// <summary>
/// The least and the most seconds that a message can have been in each status, given what the polls saw. A poll shows the status of some
/// instant between its send and its receipt, so a change lies between the send of the last poll that showed the old status and the receipt
/// of the first that showed the new one. Visits that no poll saw are allowed for: phases that were skipped between two polls, and repairs
/// that the message counts and no poll saw. Server time: sleeps before retries are in it.
/// </summary>
internal sealed class PhaseBounds
{
    // Genie's normal order; the end comes after all.
    private static readonly string[] Order =
    [
        MessageStatus.Submitted, MessageStatus.FetchingMetadata, MessageStatus.FilteringContext, MessageStatus.AskingAi,
        MessageStatus.PendingWarehouse, MessageStatus.ExecutingQuery,
    ];

    private readonly Dictionary<string, (double Lower, double Upper)> _bounds = [];

    private PhaseBounds(double? detectionUpperSeconds) => DetectionUpperSeconds = detectionUpperSeconds;

    /// <summary>Most seconds by which the poll that saw the end can have been late.</summary>
    public double? DetectionUpperSeconds { get; }

    /// <summary>Least seconds in a status; <see langword="null"/> where there is no sign that it was ever entered.</summary>
    public double? Lower(string status) => _bounds.TryGetValue(status, out var bounds) ? Math.Max(0, bounds.Lower) : null;

    /// <summary>Most seconds in a status; <see langword="null"/> where there is no sign that it can have been entered.</summary>
    public double? Upper(string status) => _bounds.TryGetValue(status, out var bounds) ? bounds.Upper : null;

    /// <summary>Computes the bounds of a question that has ended.</summary>
    public static PhaseBounds Of(QuestionTrace trace, RunClock clock)
    {
        IReadOnlyList<StatusSighting> sightings = trace.Sightings;
        // What an agent's stream tells is not polled for: nothing of it can be missed.
        if (sightings.Count == 0 || trace.Agent is not null)
            return new PhaseBounds(null);
        StatusSighting last = sightings[^1];
        bool ended = MessageStatus.IsTerminal(last.Status);
        var bounds = new PhaseBounds(ended ? clock.Seconds(last.Earliest, last.NotAfter) : null);
        for (int i = 0; i < sightings.Count - (ended ? 1 : 0); i++)
        {
            // A question that was given up leaves its message in a status that nobody knows, at some time after its last poll.
            StatusSighting next = i + 1 < sightings.Count
                ? sightings[i + 1]
                : new StatusSighting("", trace.LastLookAt, trace.DoneAt!.Value) { Earliest = trace.LastLookAt };
            bounds.AddVisit(sightings[i], next, clock);
            bounds.AddHidden(sightings[i], next, clock);
        }

        int hidden = (trace.Message?.AutoRegenerateCount ?? 0) - Returns(sightings);
        if (hidden > 0)
            bounds.AddHiddenRepairs(trace, Math.Min(hidden, trace.Polls), clock);
        return bounds;
    }

    private void AddVisit(StatusSighting visit, StatusSighting next, RunClock clock) => Add(
        visit.Status, Math.Max(0, clock.Seconds(visit.NotAfter, next.Earliest)), clock.Seconds(visit.Earliest, next.NotAfter));

    /// <summary>Between two polls that showed different statuses, those in between may have come and gone.</summary>
    private void AddHidden(StatusSighting from, StatusSighting to, RunClock clock)
    {
        foreach (string status in Order)
        {
            if (status != from.Status && status != to.Status && MayLieBetween(status, from.Status, to.Status))
                Add(status, 0, clock.Seconds(to.Earliest, to.NotAfter));
        }
    }

    /// <summary>A repair that no poll saw took its time from the status that seemed to last, and may have given it to any other.</summary>
    private void AddHiddenRepairs(QuestionTrace trace, int count, RunClock clock)
    {
        foreach (string status in Order)
        {
            double stay = trace.Sightings.Where(s => s.Status == status).Select(s => clock.Seconds(0, s.LongestGap)).DefaultIfEmpty().Max();
            Add(status, -count * stay, count * clock.Seconds(0, trace.LongestGap));
        }
    }

    private void Add(string status, double lower, double upper)
    {
        (double Lower, double Upper) sum = _bounds.GetValueOrDefault(status);
        _bounds[status] = (sum.Lower + lower, sum.Upper + upper);
    }

    private static bool MayLieBetween(string status, string from, string to)
    {
        int before = Array.IndexOf(Order, from);
        int after = Array.IndexOf(Order, to) is int rank and >= 0 ? rank : Order.Length;
        int own = Array.IndexOf(Order, status);

        // Going back is a repair, and then anything may have been visited on the way.
        return before >= after || (before < own && own < after);
    }

    private static int Returns(IReadOnlyList<StatusSighting> sightings)
    {
        int returns = 0;
        for (int i = 1; i < sightings.Count; i++)
        {
            int to = Array.IndexOf(Order, sightings[i].Status);
            if (to >= 0 && to < Array.IndexOf(Order, sightings[i - 1].Status))
                returns++;
        }

        return returns;
    }
}
