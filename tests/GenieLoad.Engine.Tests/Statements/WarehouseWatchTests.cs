using System.Net;
using GenieLoad.Engine.Reports;
using GenieLoad.Engine.Runs;
using GenieLoad.Engine.Simulation;
using GenieLoad.Engine.Simulation.Records;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Statements;

/// <summary>What a run sees of its warehouse while it lasts.</summary>
public sealed class WarehouseWatchTests
{
    [Fact]
    public async Task A_start_and_further_clusters_are_seen_when_they_happen_and_cost_no_question()
    {
        using var space = new StatementSpace(new SimulatorOptions
        {
            ColdWarehouseSeconds = 50, WarehouseSlots = 1, WarehouseMaxClusters = 3, ClusterStartSeconds = 30, ExecutingQuerySeconds = 8,
        });

        LoadRun run = await space.RunAsync(questions: 60, seconds: 240);

        Assert.Equal(60, space.Simulator.Record.QuestionCount);
        WarehouseSample[] samples = [.. run.WarehouseSamples];
        Assert.Equal((0, "STOPPED", space.Simulator.WarehouseId), (samples[0].OffsetSeconds, samples[0].State, samples[0].WarehouseId));
        Assert.Equal(["STOPPED", "STARTING", "RUNNING"], samples.Select(sample => sample.State!).Distinct());
        // The first statement waited for the start, and the simulator says until when.
        DateTime first = space.Truth.Values.SelectMany(message => message.Statements).Min(statement => statement.StartedAt.Utc);
        double readyAt = (first - run.StartedAt.ToUniversalTime()).TotalSeconds + 50;
        WarehouseSample running = samples.First(sample => sample.State == "RUNNING");
        Assert.InRange(running.OffsetSeconds, readyAt - 1, readyAt + 21);
        Assert.Equal(3, samples.Max(sample => sample.Clusters));
        Assert.All(samples.Skip(1), sample => Assert.InRange(sample.OffsetSeconds % 20, 0, 1));
        Assert.Equal((int)(run.TotalDurationSeconds / 20) + 1, (int)space.Simulator.Record.CountOf(SimulatedOperation.GetWarehouse));
        Assert.InRange(run.TotalDurationSeconds - samples[^1].OffsetSeconds, 0, 21);
        Assert.Equal(samples.Select(sample => $"{sample}"), RunReader.Read(run.RunPath!).WarehouseSamples.Select(sample => $"{sample}"));
        Assert.Contains("Warehouse 0 to 3 clusters, STOPPED, then STARTING, then RUNNING", Summary(run), StringComparison.Ordinal);
    }

    /// <summary>Equal looks say nothing new: the first and the last of them stay.</summary>
    [Fact]
    public async Task Of_a_warehouse_that_stays_as_it_is_the_first_and_the_last_look_are_kept()
    {
        using var space = new StatementSpace(new SimulatorOptions());

        LoadRun run = await space.RunAsync(questions: 10, seconds: 110);

        Assert.Equal([0, 100], run.WarehouseSamples.Select(sample => Math.Round(sample.OffsetSeconds)));
        Assert.All(run.WarehouseSamples, sample => Assert.Equal(("RUNNING", 1), (sample.State, sample.Clusters)));
        Assert.DoesNotContain("Warehouse ", Summary(run), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task What_may_not_be_seen_is_not_looked_at_again(bool hidden, bool forbidden)
    {
        using var space = new StatementSpace(new SimulatorOptions { HideWarehouse = hidden, HistoryForbidden = forbidden });

        LoadRun run = await space.RunAsync(questions: 5, seconds: 50);

        Assert.Empty(run.WarehouseSamples);
        Assert.InRange(space.Simulator.Record.CountOf(SimulatedOperation.GetWarehouse), 0, 1);
    }

    [Fact]
    public async Task A_resumed_run_keeps_what_was_seen_before_and_goes_on_where_it_stopped()
    {
        using var space = new StatementSpace(new SimulatorOptions());
        LoadRun stopped = await space.RunAsync(questions: 10, seconds: 100, budget: 5);

        LoadRun resumed = await space.ResumeAsync(stopped);

        double[] offsets = [.. resumed.WarehouseSamples.Select(sample => sample.OffsetSeconds)];
        Assert.Equal(stopped.WarehouseSamples.Select(sample => sample.OffsetSeconds), offsets.Take(stopped.WarehouseSamples.Count));
        Assert.Equal(offsets.Order(), offsets);
        Assert.InRange(offsets[^1], stopped.TotalDurationSeconds + 19, resumed.TotalDurationSeconds);
    }

    [Fact]
    public async Task A_look_that_fails_is_a_look_less_and_is_over_before_the_next()
    {
        using var space = new StatementSpace(new SimulatorOptions());
        space.WarehouseAnswer = (_, _) => Task.FromResult(new HttpResponseMessage(HttpStatusCode.ServiceUnavailable));

        LoadRun run = await space.RunAsync(questions: 10, seconds: 110);

        Assert.Equal((10, RunState.Completed), (run.SuccessfulCount, run.State));
        Assert.Equal(0, Assert.Single(run.WarehouseSamples).OffsetSeconds, 1);
        double[] calls =
            [.. space.WarehouseCalls.Skip(1).Select(call => (call.UtcDateTime - run.StartedAt.ToUniversalTime()).TotalSeconds)];
        Assert.True(calls.Length > 5);
        Assert.All(calls, seconds => Assert.InRange(seconds % 20, 0, 10.5));
        Assert.Equal(0, run.FaultRetryCount);
    }

    [Fact]
    public async Task A_look_that_hangs_ends_with_the_run_and_holds_nothing_up()
    {
        using var space = new StatementSpace(new SimulatorOptions());
        int open = 0;
        space.WarehouseAnswer = async (_, cancellation) =>
        {
            Interlocked.Increment(ref open);
            try
            {
                await Task.Delay(Timeout.Infinite, cancellation);
            }
            finally
            {
                Interlocked.Decrement(ref open);
            }
            return new HttpResponseMessage(HttpStatusCode.OK);
        };

        LoadRun run = await space.RunAsync(questions: 10, seconds: 80);

        Assert.Equal((10, RunState.Completed), (run.SuccessfulCount, run.State));
        Assert.Equal(0, open);
        // The run ended while a look hung, and was handed over at once.
        Assert.InRange(run.TotalDurationSeconds % 20, 0.1, 8);
        Assert.InRange((space.HandedAt - run.CompletedAt!.Value.ToUniversalTime()).TotalSeconds, 0, 1);
    }

    [Fact]
    public async Task What_the_service_says_of_the_warehouse_passes_the_gate()
    {
        using var space = new StatementSpace(new SimulatorOptions());
        space.WarehouseAnswer = (_, _) => Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK)
        {
            Content = new StringContent($$"""{ "state": "RUNNING {{space.Simulator.Token}}", "num_clusters": 2 }"""),
        });

        LoadRun run = await space.RunAsync(questions: 5, seconds: 50);

        Assert.Equal(2, run.WarehouseSamples[^1].Clusters);
        Assert.DoesNotContain(space.Simulator.Token, string.Join(' ', run.WarehouseSamples), StringComparison.Ordinal);
    }

    private static string Summary(LoadRun run) =>
        string.Join(' ', SummaryText.Brief(run).Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries));
}
