using GenieLoad.Engine.Addresses;
using GenieLoad.Engine.Credentials;
using GenieLoad.Engine.Genie;
using GenieLoad.Engine.Running;
using GenieLoad.Engine.Runs;
using GenieLoad.Engine.Scenarios;
using GenieLoad.Engine.Sessions;
using GenieLoad.Engine.Simulation;
using GenieLoad.Engine.Tests.Runs;
using GenieLoad.Model;
using Microsoft.Extensions.Time.Testing;

namespace GenieLoad.Engine.Tests.Telemetry.Metrics;

/// <summary>A simulated space with sessions of load tests, on a fake clock.</summary>
internal sealed class MeteredSpace : ISessionWatcher, IDisposable
{
    private readonly TemporaryFolder _temporary = new();
    private readonly GenieSimulator _simulator;

    public MeteredSpace() => _simulator = GenieSimulator.Start(
        new SimulatorOptions { RateLimitPerMinute = 20, RateLimitBurst = 2, RetryAfterSeconds = 3, FailedShare = 0.2 }, Time);

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));

    public List<string> Warnings { get; } = [];

    public LoadRun? Run { get; private set; }

    public Action<RunProgress>? WhenProgress { get; set; }

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

    public void OnBegin(string runId, string runPath)
    {
    }

    public void OnFinished(QuestionResult result)
    {
    }

    public void OnProgress(RunProgress progress) => WhenProgress?.Invoke(progress);

    public void OnNotKept(GenieLoadException failure)
    {
    }

    public Task OnRunAsync(LoadRun run)
    {
        Run = run;
        return Task.CompletedTask;
    }

    public Task WarnAsync(string text)
    {
        Warnings.Add(text);
        return Task.CompletedTask;
    }

    public Task ErrorAsync(GenieLoadException failure) => throw failure;

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
        session.Use([new Connection
        {
            WorkspaceUrl = WorkspaceAddress.ToText(_simulator.Uri), SpaceId = _simulator.SpaceId, Credential = "test",
            ConnectedAt = DateTime.UnixEpoch, IsSimulator = true,
        }]);
        if (stopAfter is double seconds)
        {
            await Time.DriveThenCancel(
                async stop => { await session.RunAsync(Open, Time, this, stop); return true; }, seconds);
        }
        else
        {
            await DriveAsync(() => session.RunAsync(Open, Time, this, CancellationToken.None));
        }
        return Run!;
    }

    /// <summary>
    /// Lets time pass until the work is done. What was cancelled ends on another thread, which gets some real time for each second of the
    /// fake one.
    /// </summary>
    private async Task DriveAsync(Func<Task> start)
    {
        Task work = FakeClock.WithoutContext(start);
        for (long began = Environment.TickCount64; !work.IsCompleted && Environment.TickCount64 - began < 120_000;)
        {
            FakeClock.WithoutContext(() =>
            {
                for (int step = 0; step < 100 && !work.IsCompleted; step++)
                    Time.Advance(TimeSpan.FromMilliseconds(10));
                return 0;
            });
            await Task.Delay(1);
        }
        await work.WaitAsync(TimeSpan.FromSeconds(30));
    }

    private GenieApiClient Open(Connection connection, TimeProvider time) => new(
        _simulator.Uri, TokenCredential.Create(_simulator.Token, "test"), new GenieClientOptions(), time,
        handler: _simulator.CreateHandler());
}
