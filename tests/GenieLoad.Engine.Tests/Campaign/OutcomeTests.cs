using GenieLoad.Engine.Credentials;
using GenieLoad.Engine.Genie;
using GenieLoad.Engine.Running;
using GenieLoad.Engine.Runs;
using GenieLoad.Engine.Simulation;
using GenieLoad.Engine.Simulation.Records;
using GenieLoad.Engine.Tests.Running;
using GenieLoad.Engine.Tests.Runs;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Campaign;

/// <summary>
/// What becomes of a load test when the world around it does not hold still: the outcomes that <c>docs/outcomes.md</c> promises.
/// </summary>
public sealed class OutcomeTests : IDisposable
{
    private readonly TemporaryFolder _temporary = new();
    private readonly CampaignClock _clock = new();
    private SimulatorRecord _truth = null!;

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public async Task A_network_that_is_gone_for_a_short_time_costs_retries_and_no_question()
    {
        LoadRun run = await Run(new NetworkTrouble { OfflineFrom = 20, OfflineFor = 15 });

        Assert.Equal((RunState.Completed, 60), (run.State, run.SuccessfulCount));
        QuestionResult[] due = [.. run.Results.Where(row => row.PlannedOffsetSeconds is > 20.5 and < 34.5)];
        Assert.NotEmpty(due);
        Assert.All(due, row => Assert.True(row is { FaultRetries: > 0, FaultSeconds: > 0, LagSeconds: < 0.1 }, $"{row.Index}"));
        AskedOnce(run);
    }

    [Fact]
    public async Task A_network_that_stays_away_costs_the_questions_that_need_it_and_none_before_or_after()
    {
        LoadRun run = await Run(new NetworkTrouble { OfflineFrom = 20, OfflineFor = 300 }, seconds: 600);

        Assert.Equal(RunState.Completed, run.State);
        Assert.All(run.Results.Where(row => row.PlannedOffsetSeconds is < 5 or > 325), row => Assert.Equal(Outcome.Completed, row.Outcome));
        Assert.All(run.Results.Where(row => row.PlannedOffsetSeconds is > 21 and < 260), row =>
        {
            Assert.Equal((Outcome.Unreachable, "TRANSPORT_DNS"), (row.Outcome, row.ErrorType));
            Assert.Equal(0, _truth.TimesSent(row.Question));
        });
        AskedOnce(run);
    }

    /// <summary>A machine whose clocks all stand still while it sleeps, but for the wall clock: Linux and macOS.</summary>
    [Fact]
    public async Task A_sleep_in_which_the_clock_of_the_run_stands_still_only_shows_in_the_wall_clock()
    {
        using ITimer sleep = _clock.After(30.005, () => _clock.SetWallClock(1200));

        LoadRun run = await Run(new NetworkTrouble());

        Assert.Equal((RunState.Completed, 60), (run.State, run.SuccessfulCount));
        Assert.All(run.Results, row => Assert.InRange(row.LagSeconds!.Value, 0, 0.1));
        Assert.Equal(1200, run.Health!.ClockStepSeconds!.Value, 0.1);
        Assert.Equal(HealthVerdict.Doubtful, run.Health.Verdict);
        Assert.Contains("the system clock was changed by 1200.0 s during the run", run.Health.Reasons, StringComparison.Ordinal);
        AskedOnce(run);
    }

    /// <summary>A machine whose clocks go on while it sleeps: Windows.</summary>
    [Fact]
    public async Task A_sleep_that_the_clock_of_the_run_sees_makes_what_was_due_late_and_times_out_what_was_open()
    {
        LoadRun run = await Run(new NetworkTrouble(), sleepAtSeconds: 30, sleepSeconds: 1200);

        Assert.Equal(RunState.Completed, run.State);
        Assert.All(run.Results.Where(row => row.PlannedOffsetSeconds < 15), row => Assert.Equal(Outcome.Completed, row.Outcome));
        QuestionResult[] open = [.. run.Results.Where(row => row.StartedOffsetSeconds < 29.9 && row.CompletedOffsetSeconds > 30.1)];
        Assert.NotEmpty(open);
        Assert.All(open, row => Assert.Equal(Outcome.TimedOut, row.Outcome));
        QuestionResult[] due = [.. run.Results.Where(row => row.PlannedOffsetSeconds > 30.1)];
        Assert.All(due, row =>
        {
            Assert.Equal(Outcome.Completed, row.Outcome);
            // Never shifted: what starts late is late, and a person would have waited for it.
            Assert.InRange(row.LagSeconds!.Value, 1229 - row.PlannedOffsetSeconds, 1231 - row.PlannedOffsetSeconds);
            Assert.True(row.ResponseSeconds > row.LagSeconds);
        });
        Assert.Equal(HealthVerdict.Invalid, run.Health!.Verdict);
        Assert.Contains("the process was suspended for 1", run.Health.Reasons, StringComparison.Ordinal);
        AskedOnce(run);
    }

    private void AskedOnce(LoadRun run)
    {
        Invariants.Accounts(run, run.Plan!);
        Invariants.AskedOnce(run, _truth, resends: false);
    }

    /// <summary>A question a second, each answered in some seven.</summary>
    private async Task<LoadRun> Run(NetworkTrouble network, double seconds = 60, double? sleepAtSeconds = null, double sleepSeconds = 0)
    {
        using GenieSimulator simulator = GenieSimulator.Start(new SimulatorOptions { LatencySpread = 0 }, _clock);
        _truth = simulator.Record;
        using var client = new GenieApiClient(
            simulator.Uri, TokenCredential.Create(simulator.Token, "test"), new GenieClientOptions(), _clock,
            handler: network.Before(simulator.CreateHandler(), _clock, seed: 1));
        var connection = new Connection
        {
            WorkspaceUrl = "https://simulated.example", SpaceId = simulator.SpaceId, Credential = "test", ConnectedAt = DateTime.UnixEpoch,
        };
        Plan plan = SimulatedRun.Plan(60, seconds, workers: 60);
        return await _clock.Drive(
            () => LoadTest.RunAsync(
                client, connection, plan, new LoadTestOptions(), new RunStore(_temporary.Path), QuietWatcher.Instance,
                CancellationToken.None),
            sleepAtSeconds, sleepSeconds);
    }
}
