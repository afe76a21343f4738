using System.Collections.Concurrent;
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
        await using var running = new RunningRun();

        Task<RunChange> first = Send(running.Folder.Path, Pause, running.Time);
        Task<RunChange> second = Send(running.Folder.Path, new SteeringRequest { IsPaused = false }, running.Time);
        Assert.True(running.HasRequest);
        await running.PassUntil(first, second);

        foreach (Task<RunChange> sent in (Task<RunChange>[])[first, second])
        {
            GenieLoadException error = await Assert.ThrowsAsync<GenieLoadException>(() => sent);
            Assert.Equal("RunDoesNotAnswer", error.ErrorId);
            Assert.Contains("nothing changes", error.Message, StringComparison.Ordinal);
        }
        Assert.Equal(running.Before, running.Files);
        Assert.Null(SteeringInbox.Take(running.Folder));
    }

    [Fact]
    public async Task Where_the_test_has_the_request_the_sender_hears_that_the_change_may_still_be_made()
    {
        await using var running = new RunningRun();
        SteeringRequest request = Pause;

        Task<RunChange> sent = Send(running.Folder.Path, request, running.Time);
        Assert.Equal(request, SteeringInbox.Take(running.Folder));
        await running.PassUntil(sent);

        GenieLoadException error = await Assert.ThrowsAsync<GenieLoadException>(() => sent);
        Assert.Equal("RunDoesNotAnswer", error.ErrorId);
        Assert.Contains("the change may still be made", error.Message, StringComparison.Ordinal);
        Assert.Equal(running.Before, running.Files);
    }

    [Fact]
    public async Task The_request_of_another_is_not_taken_back()
    {
        await using var running = new RunningRun();
        SteeringRequest other = new() { WorkerCount = 3 };
        Assert.True(SteeringInbox.TryPut(running.Folder, other));

        Task<RunChange> sent = Send(running.Folder.Path, Pause, running.Time);
        await running.PassUntil(sent);

        await Assert.ThrowsAsync<GenieLoadException>(() => sent);
        Assert.Equal(other, SteeringInbox.Take(running.Folder));
    }

    [Fact]
    public async Task A_sender_that_is_stopped_takes_its_request_back()
    {
        await using var running = new RunningRun();
        using var stop = new CancellationTokenSource();

        Task<RunChange> sent = SteeringInbox.SendAsync(running.Folder, Pause, TimeSpan.FromSeconds(10), running.Time, stop.Token);
        Assert.True(running.HasRequest);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sent);
        Assert.Equal(running.Before, running.Files);
    }

    [Fact]
    public async Task Of_several_who_take_a_request_one_gets_it()
    {
        const int count = 300;
        await using var running = new RunningRun();
        ConcurrentBag<Guid> taken = [];
        bool isOver = false;
        void Take()
        {
            while (!Volatile.Read(ref isOver))
            {
                if (SteeringInbox.Take(running.Folder) is SteeringRequest request)
                    taken.Add(request.Id);
            }
        }
        Task[] takers = [.. Enumerable.Range(0, 4).Select(_ => Task.Factory.StartNew(
            Take, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))];

        for (int i = 0; i < count; i++)
        {
            while (!SteeringInbox.TryPut(running.Folder, Pause))
                await Task.Yield();
        }
        while (running.HasRequest)
            await Task.Yield();
        Volatile.Write(ref isOver, true);
        await Task.WhenAll(takers);

        Assert.Equal((count, count), (taken.Count, taken.Distinct().Count()));
        Assert.Equal(running.Before, running.Files);
    }

    [Fact]
    public async Task A_request_that_cannot_be_read_is_removed_and_told()
    {
        await using var running = new RunningRun();
        List<string> told = [];
        foreach (string text in (string[])["", "{", "[]", "null", "{}", """{"workerCount":0}""", """{"questionsPerMinute":-1}"""])
        {
            File.WriteAllText(Path.Combine(running.Folder.Path, "steering-request.json"), text);

            Assert.Null(SteeringInbox.Take(running.Folder, told.Add));
            Assert.Equal(running.Before, running.Files);
        }
        Assert.Equal(7, told.Count);
        Assert.Null(SteeringInbox.Take(running.Folder, told.Add));
        Assert.Equal(7, told.Count);
    }

    private static SteeringRequest Pause => new() { IsPaused = true };

    private static Task<RunChange> Send(string path, SteeringRequest request, TimeProvider time) =>
        SteeringInbox.SendAsync(new RunFolder(path), request, TimeSpan.FromSeconds(10), time, CancellationToken.None);

    /// <summary>A run that is being carried out, by a process that looks for no requests.</summary>
    private sealed class RunningRun : IAsyncDisposable
    {
        private readonly TemporaryFolder _temporary = new();
        private readonly RunJournal _journal;

        public RunningRun()
        {
            Folder = new RunStore(_temporary.Path).Create("test", DateTime.UtcNow);
            _journal = RunJournal.Open(Folder, SampleRun.Header(Folder.Name), SimulatedRun.Plan(1, 1, workers: 1));
            Before = Files;
        }

        public RunFolder Folder { get; }

        public FakeTimeProvider Time { get; } = new();

        public string[] Before { get; }

        public string[] Files => [.. Directory.GetFiles(Folder.Path).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

        public bool HasRequest => Files.Contains("steering-request.json");

        public async Task PassUntil(params Task[] done)
        {
            while (!Array.TrueForAll(done, task => task.IsCompleted))
            {
                Time.Advance(TimeSpan.FromSeconds(0.1));
                await Task.Yield();
            }
        }

        public async ValueTask DisposeAsync()
        {
            await _journal.DisposeAsync();
            _temporary.Dispose();
        }
    }
}
