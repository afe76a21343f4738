using GenieLoad.Engine.Planning;
using GenieLoad.Engine.Questions;
using GenieLoad.Engine.Running;
using GenieLoad.Engine.Simulation;
using GenieLoad.Engine.Simulation.Records;
using GenieLoad.Engine.Tests.Scenarios;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Running;

/// <summary>Pacing, overflow, users and conversations, carried out against the simulator and compared with what it saw.</summary>
public sealed class WorkloadTests
{
    // The fake clock moves in steps of 10 ms.
    private const double Step = 0.011;

    [Theory]
    [InlineData(20, 40)]
    [InlineData(20, 2)]
    [InlineData(300, 40)]
    public async Task Paced_questions_never_come_faster_than_asked_and_lose_no_time(double perMinute, int workers)
    {
        SimulatedRun run = await Run($"questionCount=30 workers={workers} questionsPerMinute={perMinute}", new() { AskingAiSeconds = 1 });

        double[] sent = SentAt(run);
        double interval = 60 / perMinute;
        Assert.All(sent.Zip(sent.Skip(1)),
            pair => Assert.True(pair.Second - pair.First >= interval - Step, "two questions came too close"));
        // Nothing but the pace holds a question back while workers are free.
        if (workers == 40)
            Assert.Equal(29 * interval, sent[^1], 2 * Step);
        Assert.All(run.Rows, row => Assert.True(row.Success, row.ErrorText));
        Assert.All(run.Rows, LoadTestOrchestratorTests.AddsUp);
    }

    [Fact]
    public async Task The_wait_for_the_pace_is_told_apart_from_the_wait_for_a_worker()
    {
        var constant = new SimulatorOptions { LatencySpread = 0 };

        SimulatedRun paced = await Run("questionCount=10 workers=10 questionsPerMinute=20", constant);
        SimulatedRun crowded = await Run("questionCount=10 workers=1 questionsPerMinute=6000", constant);

        Assert.All(paced.Rows, row => Assert.Equal((row.Index - 1) * 3, row.PacingWaitSeconds!.Value, 2 * Step));
        Assert.All(paced.Rows, row => Assert.Equal(0, row.WorkerWaitSeconds!.Value, Step));
        Assert.All(crowded.Rows, row => Assert.Equal(0, row.PacingWaitSeconds!.Value, 2 * Step));
        Assert.True(crowded.Rows[^1].WorkerWaitSeconds > 60);
        Assert.All(paced.Rows.Concat(crowded.Rows), row => Assert.Equal((0, 0.0), (row.ThrottleRetries, row.ThrottleSeconds)));
    }

    [Fact]
    public async Task A_pace_below_the_limit_meets_no_429_where_the_same_load_without_it_does()
    {
        var limited = new SimulatorOptions { RateLimitPerMinute = 20, RateLimitBurst = 1 };

        SimulatedRun paced = await Run("questionCount=40 duration=10 workers=40 questionsPerMinute=19", limited);
        SimulatedRun raw = await Run("questionCount=40 duration=10 workers=40", limited);

        Assert.Equal(0, paced.Truth.ThrottledCount);
        Assert.All(paced.Rows, row => Assert.Equal(1, row.Attempts));
        Assert.True(raw.Truth.ThrottledCount > 40);
    }

    [Fact]
    public async Task Questions_sent_again_keep_to_the_pace_too()
    {
        // A limit far below the pace, so that many come again.
        var limited = new SimulatorOptions { RateLimitPerMinute = 12, RateLimitBurst = 1, RetryAfterSeconds = 5, LatencySpread = 0,
            CallSeconds = 0 };

        SimulatedRun run = await Run("questionCount=20 workers=20 questionsPerMinute=30", limited);

        double[] sent = [.. run.Truth.Calls.Where(
            c => c.Operation is SimulatedOperation.StartConversation).Select(c => Seconds(c.ArrivedAt)).Order()];
        Assert.True(sent.Length > 30, "nothing was sent again");
        Assert.All(sent.Zip(sent.Skip(1)), pair => Assert.True(pair.Second - pair.First >= 2 - Step, "two questions came too close"));
        Assert.All(run.Rows, LoadTestOrchestratorTests.AddsUp);
    }

    [Fact]
    public async Task Beyond_the_most_in_flight_questions_are_shed_and_say_so()
    {
        SimulatedRun run = await Run("questionCount=30 duration=15 workers=3 overflow=shed", new() { LatencySpread = 0 });

        QuestionResult[] shed = [.. run.Rows.Where(row => row.Outcome == Outcome.NotStarted)];
        Assert.InRange(shed.Length, 20, 28);
        Assert.All(shed, row => Assert.Equal(
            (OverflowRule.ShedErrorType, null, null), (row.ErrorType, row.StartedAt, row.ResponseSeconds)));
        Assert.Equal(30 - shed.Length, run.Truth.Messages.Count);
        Assert.Equal(30, run.Finished.Count);
        Assert.All(run.Rows.Except(shed), row => Assert.Equal(0, row.WaitSeconds!.Value, Step));
        Assert.Equal(3, run.Progress.Max(p => p.InFlight));
        Assert.Equal((30, 0, shed.Length), (run.Progress[^1].Done, run.Progress[^1].Failed, run.Progress[^1].LeftOut));
        Assert.Equal(
            $"{30 - shed.Length} of 30 answered, {shed.Length} shed or cut off, 0 in flight", RunProgressText.Format(run.Progress[^1]));
    }

    [Fact]
    public async Task A_user_asks_again_when_the_answer_is_there_and_the_time_to_think_has_passed()
    {
        SimulatedRun run = await Run("users=4 questionsPerUser=5 thinkTime=2s-10s stagger=8s", new());

        Assert.Equal(20, run.Rows.Count);
        Assert.Equal(4, run.Progress.Max(p => p.InFlight));
        foreach (IGrouping<int?, QuestionResult> user in run.Rows.GroupBy(row => row.User))
        {
            QuestionResult[] rows = [.. user.OrderBy(row => row.PlannedOffsetSeconds)];
            Assert.Equal(5, rows.Length);
            Assert.Equal((user.Key!.Value - 1) * 2.0, rows[0].PlannedOffsetSeconds);
            for (int i = 1; i < rows.Length; i++)
            {
                double think = run.Planned.Questions[rows[i].Index - 1].ThinkSeconds!.Value;
                Assert.InRange(think, 2, 10);
                Assert.Equal(rows[i - 1].CompletedOffsetSeconds!.Value + think, rows[i].PlannedOffsetSeconds, 1e-6);
                Assert.InRange(rows[i].LagSeconds!.Value, 0, Step);
                Assert.Equal(rows[i].PlannedAt, run.Run.Results[0].PlannedAt.AddSeconds(rows[i].PlannedOffsetSeconds),
                    TimeSpan.FromMilliseconds(1));
            }
        }
        Assert.Equal(20, run.Rows.Select(row => row.ConversationId).Distinct().Count());
        Assert.All(run.Rows, LoadTestOrchestratorTests.AddsUp);
    }

    [Fact]
    public async Task Conversations_arrive_and_their_turns_follow_in_them()
    {
        SimulatedRun run = await Run("questionCount=24 rate=12/min arrival=poisson turns=4 thinkTime=3s workers=50", new());

        Assert.Equal(6, run.Rows.Select(row => row.ConversationId).Distinct().Count());
        foreach (IGrouping<string?, QuestionResult> conversation in run.Rows.GroupBy(row => row.ConversationId))
        {
            QuestionResult[] turns = [.. conversation.OrderBy(row => row.Turn)];
            Assert.Equal([1, 2, 3, 4], turns.Select(row => row.Turn));
            for (int i = 1; i < turns.Length; i++)
                Assert.Equal(3, turns[i].StartedOffsetSeconds!.Value - turns[i - 1].CompletedOffsetSeconds!.Value, 2 * Step);
        }
        Assert.All(run.Rows, row => Assert.True(row.Success, row.ErrorText));
        Assert.All(run.Rows, row => Assert.Equal(0, row.TurnWaitSeconds!.Value, Step));
    }

    [Fact]
    public async Task The_wait_for_the_previous_turn_is_told_apart()
    {
        SimulatedRun run = await SimulatedRun.Of(
            SimulatedRun.Plan(4, 2, workers: 4, conversation: _ => "c"), new SimulatorOptions { LatencySpread = 0 });

        Assert.True(run.Rows[3].TurnWaitSeconds > 15);
        Assert.All(run.Rows, row => Assert.Equal(0, row.WorkerWaitSeconds!.Value, Step));
        Assert.All(run.Rows, LoadTestOrchestratorTests.AddsUp);
    }

    [Fact]
    public async Task A_failed_turn_and_a_shed_one_do_not_end_their_conversation()
    {
        SimulatedRun failed = await Run("questionCount=12 turns=3 thinkTime=1s workers=12", new() { FailedShare = 1 });
        SimulatedRun shed = await Run("questionCount=12 turns=3 thinkTime=0s workers=1 overflow=Shed", new());

        Assert.All(failed.Rows, row => Assert.Equal(Outcome.Failed, row.Outcome));
        Assert.Equal(12, failed.Truth.Messages.Count);
        Assert.All(shed.Rows, row => Assert.True(row.Success || row.ErrorType == OverflowRule.ShedErrorType));
    }

    [Fact]
    public async Task Stopping_while_users_think_and_questions_are_paced_ends_at_once_with_a_row_for_each()
    {
        SimulatedRun thinking = await Run("users=3 questionsPerUser=10 thinkTime=1000s", new(), stopAfterSeconds: 60);
        SimulatedRun paced = await Run("questionCount=30 workers=30 questionsPerMinute=1", new(), stopAfterSeconds: 50);

        Assert.Equal((60.0, 30), (Math.Round(thinking.Run.TotalSeconds, 1), thinking.Rows.Count));
        Assert.Equal(3, thinking.Rows.Count(row => row.Success));
        Assert.Equal(27, thinking.Rows.Count(row => row.Outcome == Outcome.NotStarted));
        Assert.Equal((50.0, 30), (Math.Round(paced.Run.TotalSeconds, 1), paced.Rows.Count));
        Assert.Equal(29, paced.Rows.Count(row => row.Outcome == Outcome.NotStarted));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Under_faults_every_mixture_adds_up_and_ends(int seed)
    {
        var simulator = new SimulatorOptions
        {
            Seed = seed, RateLimitPerMinute = 40, RateLimitBurst = 3, RetryAfterSeconds = 7, ServerErrorShare = 0.1, ResetShare = 0.05,
            FailedShare = 0.1,
        };
        string[] shapes =
        [
            "users=6 questionsPerUser=6 thinkTime=0s-4s turns=3 questionsPerMinute=30 workers=4",
            "questionCount=40 rate=60/min arrival=gamma burstiness=4 turns=4 thinkTime=1s workers=6 overflow=shed questionsPerMinute=50",
            "questionCount=40 stages=60/min for 20s, 120/min for 20s workers=20 questionsPerMinute=35 warmUp=5",
        ];
        foreach (string shape in shapes)
        {
            SimulatedRun run = await Run(shape, simulator, seed);

            Assert.Equal(Enumerable.Range(1, run.Planned.QuestionCount), run.Rows.Select(row => row.Index));
            Assert.Equal(run.Planned.QuestionCount, run.Finished.Count);
            Assert.All(run.Rows.Where(row => row.Outcome != Outcome.NotStarted), LoadTestOrchestratorTests.AddsUp);
            Assert.All(run.Rows.Where(row => row.Turn > 1 && row.Success), row => Assert.NotNull(row.ConversationId));
            Assert.Equal(run.Planned.WarmUpCount, run.Rows.Count(row => row.IsWarmUp));
        }
    }

    /// <summary>Seconds after the first question at which the service saw each, in order.</summary>
    private static double[] SentAt(SimulatedRun run)
    {
        double[] sent = [.. run.Truth.Messages.Select(message => Seconds(message.ReceivedAt)).Order()];
        return [.. sent.Select(seconds => seconds - sent[0])];
    }

    private static double Seconds(SimulatedInstant instant) => instant.Timestamp / (double)TimeSpan.TicksPerSecond;

    private static Task<SimulatedRun> Run(string fields, SimulatorOptions simulator, int seed = 1, double? stopAfterSeconds = null)
    {
        Scenario scenario = ScenarioArrivalTests.Make(fields);
        Plan plan = PlanBuilder.Build(scenario, SampleQuestions.All, new PlanOptions { Seed = seed, UniqueQuestion = true });
        return SimulatedRun.Of(plan, simulator, stopAfterSeconds: stopAfterSeconds);
    }
}
