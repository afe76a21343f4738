using System.Text;
using GenieLoad.Engine.Reports;
using GenieLoad.Engine.Running;
using GenieLoad.Engine.Running.Stopping;
using GenieLoad.Engine.Runs;
using GenieLoad.Engine.Simulation;
using GenieLoad.Engine.Verdicts;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Running;

/// <summary>A run that is changed while it goes on, compared with what the simulator saw.</summary>
public sealed class SteeringTests
{
    // A test looks for requests four times a second, and whoever asks looks ten times.
    private const double Look = 0.4;

    private readonly List<ITimer> _timers = [];

    private static SimulatorOptions Even => new() { LatencySpread = 0, AskingAiSeconds = 2 };

    [Fact]
    public async Task A_paused_run_asks_nothing_keeps_its_plan_and_names_the_wait()
    {
        using var space = new LastingSpace(Even);
        At(space, 5, new SteeringRequest { IsPaused = true });
        At(space, 60, new SteeringRequest { IsPaused = false });

        LoadRun run = await space.Run(SimulatedRun.Plan(20, 20, workers: 20));

        double[] sent = Sent(space);
        Assert.DoesNotContain(sent, at => at is > 5 + Look and < 60);
        Assert.Equal(20, sent.Length);
        Assert.All(run.Results, row =>
        {
            LoadTestOrchestratorTests.AddsUp(row);
            Assert.Equal((Outcome.Completed, row.Index - 1.0), (row.Outcome, row.PlannedOffsetSeconds));
            Assert.InRange(row.LagSeconds!.Value, 0, 0.02);
            Assert.InRange(row.WorkerWaitSeconds!.Value, 0, 0.02);
        });
        QuestionResult[] held = [.. run.Results.Where(row => row.PauseWaitSeconds is not null)];
        Assert.InRange(held.Length, 14, 15);
        Assert.All(held, row => Assert.Equal(60 + (Look / 2) - row.PlannedOffsetSeconds, row.PauseWaitSeconds!.Value, Look));
        Assert.Equal(["paused", "continued"], run.Changes.Select(change => change.Change));
        Assert.Equal([true, false], run.Changes.Select(change => change.IsPaused));
        Assert.Equal(60, run.Changes[1].OffsetSeconds, Look);
        Assert.Equal(held.Length, run.Latency.Single(one => one.Measure == "PauseWait").Count);
    }

    [Fact]
    public async Task What_was_changed_is_read_back_and_is_in_the_events()
    {
        using var space = new LastingSpace(Even);
        At(space, 2, new SteeringRequest { IsPaused = true });
        At(space, 4, new SteeringRequest { IsPaused = true });
        At(space, 9, new SteeringRequest { IsPaused = false, WorkerCount = 7, QuestionsPerMinute = 90 });

        LoadRun run = await space.Run(SimulatedRun.Plan(10, 10, workers: 3));
        LoadRun read = RunReader.Read(run.RunPath!);
        using var plain = new LastingSpace(Even);
        LoadRun other = await plain.Run(SimulatedRun.Plan(10, 10, workers: 3));

        // Whoever pauses a paused run has changed nothing.
        Assert.Equal(["paused", "continued, 90 questions a minute, 7 workers"], run.Changes.Select(change => change.Change));
        Assert.Equal(
            run.Changes.Select(change => $"{change} {change.ChangedAt:O}"),
            read.Changes.Select(change => $"{change} {change.ChangedAt:O}"));
        Assert.Equal((false, 90.0, 7), (read.Changes[1].IsPaused, read.Changes[1].QuestionsPerMinute, read.Changes[1].WorkerCount));
        Assert.Contains("Changed   at ", SummaryText.Brief(read), StringComparison.Ordinal);
        Assert.Contains(
            RunComparer.Compare(read, other).Warnings,
            warning => warning.StartsWith("The reference run was changed while it ran: at ", StringComparison.Ordinal));
        using var page = new MemoryStream();
        HtmlReport.Write(read, page);
        string html = Encoding.UTF8.GetString(page.ToArray());
        Assert.Contains("Changed while it ran", html, StringComparison.Ordinal);
        // In the chart of response times, for a screen and for a phone, and in that of the rates.
        Assert.Equal(3, html.Split(">paused</text>").Length - 1);
        string events = File.ReadAllText(Path.Combine(run.RunPath!, "events.log"));
        Assert.Contains(": paused.", events, StringComparison.Ordinal);
        Assert.Contains(": continued, 90 questions a minute, 7 workers.", events, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(run.RunPath!, "steering-request.json")));
    }

    [Fact]
    public async Task A_run_that_is_paused_when_all_is_due_waits_until_it_is_continued()
    {
        using var space = new LastingSpace(Even);
        At(space, 1, new SteeringRequest { IsPaused = true });
        At(space, 500, new SteeringRequest { IsPaused = false });

        LoadRun run = await space.Run(SimulatedRun.Plan(6, 6, workers: 6));

        Assert.Equal((RunState.Completed, 6), (run.State, run.SuccessfulCount));
        Assert.InRange(Sent(space).Count(at => at < 500), 1, 2);
    }

    [Fact]
    public async Task A_paused_run_can_be_stopped_and_resumed_without_the_pause()
    {
        using var space = new LastingSpace(Even);
        At(space, 1, new SteeringRequest { IsPaused = true });

        LoadRun stopped = await space.RunAndStop(SimulatedRun.Plan(6, 6, workers: 6), afterSeconds: 30);
        LoadRun run = await space.Resume(stopped);

        Assert.Equal((RunState.Stopped, StopCause.User), (stopped.State, stopped.StopCause));
        Assert.InRange(stopped.Results.Count(row => row.Outcome == Outcome.NotStarted), 4, 5);
        Assert.Equal((RunState.Completed, 6), (run.State, run.SuccessfulCount));
        Assert.Equal(["paused"], run.Changes.Select(change => change.Change));
        Assert.All(space.Truth.AcceptedByQuestion, question => Assert.Equal(1, question.Value));
    }

    [Fact]
    public async Task A_higher_pace_holds_at_once_and_is_never_passed()
    {
        using var space = new LastingSpace(Even);
        At(space, 10, new SteeringRequest { QuestionsPerMinute = 60 });

        LoadRun run = await space.Run(Paced(30, perMinute: 1));

        double[] sent = Sent(space);
        Assert.Equal((30, 1), (sent.Length, sent.Count(at => at < 10)));
        Assert.All(sent.Skip(1).Zip(sent.Skip(2)), pair => Assert.Equal(1, pair.Second - pair.First, 0.05));
        // Nobody waits for the turn of the old pace.
        Assert.InRange(run.Results.Max(row => row.CompletedOffsetSeconds!.Value), 38, 60);
        Assert.All(run.Results, LoadTestOrchestratorTests.AddsUp);
    }

    [Fact]
    public async Task A_lower_pace_holds_at_once_and_no_limit_lets_all_go()
    {
        using var space = new LastingSpace(Even);
        At(space, 10, new SteeringRequest { QuestionsPerMinute = 6 });
        At(space, 60, new SteeringRequest { QuestionsPerMinute = 0 });

        LoadRun run = await space.Run(Paced(100, perMinute: 60));

        double[] sent = Sent(space);
        double[] slow = [.. sent.Where(at => at > 10 + Look && at < 60)];
        Assert.InRange(slow.Length, 4, 5);
        Assert.All(slow.Zip(slow.Skip(1)), pair => Assert.Equal(10, pair.Second - pair.First, 0.05));
        Assert.Equal(100, sent.Count(at => at < 60 + Look));
        Assert.Null(run.Changes[1].QuestionsPerMinute);
        Assert.All(run.Results, LoadTestOrchestratorTests.AddsUp);
    }

    [Fact]
    public async Task What_is_due_from_a_pause_keeps_to_the_pace()
    {
        using var space = new LastingSpace(Even);
        At(space, 5, new SteeringRequest { IsPaused = true });
        At(space, 65, new SteeringRequest { IsPaused = false });

        LoadRun run = await space.Run(Paced(30, perMinute: 60) with { DurationSeconds = 30 });

        double[] sent = Sent(space);
        Assert.All(sent.Zip(sent.Skip(1)), pair => Assert.True(pair.Second - pair.First > 0.95, "two questions came too close"));
        Assert.All(run.Results, LoadTestOrchestratorTests.AddsUp);
    }

    [Fact]
    public async Task A_pause_is_no_wait_for_a_worker_or_the_pace()
    {
        using var space = new LastingSpace(Even);
        At(space, 5, new SteeringRequest { IsPaused = true });
        At(space, 105, new SteeringRequest { IsPaused = false });

        LoadRun run = await space.Run(SimulatedRun.Plan(6, 0.001, workers: 1) with { QuestionsPerMinute = 6000 });

        Assert.All(run.Results, LoadTestOrchestratorTests.AddsUp);
        Assert.All(run.Results.Skip(1), row => Assert.Equal(100, row.PauseWaitSeconds!.Value, Look));
        Assert.All(run.Results, row => Assert.InRange(row.PacingWaitSeconds!.Value, 0, 0.05));
        // The second is due to start when the first has ended, in the middle of the pause.
        Assert.InRange(run.Results[1].WorkerWaitSeconds!.Value, 4, 6);
    }

    [Fact]
    public async Task The_wait_for_a_pace_of_later_is_named()
    {
        using var space = new LastingSpace(Even);
        At(space, 5, new SteeringRequest { QuestionsPerMinute = 12 });

        LoadRun run = await space.Run(SimulatedRun.Plan(20, 20, workers: 20));

        Assert.All(run.Results, row => Assert.InRange(row.WorkerWaitSeconds!.Value, 0, 0.02));
        Assert.InRange(run.Results[^1].PacingWaitSeconds!.Value, 50, 60);
        Assert.All(run.Results, LoadTestOrchestratorTests.AddsUp);
    }

    [Theory]
    [InlineData(2, 8)]
    [InlineData(8, 2)]
    public async Task More_or_fewer_workers_carry_as_many_questions_at_once(int before, int after)
    {
        using var space = new LastingSpace(Even with { AskingAiSeconds = 5 });
        At(space, 30, new SteeringRequest { WorkerCount = after });

        LoadRun run = await space.Run(SimulatedRun.Plan(80, 0.001, workers: before));

        Assert.Equal(before, MostInFlight(space, 5, 30));
        // Those beyond fewer workers come to their end first.
        Assert.Equal(after, MostInFlight(space, 70, 90));
        Assert.All(run.Results, LoadTestOrchestratorTests.AddsUp);
    }

    [Fact]
    public async Task A_request_that_cannot_be_read_changes_nothing()
    {
        using var space = new LastingSpace(Even);
        (double At, string Text)[] requests =
            [(1, "{"), (2, """{"workerCount":0}"""), (3, """{"questionsPerMinute":-1}"""), (4, "{}")];
        foreach ((double at, string text) in requests)
            When(space, at, () => File.WriteAllText(Path.Combine(space.RunPath, "steering-request.json"), text));

        LoadRun run = await space.Run(SimulatedRun.Plan(6, 6, workers: 6));

        Assert.Equal((RunState.Completed, 6), (run.State, run.SuccessfulCount));
        Assert.Empty(run.Changes);
        Assert.False(File.Exists(Path.Combine(run.RunPath!, "steering-request.json")));
        Assert.Equal(requests.Length, Told(run, "A request that cannot be read was removed: nothing is changed."));
    }

    [Fact]
    public async Task What_keeps_changes_from_being_made_is_told_once_and_the_test_goes_on()
    {
        using var space = new LastingSpace(Even);
        string folder = "";
        When(space, 1, () => Directory.CreateDirectory(Path.Combine(folder = space.RunPath, "steering.jsonl")));
        foreach (double at in (double[])[2, 3, 4])
            When(space, at, () => SteeringInbox.TryPut(new RunFolder(folder), new SteeringRequest { IsPaused = true }));

        LoadRun run = await space.Run(SimulatedRun.Plan(8, 8, workers: 8));

        Assert.Equal((RunState.Completed, 8), (run.State, run.SuccessfulCount));
        Assert.Empty(run.Changes);
        Assert.Equal(1, Told(run, "A change that was asked for was not made yet: "));
        Assert.False(File.Exists(Path.Combine(folder, "steering-request.json")));
    }

    [Fact]
    public async Task A_budget_of_time_goes_on_during_a_pause_and_ends_the_test()
    {
        using var space = new LastingSpace(Even);
        At(space, 5, new SteeringRequest { IsPaused = true });

        LoadRun run = await space.Run(
            SimulatedRun.Plan(20, 20, workers: 20), new BudgetRule(new RunBudget { MaximumDurationSeconds = 60 }));

        Assert.Equal((RunState.Stopped, StopCause.Budget), (run.State, run.StopCause));
        Assert.InRange(run.TotalDurationSeconds, 60, 65);
        Assert.InRange(run.SuccessfulCount, 5, 6);
        Assert.Equal(run.SuccessfulCount, Sent(space).Length);
        Assert.Equal(20 - run.SuccessfulCount, run.Results.Count(row => row.Outcome == Outcome.NotStarted));
    }

    [Fact]
    public async Task A_question_that_waits_for_a_retry_when_the_pause_begins_is_finished_in_it()
    {
        using var space = new LastingSpace(
            Even with { RateLimitPerMinute = 2, RateLimitBurst = 1, RetryAfterSeconds = 40 });
        At(space, 15, new SteeringRequest { IsPaused = true });
        At(space, 200, new SteeringRequest { IsPaused = false });

        // At 0, 10 and 20 s; the second is refused at 10 and may come again at 50.
        LoadRun run = await space.Run(SimulatedRun.Plan(3, 30, workers: 3));

        Assert.All(run.Results, row => Assert.Equal(Outcome.Completed, row.Outcome));
        Assert.Equal((1, null), (run.Results[1].ThrottleRetries, run.Results[1].PauseWaitSeconds));
        Assert.InRange(Sent(space)[1], 50, 120);
        Assert.Equal(180, run.Results[2].PauseWaitSeconds!.Value, Look);
        Assert.InRange(Sent(space)[2], 200, 200 + Look);
        Assert.All(run.Results, LoadTestOrchestratorTests.AddsUp);
    }

    [Fact]
    public async Task A_shed_question_says_how_many_workers_there_were_then()
    {
        using var space = new LastingSpace(Even);
        At(space, 15, new SteeringRequest { WorkerCount = 1 });

        LoadRun run = await space.Run(SimulatedRun.Plan(40, 30, workers: 3) with { Overflow = OverflowRule.Shed });

        Assert.Equal(
            [
                "Not asked: 3 questions were in flight, as many as may be",
                "Not asked: 1 question was in flight, as many as may be",
            ],
            run.Results.Where(row => row.ErrorType == OverflowRule.ShedErrorType).Select(row => row.ErrorText).Distinct());
    }

    [Fact]
    public async Task The_progress_of_a_paused_test_says_so()
    {
        using var space = new LastingSpace(Even);
        At(space, 5, new SteeringRequest { IsPaused = true });
        At(space, 30, new SteeringRequest { IsPaused = false });

        await space.Run(SimulatedRun.Plan(10, 10, workers: 10));

        Assert.Contains(space.Progress, progress => RunProgressText.Format(progress).StartsWith("Paused, ", StringComparison.Ordinal));
        Assert.All(
            space.Progress.Where(progress => Math.Abs(progress.ElapsedSeconds - 5) > Look && Math.Abs(progress.ElapsedSeconds - 30) > Look),
            progress => Assert.Equal(
                progress.ElapsedSeconds is > 5 and < 30,
                RunProgressText.Format(progress).StartsWith("Paused, ", StringComparison.Ordinal)));
    }

    private static int Told(LoadRun run, string text) => File.ReadLines(Path.Combine(run.RunPath!, "events.log"))
        .Count(line => line.Contains(text, StringComparison.Ordinal));

    private static Plan Paced(int count, double perMinute) =>
        SimulatedRun.Plan(count, 0.001, workers: count) with { QuestionsPerMinute = perMinute };

    private void At(LastingSpace space, double seconds, SteeringRequest request) => When(
        space, seconds, () => _ = SteeringInbox.SendAsync(
            new RunFolder(space.RunPath), request, TimeSpan.FromSeconds(10), space.Time, CancellationToken.None));

    // The fake clock forgets a timer that nobody holds.
    private void When(LastingSpace space, double seconds, Action act) =>
        _timers.Add(space.Time.CreateTimer(_ => act(), null, TimeSpan.FromSeconds(seconds), Timeout.InfiniteTimeSpan));

    private static double[] Sent(LastingSpace space) =>
        [.. space.Truth.Messages.Select(message => Seconds(space, message.ReceivedAt)).Order()];

    private static double Seconds(LastingSpace space, SimulatedInstant at) => (at.Utc - space.Truth.StartedAt.Utc).TotalSeconds;

    private static int MostInFlight(LastingSpace space, double from, double to) => Enumerable.Range(0, (int)(10 * (to - from)))
        .Max(i => space.Truth.Messages.Count(message =>
            Seconds(space, message.ReceivedAt) <= from + (i / 10.0) && Seconds(space, message.CompletedAt) > from + (i / 10.0)));
}
