using GenieLoad.Engine.Runs;
using GenieLoad.Engine.Simulation;
using GenieLoad.Engine.Tests.Running;
using GenieLoad.Model;
using Microsoft.Extensions.Time.Testing;

namespace GenieLoad.Engine.Tests.Runs;

/// <summary>Asking a run for a change, where it cannot be made.</summary>
public sealed class SteeringInboxTests
{
    [Fact]
    public async Task A_run_that_is_over_cannot_be_changed()
    {
        using var space = new LastingSpace(new SimulatorOptions());
        LoadRun run = await space.Run(SimulatedRun.Plan(1, 1, workers: 1));

        GenieLoadException error = await Assert.ThrowsAsync<GenieLoadException>(
            () => Send(run.RunPath!, new SteeringRequest { IsPaused = true }, TimeProvider.System));

        Assert.Equal("RunNotRunning", error.ErrorId);
        Assert.Contains(run.RunId, error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(run.RunPath!, "steering-request.json")));
    }

    [Theory]
    [InlineData(null, null, "NothingToChange")]
    [InlineData(-1.0, null, "InvalidOption")]
    [InlineData(1e9, null, "InvalidOption")]
    [InlineData(double.NaN, null, "InvalidOption")]
    [InlineData(null, 0, "InvalidOption")]
    [InlineData(null, 100_001, "InvalidOption")]
    public async Task What_no_run_could_do_is_refused(double? perMinute, int? workers, string errorId)
    {
        GenieLoadException error = await Assert.ThrowsAsync<GenieLoadException>(() => Send(
            "/nowhere", new SteeringRequest { QuestionsPerMinute = perMinute, WorkerCount = workers }, TimeProvider.System));

        Assert.Equal(errorId, error.ErrorId);
    }

    [Fact]
    public async Task A_request_that_nobody_takes_is_taken_back()
    {
        using var temporary = new TemporaryFolder();
        var store = new RunStore(temporary.Path);
        RunFolder folder = store.Create("test", DateTime.UtcNow);
        await using RunJournal journal = RunJournal.Open(folder, SampleRun.Header(folder.Name), SimulatedRun.Plan(1, 1, workers: 1));
        var time = new FakeTimeProvider();

        Task<RunChange> first = Send(folder.Path, new SteeringRequest { IsPaused = true }, time);
        Task<RunChange> second = Send(folder.Path, new SteeringRequest { IsPaused = false }, time);
        Assert.True(File.Exists(Path.Combine(folder.Path, "steering-request.json")));
        while (!(first.IsCompleted && second.IsCompleted))
        {
            time.Advance(TimeSpan.FromSeconds(0.1));
            await Task.Yield();
        }

        Assert.Equal("RunDoesNotAnswer", (await Assert.ThrowsAsync<GenieLoadException>(() => first)).ErrorId);
        Assert.Equal("RunDoesNotAnswer", (await Assert.ThrowsAsync<GenieLoadException>(() => second)).ErrorId);
        Assert.False(File.Exists(Path.Combine(folder.Path, "steering-request.json")));
    }

    private static Task<RunChange> Send(string path, SteeringRequest request, TimeProvider time) =>
        SteeringInbox.SendAsync(new RunFolder(path), request, TimeSpan.FromSeconds(10), time, CancellationToken.None);
}
