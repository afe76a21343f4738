using GenieLoad.Engine.Files;
using GenieLoad.Engine.Planning;
using GenieLoad.Model;

namespace GenieLoad.Engine.Runs.Merging;

/// <summary>The plan that all shards of a test keep, and which of its questions each of them asks.</summary>
internal sealed class SharedPlan
{
    private readonly Plan[] _parts;

    private SharedPlan(Plan whole, ShardFolder source, Plan[] parts)
    {
        Whole = whole;
        Source = source;
        _parts = parts;
    }

    /// <summary>The whole plan.</summary>
    public Plan Whole { get; }

    /// <summary>The shard that it was read from.</summary>
    public ShardFolder Source { get; }

    /// <summary>The part of a shard; one that there is nothing for has no questions.</summary>
    /// <param name="number">Number of the shard, from 1.</param>
    public Plan PartOf(int number) => _parts[number - 1];

    /// <summary>Reads it once, and looks whether every shard has the same.</summary>
    /// <param name="shards">The shards.</param>
    /// <exception cref="GenieLoadException"><c>RunUnreadable</c>, <c>ShardPlanChanged</c>.</exception>
    public static SharedPlan Read(ShardSet shards)
    {
        // Where one of them keeps no texts, none are to come in by another.
        ShardFolder source = shards.Shards.FirstOrDefault(ExcludesText) ?? shards.Shards[0];
        Plan whole = RunReader.ReadWholePlan(source.Folder);
        Task hash = Task.Run(() => Require(source, whole));
        Plan[] parts = Cut(whole, shards.Count);
        hash.GetAwaiter().GetResult();
        foreach (ShardFolder shard in shards.Shards)
        {
            // Read only where the bytes differ: the plan of a large test is large, and there may be hundreds of shards.
            if (shard != source && !HasSameBytes(source.Folder.PlanPath, shard.Folder.PlanPath))
                Require(shard, RunReader.ReadWholePlan(shard.Folder));
        }
        return new SharedPlan(whole, source, parts);
    }

    private static bool ExcludesText(ShardFolder shard) => shard.Manifest.Settings?.ExcludeText == true;

    // Without its texts a plan has another hash than the one it keeps.
    private static void Require(ShardFolder shard, Plan plan)
    {
        string? found = ExcludesText(shard) ? plan.Hash : PlanHash.Of(plan);
        if (plan.Shard is not null || found != shard.PlanHash)
            throw MergingErrors.ShardPlanChanged(shard, found ?? "");
    }

    private static Plan[] Cut(Plan whole, int count)
    {
        int[] numbers = PlanShards.NumbersOf(whole, count);
        List<PlannedQuestion>[] own = [.. Enumerable.Range(0, count).Select(_ => new List<PlannedQuestion>((numbers.Length / count) + 1))];
        for (int i = 0; i < numbers.Length; i++)
            own[numbers[i] - 1].Add(whole.Questions[i]);
        return [.. own.Select((questions, i) => whole with
        {
            Shard = new Shard(i + 1, count).ToString(), Questions = new RowList<PlannedQuestion>(questions),
        })];
    }

    private static bool HasSameBytes(string one, string other)
    {
        try
        {
            using Stream a = BoundedFile.OpenRead(one, BoundedFile.WholeSize);
            using Stream b = BoundedFile.OpenRead(other, BoundedFile.WholeSize);
            if (a.Length != b.Length)
                return false;
            byte[] left = new byte[256 * 1024];
            byte[] right = new byte[left.Length];
            int read;
            while ((read = a.ReadAtLeast(left, left.Length, throwOnEndOfStream: false)) > 0)
            {
                if (b.ReadAtLeast(right, right.Length, throwOnEndOfStream: false) != read
                    || !left.AsSpan(0, read).SequenceEqual(right.AsSpan(0, read)))
                    return false;
            }
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Whoever reads it says what is wrong with it.
            return false;
        }
    }
}
