using GenieLoad.Engine.Simulation;
using GenieLoad.Engine.Simulation.Records;
using static GenieLoad.Engine.Tests.Simulation.SimulatorFixture;

namespace GenieLoad.Engine.Tests.Simulation.Workspace;

public sealed class WarehouseTests
{
    [Fact]
    public async Task A_full_warehouse_runs_so_many_statements_at_once_and_no_slot_stays_idle_while_one_waits()
    {
        using var fixture = new SimulatorFixture(new SimulatorOptions { CallSeconds = 0, WarehouseSlots = 3 });
        for (int i = 0; i < 80; i++)
        {
            await fixture.AskAsync($"Question {i}?");
            fixture.Advance(0.2);
        }
        SimulatedStatement[] truth = [.. fixture.Simulator.Record.Messages.SelectMany(message => message.Statements)];
        (DateTime From, DateTime To)[] runs =
            [.. truth.Select(s => (s.EndedAt.Utc.AddSeconds(-Busy(s)), s.EndedAt.Utc)).OrderBy(run => run.Item1)];
        Assert.All(runs, run => Assert.InRange(runs.Count(other => other.From <= run.From && run.From < other.To), 1, 3));
        Assert.Contains(truth, s => s.WarehouseQueueSeconds > 1);
        Assert.Contains(truth, s => s.WarehouseQueueSeconds == 0);
    }

    [Fact]
    public async Task Clusters_come_while_statements_would_wait_and_go_when_nothing_runs()
    {
        using var fixture = new SimulatorFixture(Steady with
        {
            WarehouseSlots = 1, WarehouseMaxClusters = 3, ClusterStartSeconds = 2, ClusterIdleSeconds = 10, ExecutingQuerySeconds = 5,
            WarehouseSize = "2X-Small",
        });
        Answer idle = await WarehouseAsync(fixture);
        Assert.Equal(("RUNNING", "2X-Small", 1L, 3L), (
            idle.Text("state"), idle.Text("cluster_size"), idle.Number("num_clusters"), idle.Number("max_num_clusters")));
        for (int i = 0; i < 6; i++)
            await fixture.AskAsync($"Question {i}?");
        List<long> counts = [];
        for (int second = 0; second < 60; second++)
        {
            counts.Add((await WarehouseAsync(fixture)).Number("num_clusters"));
            fixture.Advance(1);
        }
        Assert.Equal([1, 3, 1], counts.Where((count, i) => i == 0 || counts[i - 1] != count).Where(count => count != 2));
        Assert.Contains(fixture.Simulator.Record.Messages, m => m.Statements[0].WarehouseQueueSeconds is > 1.9 and < 2.1);
    }

    [Fact]
    public async Task A_cluster_that_has_gone_by_the_time_of_a_statement_has_to_start_again()
    {
        using var fixture = new SimulatorFixture(Steady with
        {
            WarehouseSlots = 1, WarehouseMaxClusters = 2, ClusterStartSeconds = 2, ClusterIdleSeconds = 3, ExecutingQuerySeconds = 5,
        });
        for (int i = 0; i < 2; i++)
            await fixture.AskAsync($"Question {i}?");
        // It still runs, and is gone when their statements come, eight seconds later.
        fixture.Advance(16);
        Assert.Equal(2, (await WarehouseAsync(fixture)).Number("num_clusters"));
        for (int i = 2; i < 4; i++)
            await fixture.AskAsync($"Question {i}?");

        Assert.Equal(
            [0, 2, 0, 2], fixture.Simulator.Record.Messages.Select(m => Math.Round(m.Statements[0].WarehouseQueueSeconds, 6)));
    }

    [Fact]
    public async Task A_cold_warehouse_is_stopped_starts_with_the_first_statement_and_runs()
    {
        using var fixture = new SimulatorFixture(Steady with { ColdWarehouseSeconds = 30 });
        Assert.Equal("STOPPED", (await WarehouseAsync(fixture)).Text("state"));
        await fixture.AskAsync("Revenue by region?");
        fixture.Advance(20);
        Assert.Equal("STARTING", (await WarehouseAsync(fixture)).Text("state"));
        fixture.Advance(20);
        Assert.Equal("RUNNING", (await WarehouseAsync(fixture)).Text("state"));
        SimulatedStatement statement = Assert.Single(fixture.Simulator.Record.Messages[0].Statements);
        Assert.Equal((29, 0), (statement.WarehouseStartSeconds, statement.WarehouseQueueSeconds));
    }

    [Fact]
    public async Task A_space_names_its_warehouse_unless_it_is_hidden()
    {
        using var open = new SimulatorFixture();
        Assert.Equal(open.Simulator.WarehouseId, (await open.GetAsync(open.SpacePath)).Text("warehouse_id"));
        Assert.Equal(404, (await open.GetAsync("/api/2.0/sql/warehouses/nobody")).Status);
        using var hidden = new SimulatorFixture(Steady with { HideWarehouse = true });
        Assert.DoesNotContain("warehouse_id", (await hidden.GetAsync(hidden.SpacePath)).Names);
    }

    [Fact]
    public async Task What_is_drawn_for_statements_shifts_nothing_else()
    {
        var phases = new List<string>();
        foreach (double share in new[] { 0, 0.5 })
        {
            using var fixture = new SimulatorFixture(new SimulatorOptions { CallSeconds = 0, HistoryMissingShare = share });
            for (int i = 0; i < 20; i++)
                await fixture.AskAsync($"Question {i}?");
            phases.Add(string.Join(' ', fixture.Simulator.Record.Messages.Select(m => $"{m.MessageId} {m.AnswerSeconds:F6}")));
        }
        Assert.Equal(phases[0], phases[1]);
    }

    private static double Busy(SimulatedStatement s) =>
        s.CompileSeconds + s.ExecuteSeconds + s.ResultFetchSeconds + s.UnnamedSeconds;

    private static Task<Answer> WarehouseAsync(SimulatorFixture fixture) =>
        fixture.GetAsync("/api/2.0/sql/warehouses/" + fixture.Simulator.WarehouseId);
}
