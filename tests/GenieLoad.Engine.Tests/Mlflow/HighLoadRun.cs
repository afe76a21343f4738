using GenieLoad.Engine.Planning;
using GenieLoad.Engine.Questions;
using GenieLoad.Engine.Scenarios;
using GenieLoad.Engine.Simulation;
using GenieLoad.Engine.Tests.Running;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Mlflow;

/// <summary>
/// A run of the built-in scenario <c>high_load</c> as it lies on disk after a load test: some questions throttled, some failed, some
/// answered after a server error, with the responses of all.
/// </summary>
public sealed class HighLoadRun : IAsyncLifetime, IDisposable
{
    private readonly LastingSpace _space = new(new SimulatorOptions
    {
        Seed = 7, RateLimitPerMinute = 30, RateLimitBurst = 3, RetryAfterSeconds = 3, ServerErrorShare = 0.1, FailedShare = 0.15,
    })
    {
        WorkspaceUrl = "https://adb-1.2.azuredatabricks.net",
    };

    public LoadRun Run { get; private set; } = null!;

    public async Task InitializeAsync() => Run = await _space.Run(
        PlanBuilder.Build(ScenarioCatalog.Find("high_load"), SampleQuestions.All, new PlanOptions { Seed = 42 }));

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _space.Dispose();
}
