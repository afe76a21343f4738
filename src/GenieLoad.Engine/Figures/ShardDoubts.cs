using GenieLoad.Model;

namespace GenieLoad.Engine.Figures;

/// <summary>What the shards of a merged run give to doubt: their own generators, those that are missing, their clocks and starts.</summary>
internal static class ShardDoubts
{
    private const string MergeAgain = "resume it with Resume-GenieLoadTest where its folder is, and merge again";
    private const string SetClocks = "synchronize the clocks of all places (NTP)";

    /// <summary>The shards whose generators were not fit.</summary>
    public static IEnumerable<Finding> Invalid(IEnumerable<RunShard> shards) =>
        shards.Where(shard => shard.Health == HealthVerdict.Invalid).Select(OwnVerdict);

    /// <summary>Everything else, the gravest first.</summary>
    public static IEnumerable<Finding> Of(IReadOnlyCollection<RunShard> shards) =>
    [
        .. shards.Where(shard => shard.State is null)
            .Select(shard => new Finding($"shard {shard.Shard} is missing", "add its folder, and merge again")),
        .. shards.Where(shard => shard.State == RunState.Interrupted)
            .Select(shard => new Finding($"shard {Named(shard)} ended early: {shard.MissingCount} questions have no answer", MergeAgain)),
        .. shards.Where(shard => shard.Health == HealthVerdict.Doubtful).Select(OwnVerdict),
        .. shards.Where(shard => shard.MovedSeconds != 0).Select(Clock),
        .. Starts(shards),
    ];

    /// <summary>Number and place of a shard.</summary>
    public static string Named(RunShard shard) => shard.Place is null ? shard.Shard : $"{shard.Shard} ({shard.Place})";

    private static Finding OwnVerdict(RunShard shard) =>
        new($"shard {Named(shard)}: {shard.HealthReasons ?? "its generator was not fit"}", null);

    private static Finding Clock(RunShard shard)
    {
        (string how, string when) = shard.MovedSeconds > 0 ? ("behind", "late") : ("ahead", "early");
        return new Finding(
            FormattableString.Invariant($"the clock of shard {Named(shard)} was {Math.Abs(shard.MovedSeconds):0.0} s {how} ")
                + FormattableString.Invariant($"(± {shard.ClockHalfWidthSeconds ?? 0:0.0} s): ")
                + $"its questions were asked as much too {when}",
            SetClocks);
    }

    private static IEnumerable<Finding> Starts(IEnumerable<RunShard> shards)
    {
        RunShard? last = shards.MaxBy(shard => shard.StartOffsetSeconds);
        if (last is { StartOffsetSeconds: > 0 })
        {
            yield return new Finding(
                FormattableString.Invariant(
                    $"the shards were not started together: {Named(last)} began {last.StartOffsetSeconds:0.0} s after the first"),
                "give all shards the same -StartAt");
        }
    }
}
