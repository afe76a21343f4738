using GenieLoad.Engine.Logging;
using GenieLoad.Model;

namespace GenieLoad.Engine.Runs.Merging;

/// <summary>The errors of <c>Runs/Merging</c>; the name of a factory is the id of its error.</summary>
internal static class MergingErrors
{
    public static GenieLoadException NoRunFound(string path) => new(
        nameof(NoRunFound), ErrorKind.NotFound,
        $"There is no run in '{path}'.",
        "Give folders of runs, a folder that holds them, .zip files or log files with the runs of shards.",
        path);

    public static GenieLoadException NothingToMerge() => new(
        nameof(NothingToMerge), ErrorKind.InvalidInput,
        "No run was given.",
        "Give the folders, archives or ids of the shards: Merge-GenieRun shards/*.zip.");

    public static GenieLoadException AlreadyMerged(ShardFolder run) => new(
        nameof(AlreadyMerged), ErrorKind.InvalidInput,
        $"Run {ShownValue.Of(run.RunId)} in '{run.Origin}' was merged already.",
        "Give the runs of the shards.", run.Origin);

    public static GenieLoadException NotAShard(ShardFolder run) => new(
        nameof(NotAShard), ErrorKind.InvalidInput,
        $"Run {ShownValue.Of(run.RunId)} in '{run.Origin}' is no shard: it asked all of its plan.",
        "Give only runs that were started with Invoke-GenieLoadTest -Plan -Shard.", run.Origin);

    public static GenieLoadException ShardStillRunning(ShardFolder run) => new(
        nameof(ShardStillRunning), ErrorKind.Conflict,
        $"Shard {run.Shard} in '{run.Origin}' is still running.",
        "Wait until it ends, or stop it there.", run.Origin);

    public static GenieLoadException PlansDiffer(ShardFolder one, ShardFolder other) => new(
        nameof(PlansDiffer), ErrorKind.InvalidInput,
        $"The runs in '{one.Origin}' and '{other.Origin}' are of different plans: {Short(one.PlanHash)} and {Short(other.PlanHash)}.",
        "Merge the shards of each plan apart.", other.Origin);

    public static GenieLoadException ShardCountsDiffer(ShardFolder one, ShardFolder other) => new(
        nameof(ShardCountsDiffer), ErrorKind.InvalidInput,
        $"'{one.Origin}' is shard {one.Shard} and '{other.Origin}' is shard {other.Shard}: the plan was cut into different parts.",
        "Merge only shards of one cut.", other.Origin);

    public static GenieLoadException ShardTwice(ShardFolder one, ShardFolder other) => new(
        nameof(ShardTwice), ErrorKind.Conflict,
        one.RunId == other.RunId
            ? $"Run {ShownValue.Of(one.RunId)} was given twice with different content: '{one.Origin}' and '{other.Origin}'."
            : $"Two runs are shard {one.Shard}: {ShownValue.Of(one.RunId)} in '{one.Origin}' and {ShownValue.Of(other.RunId)} in "
                + $"'{other.Origin}'.",
        "Leave one of them out.", other.Origin);

    public static GenieLoadException ShardPlanChanged(ShardFolder run, string found) => new(
        nameof(ShardPlanChanged), ErrorKind.InvalidData,
        $"The plan of shard {run.Shard} in '{run.Origin}' was changed after the run began: its questions have the hash {Short(found)}, and "
            + $"run.json names {Short(run.PlanHash)}.",
        "Restore plan.json from a copy of the folder, or from another shard of the same test.", run.Origin);

    public static GenieLoadException MergedRunDiffers(string runId, string path) => new(
        nameof(MergedRunDiffers), ErrorKind.Conflict,
        $"Run {runId} in '{path}' was merged from these shards before, and they have changed since.",
        "Use -Force to replace it.", runId);

    public static GenieLoadException MergedPlaceTaken(string runId, string path) => new(
        nameof(MergedPlaceTaken), ErrorKind.Conflict,
        $"The folder '{path}', where the merged run belongs, holds something else than a run merged from these shards.",
        "Move the folder away, or give another -StorePath.", runId);

    public static GenieLoadException MergeNotWritten(string path, Exception inner) => new(
        nameof(MergeNotWritten), ErrorKind.WriteFailed,
        $"The merged run could not be written to '{path}': {inner.Message}",
        "Free disk space or grant write permission, or give another -StorePath.", path, inner);

    private static string Short(string? hash) => hash is { Length: > 12 } ? hash[..12] : ShownValue.Of(hash);
}
