using System.Text.Json;
using System.Text.Json.Serialization;
using GenieLoad.Engine.Planning;
using GenieLoad.Engine.Runs;
using GenieLoad.Engine.Runs.Merging;
using GenieLoad.Engine.Simulation;
using GenieLoad.Engine.Tests.Runs;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Campaign;

/// <summary>Shards that really ran, some late, some killed and resumed, some with a wrong clock, merged.</summary>
public sealed class MergedTruthTests
{
    private const double Rounding = 0.001;

    private static readonly JsonSerializerOptions AnyNumber = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    [Fact]
    public async Task A_merged_run_tells_what_its_shards_tell_on_one_timeline()
    {
        int moved = 0;
        int resumed = 0;
        for (int seed = 1; seed <= 8; seed++)
        {
            Plan plan = PlanOf(seed);
            int count = Math.Min(2 + (seed % 4), PlanShards.NumbersOf(plan, 5).Max());
            double wrong = (seed % 3) switch { 0 => 0, 1 => 20, _ => -20 };
            using var sharded = new ShardedRun(new SimulatorOptions { Seed = seed, CallSeconds = 0.1 })
            {
                AheadSeconds = number => number == 1 ? wrong : 0,
                ReadyAfterSeconds = number => number == 2 && seed % 2 == 0 ? 12 : 0,
                Death = number => number == count && seed % 2 == 1 ? (15, 40) : null,
            };
            LoadRun[] runs = await sharded.RunAsync(plan, count);
            using TemporaryFolder folder = new();
            using RunMerge merge = RunMerge.Of(runs.Select(run => run.RunPath!), new RunStore(folder.Path));

            LoadRun merged = merge.Carry(false);

            AssertMerged(plan, runs, merged);
            moved += merged.Shards.Count(shard => shard.MovedSeconds != 0);
            resumed += runs.Count(run => run.Interruptions.Count > 0);
        }
        Assert.True(moved >= 4, $"Only {moved} clocks were found wrong.");
        Assert.True(resumed >= 2, $"Only {resumed} shards were resumed.");
    }

    private static void AssertMerged(Plan plan, LoadRun[] runs, LoadRun merged)
    {
        Assert.Equal(
            plan.Questions.Select(question => (question.Index, question.QuestionId, question.Text, question.Turn, question.User)),
            merged.Results.Select(row => (row.Index, row.QuestionId, row.Question, row.Turn, row.User)));
        Assert.Equal(Json(merged), Json(RunReader.Read(merged.RunPath!)));
        foreach (QuestionResult row in merged.Results)
        {
            LoadRun run = runs[row.Shard!.Value - 1];
            QuestionResult own = run.Results.Single(other => other.Index == row.Index);
            RunShard shard = merged.Shards[row.Shard.Value - 1];
            Assert.Equal(own.DurationSeconds, row.DurationSeconds);
            AssertOnTime(merged, row.PlannedAt, row.PlannedOffsetSeconds);
            AssertOnTime(merged, row.StartedAt, row.StartedOffsetSeconds);
            AssertOnTime(merged, row.CompletedAt, row.CompletedOffsetSeconds);
            Assert.True((row.StartedOffsetSeconds ?? 0) >= 0);
            if (shard.MovedSeconds == 0 && run.Interruptions.Count == 0 && merged.StartedAt == run.StartedAt)
                Assert.Equal(Json(own), Json(row with { Shard = null, Place = null }));
            // By the service's clock it was made between its send and its answer.
            double width = (shard.ClockHalfWidthSeconds ?? 0) + Rounding;
            if (row.ServerCreatedAt is DateTime created && row.CompletedAt is DateTime completed && !row.IsReattached)
                Assert.InRange(created, row.StartedAt!.Value.AddSeconds(-width), completed.AddSeconds(width));
        }
    }

    private static void AssertOnTime(LoadRun merged, DateTime? at, double? offset)
    {
        if (at is DateTime instant && offset is double seconds)
            Assert.Equal((instant.ToUniversalTime() - merged.StartedAt.ToUniversalTime()).TotalSeconds, seconds, Rounding);
    }

    private static string Json<T>(T value) => JsonSerializer.Serialize(value, AnyNumber);

    private static Plan PlanOf(int seed)
    {
        Plan plan = new CampaignCase(seed).Plan;
        plan = plan with { QuestionsPerMinute = 30, Overflow = OverflowRule.Wait };
        return plan with { Hash = PlanHash.Of(plan) };
    }
}
