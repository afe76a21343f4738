using GenieLoad.Engine.Genie;
using GenieLoad.Engine.Genie.Credentials;
using GenieLoad.Engine.Planning;
using GenieLoad.Engine.Running;
using GenieLoad.Engine.Runs;
using GenieLoad.Engine.Simulation;
using GenieLoad.Engine.Tests.Runs;
using GenieLoad.Model;
using Microsoft.Extensions.Time.Testing;

namespace GenieLoad.Engine.Tests.Mlflow;

/// <summary>
/// A run of the built-in scenario <c>high_load</c> as it lies on disk after a load test: some questions throttled, some failed, some answered
/// after a server error, with the responses of all and a report.
/// </summary>
public sealed class HighLoadRun : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public LoadRun Run { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));
        var options = new SimulatorOptions
        {
            Seed = 7, RateLimitPerMinute = 30, RateLimitBurst = 3, RetryAfterSeconds = 3, ServerErrorShare = 0.1, FailedShare = 0.15,
        };
        Plan plan = PlanBuilder.Build(ScenarioCatalog.Find("high_load"), SampleQuestions.All, new PlanOptions { Seed = 42 });
        LoadRun run = await time.Drive(async () =>
        {
            using GenieSimulator simulator = GenieSimulator.Start(options, time);
            using var client = new GenieApiClient(
                simulator.Uri, TokenCredential.Create(simulator.Token, "test"), new GenieClientOptions(), time, handler: simulator.CreateHandler());
            var connection = new Connection
            {
                WorkspaceUrl = "https://adb-1.2.azuredatabricks.net", SpaceId = simulator.SpaceId, Credential = "test", ConnectedAt = DateTime.UnixEpoch,
            };
            return await LoadTest.RunAsync(
                client, connection, plan, new LoadTestOptions(), new RunStore(_folder.Path), new Unwatched(), CancellationToken.None).ConfigureAwait(false);
        });
        await File.WriteAllTextAsync(Path.Combine(run.RunPath!, "report.html"), "<!doctype html><title>high_load</title>");
        Run = RunReader.Read(run.RunPath!);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _folder.Dispose();

    private sealed class Unwatched : IRunWatcher
    {
        public void OnBegin(string runId, string runPath)
        {
        }

        public void OnFinished(QuestionResult result)
        {
        }

        public void OnProgress(RunProgress progress)
        {
        }
    }
}
