using System.Collections.Concurrent;
using GenieLoad.Engine.Credentials;
using GenieLoad.Engine.Genie;
using GenieLoad.Engine.Running;
using GenieLoad.Engine.Running.Stopping;
using GenieLoad.Engine.Runs;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Running;

/// <summary>Questions that are let in on several threads while others change the pace.</summary>
public sealed class AdmissionTests : IRunObserver
{
    private readonly ConcurrentDictionary<int, int> _finished = [];

    [Fact]
    public async Task A_pace_that_changes_all_the_time_loses_no_question_and_breaks_no_wait()
    {
        ConcurrentQueue<Exception> unseen = [];
        void Unseen(object? sender, UnobservedTaskExceptionEventArgs e) =>
            e.Exception.Handle(inner => { if (inner is ObjectDisposedException) unseen.Enqueue(inner); return true; });
        TaskScheduler.UnobservedTaskException += Unseen;
        try
        {
            await RunAsync(count: 3000, steerers: 2);
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        finally
        {
            TaskScheduler.UnobservedTaskException -= Unseen;
        }
        Assert.Empty(unseen);
        Assert.Equal(3000, _finished.Count);
        Assert.All(_finished, question => Assert.Equal(1, question.Value));
    }

    private async Task RunAsync(int count, int steerers)
    {
        Plan plan = SimulatedRun.Plan(count, 0.001, workers: 3) with { QuestionsPerMinute = 600_000 };
        var options = new LoadTestOptions();
        using var client = new GenieApiClient(
            new Uri("http://127.0.0.1:1"), TokenCredential.Create("none", "test"), new GenieClientOptions(), TimeProvider.System);
        var connection = new RunConnection { Name = "none", WorkspaceUrl = "http://127.0.0.1:1", SpaceId = "01ef" };
        using var controller = new StopController(TimeProvider.System);
        var run = new RunContext(
            new RunTargets([new RunTarget(connection, client)], plan, options), plan, options, this, [], controller,
            new RunClock(TimeProvider.System, DateTime.UtcNow), start: 0);
        var completion = new QuestionCompletion(run);
        var admission = new Admission(run, completion, async (trace, ended) =>
        {
            await Task.Yield();
            trace.End(Outcome.Failed, run.Time.GetTimestamp());
            ended(trace);
        });
        completion.Completed += admission.Leave;
        var release = new QuestionRelease(run, admission, null);
        var steering = new Steering(run, admission);

        Task[] others = [.. Enumerable.Range(0, steerers).Select(i => Task.Factory.StartNew(
            () =>
            {
                for (int pace = 0; !run.Work.None.IsCompleted; pace++)
                    steering.Apply(new SteeringRequest { QuestionsPerMinute = 300_000 + (1000 * (pace % 300)) + i }, _ => { });
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))];
        await release.FireAsync();
        await run.Work.None.WaitAsync(TimeSpan.FromMinutes(5));
        await Task.WhenAll(others);
        Assert.Null(controller.Fault);
        steering.Apply(new SteeringRequest { IsPaused = true }, change => Assert.Fail($"The run is over, and was changed {change}."));
    }

    ValueTask IRunObserver.OnStarted(int index, double offsetSeconds) => default;

    void IRunObserver.OnAccepted(int index, string conversationId, string messageId)
    {
    }

    void IRunObserver.OnFinished(QuestionResult result, QuestionResponses responses) =>
        _finished.AddOrUpdate(result.Index, 1, (_, before) => before + 1);

    void IRunObserver.OnProgress(RunProgress progress)
    {
    }
}
