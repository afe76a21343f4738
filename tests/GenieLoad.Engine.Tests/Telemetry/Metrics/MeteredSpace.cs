using GenieLoad.Engine.Running;
using GenieLoad.Engine.Runs;
using GenieLoad.Engine.Scenarios;
using GenieLoad.Engine.Sessions;
using GenieLoad.Engine.Simulation;
using GenieLoad.Engine.Tests.Runs;
using GenieLoad.Engine.Tests.Sessions;
using GenieLoad.Model;
using Microsoft.Extensions.Time.Testing;

namespace GenieLoad.Engine.Tests.Telemetry.Metrics;

/// <summary>A simulated space with sessions of load tests, on a fake clock.</summary>
internal sealed class MeteredSpace : IDisposable
{
    private readonly TemporaryFolder _temporary = new();
    private readonly GenieSimulator _simulator;

    public MeteredSpace() => _simulator = GenieSimulator.Start(
        new SimulatorOptions { RateLimitPerMinute = 20, RateLimitBurst = 2, RetryAfterSeconds = 3, FailedShare = 0.2 }, Time);

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));

    public SessionListener Heard { get; } = new();

    public List<string> Warnings => Heard.Warnings;

    public Task<LoadRun> RunAsync(ScenarioOverrides overrides, params IRunCompanion[] companions) =>
        CarryAsync(Session(overrides, companions), null);

    /// <summary>As above, stopped after some seconds, without any grace.</summary>
    public Task<LoadRun> StopAsync(ScenarioOverrides overrides, double afterSeconds, params IRunCompanion[] companions) =>
        CarryAsync(Session(overrides, companions), afterSeconds);

    public Task<LoadRun> ResumeAsync(LoadRun run, params IRunCompanion[] companions) => CarryAsync(
        LoadTestSession.Resume(
            UnfinishedRun.Take(run.RunPath!, _ => { }),
            settings => new SessionOptions { Run = LoadTestOptions.Of(settings), Companions = companions }, resendAmbiguous: false),
        null);

    public void Dispose()
    {
        _simulator.Dispose();
        _temporary.Dispose();
    }

    private LoadTestSession Session(ScenarioOverrides overrides, IRunCompanion[] companions) => LoadTestSession.Of(new LoadTestRequest
    {
        Overrides = overrides, Seed = 7, Store = new RunStore(_temporary.Path),
        Options = new SessionOptions { Run = new LoadTestOptions { StopGraceSeconds = 0 }, Companions = companions },
    });

    private async Task<LoadRun> CarryAsync(LoadTestSession made, double? stopAfter)
    {
        using LoadTestSession session = made;
        session.Use([_simulator.Connection()]);
        if (stopAfter is double seconds)
        {
            await Time.DriveThenCancel(
                async stop => { await session.RunAsync((_, time) => _simulator.Open(time), Time, Heard, stop); return true; }, seconds);
        }
        else
        {
            await Time.DriveWithPauses(() => session.RunAsync((_, time) => _simulator.Open(time), Time, Heard, CancellationToken.None));
        }
        return Heard.Run!;
    }
}
