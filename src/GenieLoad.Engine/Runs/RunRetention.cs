namespace GenieLoad.Engine.Runs;

/// <summary>Which runs of a store are kept, and which have had their time.</summary>
/// <param name="OlderThan">Runs that began earlier than this before now have had their time; all runs without it.</param>
/// <param name="KeepLatest">Number of the newest runs to keep, however old they are.</param>
public sealed record RunRetention(TimeSpan? OlderThan, int KeepLatest)
{
    /// <summary>The runs that have had their time, the oldest first. One that is running, or was a moment ago, is none of them.</summary>
    /// <param name="runs">The runs to choose from.</param>
    /// <param name="now">The present, UTC.</param>
    public IReadOnlyList<StoredRun> Expired(IEnumerable<StoredRun> runs, DateTime now)
    {
        ArgumentNullException.ThrowIfNull(runs);
        return
        [
            .. runs.OrderByDescending(run => run.StartedAt).ThenByDescending(run => run.RunId, StringComparer.Ordinal)
                .Skip(KeepLatest)
                .Where(run => run.State != Model.RunState.Running && (OlderThan is not { } age || run.StartedAt < now - age))
                .Reverse(),
        ];
    }
}
