using GenieLoad.Engine.Runs;
using GenieLoad.Model;

namespace GenieLoad.Engine.Sessions.Places;

/// <summary>Merges the shards that came back into one run of the local store.</summary>
internal static class ShardMerge
{
    /// <summary>Merges.</summary>
    /// <param name="folders">The shards' folders.</param>
    /// <param name="plan">The whole plan.</param>
    /// <param name="store">Where the run goes.</param>
    /// <returns>The run.</returns>
    public static Task<LoadRun> MergeAsync(IReadOnlyList<string> folders, Plan plan, RunStore store) =>
        throw new NotSupportedException($"{folders.Count} {plan.Name} {store.Root}");
}
