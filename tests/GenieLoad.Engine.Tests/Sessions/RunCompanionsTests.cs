using GenieLoad.Engine.Running;
using GenieLoad.Engine.Runs;
using GenieLoad.Engine.Scenarios;
using GenieLoad.Engine.Sessions;
using GenieLoad.Engine.Simulation;
using GenieLoad.Engine.Tests.Runs;
using GenieLoad.Model;
using Microsoft.Extensions.Time.Testing;

namespace GenieLoad.Engine.Tests.Sessions;

public sealed class RunCompanionsTests : IDisposable
{
    private readonly TemporaryFolder _temporary = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));
    private readonly GenieSimulator _simulator;

    public RunCompanionsTests() => _simulator = GenieSimulator.Start(new SimulatorOptions(), _time);

    [Fact]
    public async Task A_companion_sees_begin_answers_progress_and_the_end_of_a_run_before_it_is_handed_over()
    {
        Companion companion = new();
        LoadRun? run = null;
        SessionListener watcher = new() { WhenRun = handed => run = companion.Ended is null ? null : handed };

        await RunAsync(watcher, companion);

        Assert.NotNull(run);
        Assert.Same(run, companion.Ended);
        Assert.Equal((run.RunId, run.RunPath, 5), (companion.RunId, companion.RunPath, companion.Plan!.QuestionCount));
        Assert.Equal(run.Results.Select(row => row.Index).Order(), companion.Finished.Select(row => row.Index).Order());
        Assert.Equal(5, companion.LastProgress!.Planned);
        Assert.Equal(1, companion.EndCount);
        Assert.Empty(watcher.Warnings);
    }

    [Theory]
    [InlineData("begin")]
    [InlineData("finished")]
    [InlineData("progress")]
    [InlineData("load ended")]
    [InlineData("end")]
    public async Task A_companion_that_fails_is_one_warning_and_the_run_and_the_others_go_on(string where)
    {
        Companion broken = new() { FailsAt = where };
        Companion other = new();
        SessionListener watcher = new();

        await RunAsync(watcher, broken, other);

        Assert.Equal((RunState.Completed, 5), (watcher.Run!.State, watcher.Run.SuccessfulCount));
        Assert.Equal(5, _simulator.Record.QuestionCount);
        Assert.Equal(5, other.Finished.Count);
        Assert.Equal((1, 1, 1), (broken.EndCount, other.EndCount, other.LoadEndCount));
        Assert.Equal(1, broken.FailureCount);
        Assert.Equal("The test goes on without the page: broken.", Assert.Single(watcher.Warnings));
    }

    [Fact]
    public async Task What_a_companion_warns_of_reaches_the_user_while_the_test_runs()
    {
        Companion companion = new() { WarnsOf = "The collector is away." };
        SessionListener watcher = new();
        companion.WhenFinished = () => companion.SeenWarnings ??= watcher.Warnings.Count;

        await RunAsync(watcher, companion);

        Assert.Equal(["The collector is away."], watcher.Warnings);
        Assert.Equal(1, companion.SeenWarnings);
    }

    [Fact]
    public async Task Where_no_run_begins_companions_end_all_the_same()
    {
        Companion companion = new();
        using CancellationTokenSource stop = new();
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => RunAsync(new SessionListener(), stop.Token, companion));

        Assert.Equal((1, null, null), (companion.EndCount, companion.Ended, companion.RunId));
    }

    public void Dispose()
    {
        _simulator.Dispose();
        _temporary.Dispose();
    }

    private Task RunAsync(SessionListener watcher, params Companion[] companions) => RunAsync(watcher, CancellationToken.None, companions);

    private async Task RunAsync(SessionListener watcher, CancellationToken stop, params Companion[] companions)
    {
        using LoadTestSession session = LoadTestSession.Of(new LoadTestRequest
        {
            Overrides = new ScenarioOverrides { QuestionCount = 5, DurationSeconds = 10 }, Seed = 7, Store = new RunStore(_temporary.Path),
            Options = new SessionOptions { Companions = companions },
        });
        session.Use([_simulator.Connection()]);
        await _time.Drive(() => session.RunAsync((_, time) => _simulator.Open(time), _time, watcher, stop));
    }

    private sealed class Companion : IRunCompanion
    {
        public string? FailsAt { get; init; }

        public string? WarnsOf { get; init; }

        public Action? WhenFinished { get; set; }

        public int? SeenWarnings { get; set; }

        public string? RunId { get; private set; }

        public string? RunPath { get; private set; }

        public Plan? Plan { get; private set; }

        public List<QuestionResult> Finished { get; } = [];

        public RunProgress? LastProgress { get; private set; }

        public int FailureCount { get; private set; }

        public int LoadEndCount { get; private set; }

        public int EndCount { get; private set; }

        public LoadRun? Ended { get; private set; }

        public void OnBegin(RunBeginning run, Action<string> warn)
        {
            FailAt("begin");
            (RunId, RunPath, Plan) = (run.RunId, run.RunPath, run.Plan);
            if (WarnsOf is not null)
                warn(WarnsOf);
        }

        public void OnFinished(QuestionResult result)
        {
            FailAt("finished");
            Finished.Add(result);
            WhenFinished?.Invoke();
        }

        public void OnProgress(RunProgress progress)
        {
            FailAt("progress");
            LastProgress = progress;
        }

        public Task OnLoadEndedAsync()
        {
            LoadEndCount++;
            FailAt("load ended");
            return Task.CompletedTask;
        }

        public Task EndAsync(LoadRun? run)
        {
            EndCount++;
            FailAt("end");
            Ended = run;
            return Task.CompletedTask;
        }

        public override string ToString() => "the page";

        private void FailAt(string where)
        {
            if (where != FailsAt)
                return;
            FailureCount++;
            throw new InvalidOperationException("broken.");
        }
    }
}
