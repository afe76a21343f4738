using System.Diagnostics;
using System.Globalization;
using GenieLoad.Engine.Figures;
using GenieLoad.Engine.Planning;
using GenieLoad.Engine.Runs;
using GenieLoad.Engine.Runs.Merging;
using GenieLoad.Model;

namespace GenieLoad.Benchmarks.Sections;

/// <summary>A process of its own that cuts a run into shards, or merges them, and tells what that took.</summary>
internal static class MergeProbe
{
    /// <summary>Makes the folders of the shards.</summary>
    public const string Split = "split";

    /// <summary>Merges them.</summary>
    public const string Merge = "merge";

    // The journal keeps what it has not yet written in memory.
    private const int RowsPerPause = 20_000;

    /// <summary>Writes seconds, CPU seconds, and the most bytes that were resident.</summary>
    /// <param name="way">What to do.</param>
    /// <param name="folder">Holds the run as <c>whole</c>, or the shards.</param>
    /// <param name="count">Number of shards.</param>
    public static async Task<int> RunAsync(string way, string folder, int count)
    {
        TimeSpan cpu = Environment.CpuUsage.TotalTime;
        long began = Stopwatch.GetTimestamp();
        if (way == Split)
            await SplitAsync(folder, count);
        else
            MergeAll(folder);
        double seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        double cpuSeconds = (Environment.CpuUsage.TotalTime - cpu).TotalSeconds;
        using Process process = Process.GetCurrentProcess();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{seconds:R} {cpuSeconds:R} {process.PeakWorkingSet64}"));
        return 0;
    }

    private static void MergeAll(string folder)
    {
        using RunMerge merge = RunMerge.Of([Path.Combine(folder, "shards")], new RunStore(Path.Combine(folder, "merged")));
        LoadRun run = merge.Carry(replaces: false);
        if (run.State != RunState.Completed || run.NotAskedCount > 0)
            throw new InvalidOperationException($"The merged run is {run.State}, {run.LeftOut}.");
    }

    private static async Task SplitAsync(string folder, int count)
    {
        LoadRun whole = RunReader.Read(Path.Combine(folder, "whole"));
        Plan plan = whole.Plan with { Hash = PlanHash.Of(whole.Plan) };
        int[] numbers = PlanShards.NumbersOf(plan, count);
        ILookup<int, QuestionResult> rows = whole.Results.ToLookup(row => numbers[row.Index - 1]);
        for (int number = 1; number <= count; number++)
        {
            RunHeader header = new()
            {
                RunId = FormattableString.Invariant($"{whole.RunId}-{number}"), Name = whole.Name, ScenarioName = whole.ScenarioName,
                WorkspaceUrl = whole.WorkspaceUrl, SpaceId = whole.SpaceId, StartedAt = whole.StartedAt.ToUniversalTime(),
                Connections = whole.Connections, PlanHash = plan.Hash, Shard = new Shard(number, count).ToString(),
                Place = FormattableString.Invariant($"place{number}"),
            };
            var path = new RunFolder(Path.Combine(folder, "shards", header.RunId));
            await using RunJournal journal = RunJournal.Open(path, header, plan, marksOnOwnThread: true);
            int written = 0;
            foreach (QuestionResult row in rows[number].OrderBy(row => row.CompletedOffsetSeconds))
            {
                ValueTask marked = journal.Started(row.Index, row.StartedOffsetSeconds!.Value);
                journal.Accepted(row.Index, row.ConversationId!, row.MessageId!);
                journal.Append(row);
                if (++written % RowsPerPause == 0)
                    await marked;
            }
            double end = rows[number].Max(row => row.CompletedOffsetSeconds)!.Value;
            await journal.CompleteAsync(new RunStatus(RunState.Completed, header.StartedAt.AddSeconds(end), end));
        }
    }
}
