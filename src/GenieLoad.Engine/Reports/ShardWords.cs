using GenieLoad.Model;

namespace GenieLoad.Engine.Reports;

/// <summary>What a summary says of the shards of a merged run.</summary>
internal static class ShardWords
{
    /// <summary>Such as <c>4 of 4, from 3 places</c>; <see langword="null"/> for a run that was not merged.</summary>
    /// <param name="run">The run.</param>
    public static string? Of(LoadRun run)
    {
        if (run.Shards.Count == 0)
            return run.Shard is string own ? $"only {own}{(run.Place is string here ? $", from {here}" : "")}" : null;
        string[] places = [.. run.Shards.Select(shard => shard.Place).OfType<string>().Distinct(StringComparer.Ordinal)];
        int ended = run.Shards.Count(IsWhole);
        string from = places.Length switch { 0 => "", 1 => $", from {places[0]}", _ => $", from {places.Length} places" };
        int moved = run.Shards.Count(shard => shard.MovedSeconds != 0);
        return $"{ended} of {run.Shards.Count}{from}{(moved > 0 ? $"; {moved} with a wrong clock" : "")}";
    }

    /// <summary>Whether no shard is missing or ended early.</summary>
    /// <param name="run">The run.</param>
    public static bool IsWhole(LoadRun run) => run.Shards.All(IsWhole);

    private static bool IsWhole(RunShard shard) => shard.State == RunState.Completed;
}
