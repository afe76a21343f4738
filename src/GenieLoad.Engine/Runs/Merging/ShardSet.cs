using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using GenieLoad.Model;

namespace GenieLoad.Engine.Runs.Merging;

/// <summary>The shards of one test, as many of them as there are, and no two of one part.</summary>
internal sealed class ShardSet
{
    private const int IdDigits = 4;

    private ShardSet(ShardFolder[] shards) => Shards = shards;

    /// <summary>The shards, by number.</summary>
    public IReadOnlyList<ShardFolder> Shards { get; }

    /// <summary>Into how many the plan was cut.</summary>
    public int Count => Shards[0].Shard.Count;

    /// <summary>Earliest start, UTC.</summary>
    public DateTime StartedAt => Shards.Min(shard => shard.Manifest.Header.StartedAt.ToUniversalTime());

    /// <summary>
    /// Start of the merged run, UTC: the one that was set for all, or an earlier one where the clock of a shard was ahead, so that nothing
    /// happens before the start.
    /// </summary>
    public DateTime CommonStart
    {
        get
        {
            DateTime earliest = Shards.Min(
                shard => shard.Manifest.Header.StartedAt.ToUniversalTime().AddSeconds(Math.Min(0, shard.MovedSeconds)));
            return earliest < StartedAt ? earliest : StartedAt;
        }
    }

    /// <summary>Id of the merged run: merging the same shards again gives the same.</summary>
    public string RunId
    {
        get
        {
            string ids = string.Join('\n', Shards.Select(shard => shard.RunId).Order(StringComparer.Ordinal));
            string digits = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(ids))).ToLowerInvariant();
            return RunStore.RunIdOf(Shards[0].Manifest.Header.ScenarioName, StartedAt, digits[..IdDigits]);
        }
    }

    /// <summary>SHA-256 of all that they consist of.</summary>
    public string Digest => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join(
        '\n', Shards.Select(shard => string.Create(CultureInfo.InvariantCulture, $"{shard.Shard} {shard.Digest}")))))).ToLowerInvariant();

    /// <summary>Looks whether runs belong together. One that was given twice counts once.</summary>
    /// <param name="runs">The runs.</param>
    /// <exception cref="GenieLoadException">
    /// <c>NothingToMerge</c>, <c>PlansDiffer</c>, <c>ShardCountsDiffer</c>, <c>ShardTwice</c>.
    /// </exception>
    public static ShardSet Of(IEnumerable<ShardFolder> runs)
    {
        SortedDictionary<int, ShardFolder> byNumber = [];
        ShardFolder? first = null;
        foreach (ShardFolder run in runs)
        {
            first ??= run;
            if (run.PlanHash is null || run.PlanHash != first.PlanHash)
                throw MergingErrors.PlansDiffer(first, run);
            if (run.Shard.Count != first.Shard.Count)
                throw MergingErrors.ShardCountsDiffer(first, run);
            if (!byNumber.TryGetValue(run.Shard.Number, out ShardFolder? other))
                byNumber.Add(run.Shard.Number, run);
            else if (other.RunId != run.RunId || (other.Folder.Path != run.Folder.Path && other.Digest != run.Digest))
                throw MergingErrors.ShardTwice(other, run);
        }
        return byNumber.Count == 0 ? throw MergingErrors.NothingToMerge() : new ShardSet([.. byNumber.Values]);
    }

    /// <summary>The numbers of those that are not there.</summary>
    public IEnumerable<int> Missing => Enumerable.Range(1, Count).Except(Shards.Select(shard => shard.Shard.Number));
}
