using GenieLoad.Engine.Genie.Polling;
using GenieLoad.Engine.Running;
using GenieLoad.Engine.Simulation;
using GenieLoad.Engine.Statistics;

namespace GenieLoad.Engine.Tests.Running;

public sealed class FreezeTests
{
    /// <summary>
    /// The service answers at once and then stops for 10 s in a minute at 20 questions a second. A sixth of all people wait, each until the
    /// end of the freeze: a tenth of them for more than 4 s, a twentieth for more than 7 s. Who times from the send sees 20 slow
    /// questions among 1,200 and reports milliseconds.
    /// </summary>
    [Fact]
    public async Task A_freeze_is_felt_by_all_who_are_due_in_it_and_not_only_by_those_in_flight()
    {
        var simulator = new SimulatorOptions
        {
            FreezeAtSeconds = 25, FreezeForSeconds = 10, CallSeconds = 0, SubmittedSeconds = 0.001, FetchingMetadataSeconds = 0.001,
            FilteringContextSeconds = 0.001, AskingAiSeconds = 0.001, PendingWarehouseSeconds = 0.001, ExecutingQuerySeconds = 0.001,
        };
        var options = new LoadTestOptions { ReadResult = false,
            Poll = new PollOptions { FirstSeconds = 0.01, MaximumSeconds = 0.01, LateMaximumSeconds = 0.01 } };

        SimulatedRun run = await SimulatedRun.Of(SimulatedRun.Plan(1200, 60, workers: 20), simulator, options);

        Assert.All(run.Rows, row => Assert.True(row.Success, row.ErrorText));
        double[] response = Percentile.Sort(run.Rows.Select(row => row.ResponseSeconds));
        double[] fromSend = Percentile.Sort(run.Rows.Select(row => row.DurationSeconds));
        Assert.Equal(4, Percentile.Of(response, 90), 0.2);
        Assert.Equal(7, Percentile.Of(response, 95), 0.35);
        Assert.InRange(Percentile.Of(fromSend, 95), 0, 0.1);
    }
}
