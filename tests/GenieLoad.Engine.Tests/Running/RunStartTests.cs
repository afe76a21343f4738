using GenieLoad.Engine.Planning;
using GenieLoad.Engine.Runs;
using GenieLoad.Engine.Simulation;
using GenieLoad.Engine.Tests.Campaign;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Running;

/// <summary>Runs that begin at an instant set for all.</summary>
public sealed class RunStartTests
{
    private static readonly Plan Twenty = Hashed(SimulatedRun.Plan(20, 20, workers: 20));

    [Fact]
    public async Task All_shards_count_from_the_instant_that_was_set()
    {
        using var sharded = new ShardedRun(new SimulatorOptions { CallSeconds = 0.1 });

        LoadRun[] runs = await sharded.RunAsync(Twenty, 3);

        Assert.All(runs, run => Assert.Equal(sharded.StartAt, run.StartedAt.ToUniversalTime()));
        Assert.All(runs, run => Assert.Equal(0, run.StartLagSeconds!.Value, 0.05));
        QuestionResult[] rows = [.. runs.SelectMany(run => run.Results).OrderBy(row => row.Index)];
        Assert.Equal(Twenty.Questions.Select(question => question.PlannedSeconds), rows.Select(row => row.PlannedOffsetSeconds));
        Assert.All(rows, row => Assert.Equal(row.PlannedOffsetSeconds, row.StartedOffsetSeconds!.Value, 0.05));
        Assert.All(rows, row => Assert.Equal(
            sharded.StartAt.AddSeconds(row.PlannedOffsetSeconds), row.PlannedAt.ToUniversalTime(), TimeSpan.FromMilliseconds(1)));
        Assert.Equal(["place 1", "place 2", "place 3"], runs.Select(run => run.Place));
    }

    [Fact]
    public async Task A_late_shard_is_late_by_what_it_missed_and_its_plan_is_not_shifted()
    {
        using var sharded = new ShardedRun(new SimulatorOptions { CallSeconds = 0.1 })
        {
            ReadyAfterSeconds = number => number == 2 ? 15 : 0,
        };

        LoadRun[] runs = await sharded.RunAsync(Twenty, 2);

        Assert.Equal(10, runs[1].StartLagSeconds!.Value, 0.05);
        Assert.Equal(sharded.StartAt, runs[1].StartedAt.ToUniversalTime());
        foreach (QuestionResult row in runs[1].Results)
        {
            double late = Math.Max(0, 10 - row.PlannedOffsetSeconds);
            Assert.Equal(late, row.LagSeconds!.Value, 0.05);
            Assert.Equal(row.PlannedOffsetSeconds + late, row.StartedOffsetSeconds!.Value, 0.05);
            Assert.Equal(
                row.CompletedOffsetSeconds!.Value - row.PlannedOffsetSeconds, row.ResponseSeconds!.Value, 0.05);
        }
        Assert.Equal(HealthVerdict.Invalid, runs[1].Health!.Verdict);
        Assert.NotEqual(HealthVerdict.Invalid, runs[0].Health!.Verdict);
    }

    [Fact]
    public async Task A_shard_that_dies_while_it_waits_is_resumed_and_still_waits_for_the_start()
    {
        using var sharded = new ShardedRun(new SimulatorOptions { CallSeconds = 0.1 })
        {
            Death = number => number == 1 ? (1, 1) : null,
            // What is stopped ends on another thread, and the clock goes on meanwhile.
            StartAt = new DateTime(2026, 11, 23, 12, 30, 0, DateTimeKind.Utc),
        };

        LoadRun[] runs = await sharded.RunAsync(Twenty, 2);

        Assert.All(runs[0].Results, row => Assert.True(row.Success, row.ErrorText));
        Assert.All(runs[0].Results, row => Assert.True(
            row.StartedAt!.Value.ToUniversalTime() >= sharded.StartAt.AddSeconds(row.PlannedOffsetSeconds).AddMilliseconds(-1)));
        Assert.All(sharded.Truth.AcceptedByQuestion, question => Assert.Equal(1, question.Value));
    }

    [Fact]
    public async Task The_folder_of_a_shard_holds_the_whole_plan_and_reads_as_the_part()
    {
        using var sharded = new ShardedRun(new SimulatorOptions { CallSeconds = 0.1 });

        LoadRun run = (await sharded.RunAsync(Twenty, 4))[2];

        Assert.Equal(20, RunReader.ReadWholePlan(new RunFolder(run.RunPath!)).QuestionCount);
        LoadRun read = RunReader.Read(run.RunPath!, warning => Assert.Fail(warning));
        Assert.Equal(("3/4", "place 3", 5, Twenty.Hash), (read.Shard, read.Place, read.QuestionCount, read.PlanHash));
        Assert.Equal(run.Results, read.Results);
        Assert.Equal((run.ClockOffsetSeconds, run.StartLagSeconds), (read.ClockOffsetSeconds, read.StartLagSeconds));
        Assert.Equal((0, 5), (read.NotAskedCount, read.SuccessfulCount));
    }

    private static Plan Hashed(Plan plan) => plan with { Hash = PlanHash.Of(plan) };
}
