using GenieLoad.Engine.Figures;
using GenieLoad.Engine.Running;
using GenieLoad.Engine.Simulation;
using GenieLoad.Engine.Simulation.Records;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Running;

public sealed class LoadTestOrchestratorTests
{
    // The fake clock moves in steps of 10 ms.
    private const double Step = 0.011;

    [Fact]
    public async Task Every_question_leaves_on_its_planned_instant_however_slow_the_answers_are()
    {
        SimulatedRun run = await SimulatedRun.Of(
            SimulatedRun.Plan(60, 30, workers: 60), new SimulatorOptions { AskingAiSeconds = 45, CallSeconds = 2 });

        Assert.All(run.Rows, row => Assert.InRange(row.StartedOffsetSeconds!.Value - row.PlannedOffsetSeconds, 0, Step));
        Assert.All(run.Rows, row => Assert.True(row.Success, row.ErrorText));
        // And the service saw them then.
        SimulatedMessage[] messages = [.. run.Truth.Messages.OrderBy(m => m.ReceivedAt.Timestamp)];
        for (int i = 0; i < messages.Length; i++)
            Assert.Equal(run.Rows[i].PlannedAt, messages[i].ReceivedAt.Utc, TimeSpan.FromSeconds(Step));
    }

    [Fact]
    public async Task When_workers_run_out_questions_wait_and_the_wait_is_theirs()
    {
        SimulatedRun run = await SimulatedRun.Of(SimulatedRun.Plan(12, 6, workers: 2), new SimulatorOptions { LatencySpread = 0 });

        Assert.True(run.Progress.Max(p => p.InFlight) == 2 && run.Progress.Max(p => p.Waiting) > 3);
        QuestionResult last = run.Rows[^1];
        Assert.True(last.WaitSeconds > 20, $"waited {last.WaitSeconds}");
        Assert.True(last.ResponseSeconds > last.DurationSeconds + 20);
        Assert.True(last.LagSeconds < Step);
        Assert.Equal([1, 2], run.Rows.Select(r => r.Worker!.Value).Distinct().Order());
        // First come, first served.
        Assert.Equal(run.Rows.Select(r => r.Index), run.Rows.OrderBy(r => r.StartedOffsetSeconds).Select(r => r.Index));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task Under_every_fault_each_question_is_answered_once_asked_once_and_its_times_add_up(int seed)
    {
        var simulator = new SimulatorOptions
        {
            Seed = seed, RateLimitPerMinute = 60, RateLimitBurst = 5, RetryAfterSeconds = 7, ServerErrorShare = 0.08, ResetShare = 0.05,
            BodyResetShare = 0.04, SlowBodyShare = 0.05, MalformedJsonShare = 0.04, FailedShare = 0.1, RegenerateShare = 0.2,
            TextOnlyShare = 0.2,
            UnknownStatusShare = 0.1, ResultChunkCount = 3,
        };

        SimulatedRun run = await SimulatedRun.Of(SimulatedRun.Plan(80, 60, workers: 25, seed: seed), simulator);

        Assert.Equal(80, run.Rows.Count);
        Assert.Equal(80, run.Finished.Count);
        Assert.Equal(Enumerable.Range(1, 80), run.Rows.Select(r => r.Index));
        Assert.All(run.Rows, row => Assert.True(run.Truth.TimesAccepted(row.Question) <= 1, $"{row.Question} was accepted more than once"));
        Assert.All(run.Rows, AddsUp);
        Assert.Contains(run.Rows, r => r.Success && r.ThrottleRetries > 0);
        Assert.Contains(run.Rows, r => r.Success && r.FaultRetries > 0);
        // What the service completed and GenieLoad could read is a success; what it never accepted is not.
        Assert.All(run.Rows.Where(r => r.Success), row => Assert.Equal(1, run.Truth.TimesAccepted(row.Question)));
    }

    [Fact]
    public async Task Sleeps_for_429s_are_throttling_and_neither_service_time_nor_lateness()
    {
        var simulator = new SimulatorOptions { RateLimitPerMinute = 6, RateLimitBurst = 1, RetryAfterSeconds = 10, LatencySpread = 0 };

        SimulatedRun run = await SimulatedRun.Of(SimulatedRun.Plan(3, 0.03, workers: 3), simulator);

        Assert.Equal(run.Truth.ThrottledCount, run.Rows.Sum(r => r.ThrottleRetries));
        Assert.All(run.Rows, row => Assert.True(row.Success));
        Assert.All(run.Rows, row => Assert.InRange(row.ServiceSeconds!.Value, 7, 13));
        Assert.Contains(run.Rows, row => row.ThrottleSeconds > 10);
        Assert.All(run.Rows, AddsUp);
    }

    [Fact]
    public async Task Phases_lie_within_a_poll_of_the_truth()
    {
        SimulatedRun run = await SimulatedRun.Of(
            SimulatedRun.Plan(20, 20, workers: 20), new SimulatorOptions { ColdWarehouseSeconds = 30 });

        Dictionary<string, SimulatedMessage> truth = run.Truth.Messages.ToDictionary(m => m.MessageId);
        Assert.All(run.Rows, row =>
        {
            double Phase(string status) => truth[row.MessageId!].Phases.Where(p => p.Status == status).Sum(p => p.Seconds);
            // Polls are 5 s apart at most, plus the call itself.
            Assert.Equal(Phase("ASKING_AI"), row.AskingAiSeconds ?? 0, 5.5);
            Assert.Equal(Phase("PENDING_WAREHOUSE"), row.PendingWarehouseSeconds ?? 0, 5.5);
            Assert.Equal(truth[row.MessageId!].AnswerSeconds, row.ServerSeconds!.Value, 0.01);
            Assert.InRange(row.DetectionSeconds!.Value, 0, 5.5);
        });
        Assert.Contains(run.Rows, row => row.PendingWarehouseSeconds > 20);
    }

    [Fact]
    public async Task Turns_of_a_conversation_follow_each_other_in_one_conversation()
    {
        SimulatedRun run = await SimulatedRun.Of(
            SimulatedRun.Plan(12, 3, workers: 12, conversation: i => $"c{i % 3}"), new SimulatorOptions());

        foreach (IGrouping<string?, QuestionResult> conversation in run.Rows.GroupBy(r => r.ConversationId))
        {
            QuestionResult[] turns = [.. conversation.OrderBy(r => r.StartedOffsetSeconds)];
            Assert.Equal([1, 2, 3, 4], turns.Select(t => t.Turn));
            for (int i = 1; i < turns.Length; i++)
                Assert.True(turns[i].StartedOffsetSeconds >= turns[i - 1].CompletedOffsetSeconds);
        }
        Assert.Equal(3, run.Rows.Select(r => r.ConversationId).Distinct().Count());
        Assert.All(run.Rows, row => Assert.True(row.Success, row.ErrorText));
    }

    [Fact]
    public async Task Stopping_ends_at_once_and_accounts_for_every_question()
    {
        SimulatedRun run = await SimulatedRun.Of(
            SimulatedRun.Plan(40, 40, workers: 40), new SimulatorOptions { LatencySpread = 0 }, stopAfterSeconds: 20);

        Assert.Equal(StopCause.User, run.Run.StoppedBy!.Cause);
        Assert.Equal(20, run.Run.TotalSeconds, 0.05);
        Assert.Equal(40, run.Rows.Count);
        string[] outcomes = [.. run.Rows.Select(r => r.Outcome)];
        // Of the one whose acceptance had not been read nobody knows.
        Assert.Equal(
            [Outcome.Completed, Outcome.Interrupted, Outcome.NotStarted],
            outcomes.Where(outcome => outcome != Outcome.Ambiguous).Distinct());
        Assert.All(run.Rows.Where(r => r.Outcome == Outcome.Interrupted), row => Assert.NotNull(row.MessageId));
        Assert.All(run.Rows.Where(r => r.Outcome == Outcome.Ambiguous), row => Assert.InRange(row.StartedOffsetSeconds!.Value, 19, 20));
        Assert.All(run.Rows.Where(r => r.Outcome == Outcome.NotStarted), row => Assert.Null(row.StartedAt));
        Assert.Equal(run.Truth.Messages.Count(m => m.AcceptanceDeliveredAt is not null), run.Rows.Count(r => r.MessageId is not null));
    }

    [Fact]
    public async Task When_answers_can_no_longer_be_kept_nothing_more_is_asked_and_the_reason_comes_out()
    {
        int finished = 0;

        IOException e = await Assert.ThrowsAsync<IOException>(() => SimulatedRun.Of(
            SimulatedRun.Plan(100, 100, workers: 5), new SimulatorOptions(),
            whenFinished: _ => throw (++finished == 1 ? new IOException("disk full") : new InvalidOperationException("later"))));

        Assert.Equal("disk full", e.Message);
        Assert.True(finished < 20, $"{finished} questions were finished after the first could not be kept");
    }

    [Fact]
    public async Task Progress_ends_with_everything_done_and_never_loses_a_question()
    {
        SimulatedRun run = await SimulatedRun.Of(
            SimulatedRun.Plan(20, 10, workers: 3), new SimulatorOptions { FailedShare = 0.3 },
            new LoadTestOptions { ProgressSeconds = 0.5 });

        Assert.All(run.Progress, p => Assert.True(p.Done + p.InFlight + p.Waiting <= 20));
        Assert.All(run.Progress, p => Assert.True(p.InFlightByStatus.Values.Sum() <= p.InFlight));
        Assert.Contains(run.Progress, p => p.InFlightByStatus.ContainsKey("ASKING_AI") && p.RemainingSeconds > 0);
        RunProgress last = run.Progress[^1];
        Assert.Equal((20, 100, 0), (last.Done, last.Percent, last.InFlight));
        Assert.Equal(run.Rows.Count(r => r.Success), last.Succeeded);
        Assert.Empty(last.InFlightByStatus);
    }

    internal static void AddsUp(QuestionResult row)
    {
        double?[] parts = [.. Measure.All.Where(measure => measure.Kind == MeasureKind.Part).Select(measure => measure.Of(row))];
        Assert.Equal(row.ResponseSeconds!.Value, parts.Sum(p => p ?? 0), 0.001);
        Assert.Equal(row.WaitSeconds!.Value,
            row.TurnWaitSeconds!.Value + (row.PauseWaitSeconds ?? 0) + row.PacingWaitSeconds!.Value + row.WorkerWaitSeconds!.Value,
            1e-9);
        Assert.All(
            [row.TurnWaitSeconds, row.PauseWaitSeconds ?? 0, row.PacingWaitSeconds, row.WorkerWaitSeconds],
            wait => Assert.True(wait >= -1e-9));
        Assert.Equal(row.DurationSeconds!.Value, row.ServiceSeconds!.Value + row.ThrottleSeconds + row.FaultSeconds, 0.001);
        Assert.All(parts, part => Assert.True(part is null or >= -1e-9, $"a part of question {row.Index} is negative"));
    }
}
