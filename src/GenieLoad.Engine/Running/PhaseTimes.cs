using GenieLoad.Engine.Http;
using GenieLoad.Model;

namespace GenieLoad.Engine.Running;

/// <summary>
/// How long a message was in each status, from the polls that saw it change. A change lies between the send of the last poll that showed
/// the old status and the receipt of the first that showed the new one; the middle of the two stands for it. Several visits to one
/// status add up. Sleeps before retries are taken out: they are told apart elsewhere.
/// </summary>
internal sealed class PhaseTimes
{
    private readonly Dictionary<string, double> _seconds = [];

    private PhaseTimes(double? detectionSeconds) => DetectionSeconds = detectionSeconds;

    /// <summary>Seconds between the end at the server, as estimated, and the poll that saw it.</summary>
    public double? DetectionSeconds { get; }

    /// <summary>Seconds in statuses without a column of their own.</summary>
    public double? OtherSeconds
    {
        get
        {
            double[] other = [.. _seconds.Where(s => !Named.Contains(s.Key)).Select(s => s.Value)];
            return other.Length == 0 ? null : other.Sum();
        }
    }

    private static readonly HashSet<string> Named =
    [
        MessageStatus.Submitted, MessageStatus.FetchingMetadata, MessageStatus.FilteringContext, MessageStatus.AskingAi,
        MessageStatus.PendingWarehouse, MessageStatus.ExecutingQuery,
        AgentStatus.Thinking, AgentStatus.RunningSql, AgentStatus.Writing,
    ];

    /// <summary>Seconds in a status; <see langword="null"/> where it was never seen.</summary>
    public double? this[string status] => _seconds.TryGetValue(status, out double seconds) ? seconds : null;

    /// <summary>Computes the times of a question that has ended.</summary>
    public static PhaseTimes Of(QuestionTrace trace, RunClock clock)
    {
        IReadOnlyList<StatusSighting> sightings = trace.Sightings;
        if (sightings.Count == 0)
            return new PhaseTimes(null);
        long[] changes = Changes(sightings);
        StatusSighting last = sightings[^1];
        bool ended = MessageStatus.IsTerminal(last.Status);
        var times = new PhaseTimes(ended ? Awake(trace, clock, changes[^1], last.NotAfter) : null);
        for (int i = 0; i < sightings.Count - (ended ? 1 : 0); i++)
        {
            long until = i + 1 < changes.Length ? changes[i + 1] : trace.DoneAt!.Value;
            string status = sightings[i].Status;
            times._seconds[status] = times._seconds.GetValueOrDefault(status) + Awake(trace, clock, changes[i], until);
        }
        return times;
    }

    /// <summary>
    /// The estimated instants, in order. A poll that took long was sent long before the last change had been read, and the end, which is
    /// estimated sooner than the middle, could come before it.
    /// </summary>
    private static long[] Changes(IReadOnlyList<StatusSighting> sightings)
    {
        long[] changes = [.. sightings.Select(sighting => sighting.Estimate)];
        for (int i = 1; i < changes.Length; i++)
            changes[i] = Math.Max(changes[i], changes[i - 1]);
        return changes;
    }

    /// <summary>Seconds between two timestamps less the sleeps before retries in between.</summary>
    public static double Awake(QuestionTrace trace, RunClock clock, long from, long to)
    {
        long asleep = 0;
        foreach (Sleep sleep in trace.Calls.Record.Sleeps)
            asleep += Math.Max(0, Math.Min(sleep.To, to) - Math.Max(sleep.From, from));
        return clock.Seconds(0, to - from - asleep);
    }
}
