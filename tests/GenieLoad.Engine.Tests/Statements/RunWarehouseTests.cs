using GenieLoad.Engine.Runs;
using GenieLoad.Engine.Simulation;
using GenieLoad.Engine.Simulation.Records;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Statements;

/// <summary>What a run knows of the warehouse behind its space.</summary>
public sealed class RunWarehouseTests
{
    [Fact]
    public async Task A_run_keeps_what_its_warehouse_was_at_the_start()
    {
        using var space = new StatementSpace(new SimulatorOptions
        {
            WarehouseSize = "2X-Small", WarehouseMaxClusters = 3, ColdWarehouseSeconds = 5,
        });

        LoadRun run = await space.RunAsync(questions: 3, seconds: 5);

        RunConnection connection = Assert.Single(run.Connections);
        Assert.Equal((space.Simulator.WarehouseId, "2X-Small", "PRO", true, 1, 3, 10, "STOPPED"), (
            connection.WarehouseId, connection.WarehouseSize, connection.WarehouseType, connection.WarehouseServerless,
            connection.WarehouseMinimumClusters, connection.WarehouseMaximumClusters, connection.WarehouseAutoStopMinutes,
            connection.WarehouseState));
        Assert.Equal(3, connection.QuestionCount);
        Assert.Equal(run.Connections, RunReader.Read(run.RunPath!).Connections);
        Assert.Equal(1, space.Simulator.Record.CountOf(SimulatedOperation.GetWarehouse));
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task A_warehouse_that_is_hidden_or_may_not_be_seen_is_not_known_and_keeps_nothing_from_running(bool hidden, bool forbidden)
    {
        using var space = new StatementSpace(new SimulatorOptions { HideWarehouse = hidden, HistoryForbidden = forbidden });

        LoadRun run = await space.RunAsync(questions: 3);

        RunConnection connection = Assert.Single(run.Connections);
        Assert.Equal((3, hidden ? null : space.Simulator.WarehouseId), (run.SuccessfulCount, connection.WarehouseId));
        Assert.Null(connection.WarehouseSize ?? connection.WarehouseState ?? connection.WarehouseType);
    }
}
