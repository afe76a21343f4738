using System.Text.Json;
using GenieLoad.Engine.Running;
using GenieLoad.Engine.Runs;
using GenieLoad.Engine.Simulation;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Running;

public sealed class LoadTestTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_run_read_back_from_its_folder_has_the_same_figures(int seed)
    {
        var options = new SimulatorOptions
        {
            Seed = seed, CallSeconds = 0, RateLimitPerMinute = 60, RateLimitBurst = 5, RetryAfterSeconds = 7,
            ServerErrorShare = 0.1, ResetShare = 0.1,
            FailedShare = 0.2, RegenerateShare = 0.2, TextOnlyShare = 0.2, MalformedJsonShare = 0.1,
        };
        using var space = new LastingSpace(options) { Options = new LoadTestOptions { QuestionTimeoutSeconds = 20 } };
        LoadRun run = await space.Run(SimulatedRun.Plan(60, 60, workers: 20, seed: seed));

        LoadRun read = RunReader.Read(run.RunPath!, warning => Assert.Fail(warning));

        Assert.Equal(JsonSerializer.Serialize(run, RunJson.Pretty.LoadRun), JsonSerializer.Serialize(read, RunJson.Pretty.LoadRun));
        Assert.InRange(run.Health!.SampleCount, 60, 200);
        Assert.Contains(run.Percentiles, figure => figure is { Measure: "ResponseWithFailures", Percentile: 99 });
        Assert.Equal(60, run.Intervals.Sum(interval => interval.Offered));
        Assert.All(run.Causes, cause => Assert.NotNull(cause.Group));
    }
}
