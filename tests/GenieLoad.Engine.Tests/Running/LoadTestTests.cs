using System.Text.Json;
using GenieLoad.Engine.Genie;
using GenieLoad.Engine.Genie.Credentials;
using GenieLoad.Engine.Running;
using GenieLoad.Engine.Runs;
using GenieLoad.Engine.Simulation;
using GenieLoad.Engine.Tests.Runs;
using GenieLoad.Model;
using Microsoft.Extensions.Time.Testing;

namespace GenieLoad.Engine.Tests.Running;

public sealed class LoadTestTests : IDisposable
{
    private readonly TemporaryFolder _temporary = new();

    public void Dispose() => _temporary.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_run_read_back_from_its_folder_has_the_same_figures(int seed)
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));
        var options = new SimulatorOptions
        {
            Seed = seed, CallSeconds = 0, RateLimitPerMinute = 60, RateLimitBurst = 5, RetryAfterSeconds = 7, ServerErrorShare = 0.1, ResetShare = 0.1,
            FailedShare = 0.2, RegenerateShare = 0.2, TextOnlyShare = 0.2, MalformedJsonShare = 0.1,
        };
        LoadRun run = await time.Drive(async () =>
        {
            using GenieSimulator simulator = GenieSimulator.Start(options, time);
            using var client = new GenieApiClient(
                simulator.Uri, TokenCredential.Create(simulator.Token, "test"), new GenieClientOptions(), time, handler: simulator.CreateHandler());
            var connection = new Connection
            {
                WorkspaceUrl = "https://simulated.example", SpaceId = simulator.SpaceId, Credential = "test", ConnectedAt = DateTime.UnixEpoch,
            };
            return await LoadTest.RunAsync(
                client, connection, SimulatedRun.Plan(60, 60, workers: 20, seed: seed), new LoadTestOptions { QuestionTimeoutSeconds = 20 },
                new RunStore(_temporary.Path), new Unwatched(), CancellationToken.None).ConfigureAwait(false);
        });

        LoadRun read = RunReader.Read(run.RunPath!, warning => Assert.Fail(warning));

        Assert.Equal(JsonSerializer.Serialize(run, RunJson.Pretty.LoadRun), JsonSerializer.Serialize(read, RunJson.Pretty.LoadRun));
        Assert.InRange(run.Health!.SampleCount, 60, 200);
        Assert.Contains(run.Percentiles, figure => figure is { Measure: "ResponseWithFailures", Percentile: 99 });
        Assert.Equal(60, run.Intervals.Sum(interval => interval.Offered));
        Assert.All(run.Causes, cause => Assert.NotNull(cause.Group));
    }

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
