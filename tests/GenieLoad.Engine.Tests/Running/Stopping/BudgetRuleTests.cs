using GenieLoad.Engine.Running;
using GenieLoad.Engine.Running.Stopping;
using GenieLoad.Engine.Simulation;
using GenieLoad.Engine.Tests.Figures;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Running.Stopping;

/// <summary>Budgets, held against what the simulator was really asked.</summary>
public class BudgetRuleTests
{
    private static readonly SimulatorOptions Steady = new() { LatencySpread = 0 };

    private static Task<SimulatedRun> Run(
        RunBudget budget, SimulatorOptions? simulator = null, int count = 60, double seconds = 60, int workers = 60) =>
        SimulatedRun.Of(SimulatedRun.Plan(count, seconds, workers), simulator ?? Steady, rules: [new BudgetRule(budget)]);

    private static void AssertEnded(SimulatedRun run, string reason)
    {
        Assert.Equal(StopCause.Budget, run.Run.StoppedBy!.Cause);
        Assert.Equal($"Stopped by the budget: {reason}.", run.Run.StoppedBy.Reason);
        Assert.Equal(run.Planned.QuestionCount, run.Rows.Count);
    }

    [Theory]
    [InlineData(1, 60)]
    [InlineData(17, 60)]
    [InlineData(17, 0)]
    public async Task No_more_questions_are_asked_than_allowed_and_those_are_waited_for(int most, double seconds)
    {
        SimulatedRun run = await Run(new RunBudget { MaximumQuestions = most, GraceSeconds = 0 }, seconds: seconds);

        AssertEnded(run, $"{most} questions were asked, the limit of -MaximumQuestion");
        Assert.Equal(most, run.Truth.Messages.Count);
        Assert.Equal(most, run.Rows.Count(row => row.Success));
        Assert.Equal(60 - most, run.Rows.Count(row => row.Outcome == Outcome.NotStarted));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(60)]
    public async Task By_the_dearest_that_was_measured_no_more_is_spent_than_allowed(double seconds)
    {
        SimulatedRun run = await Run(new RunBudget { MaximumCostDbu = 10, GraceSeconds = 0 }, seconds: seconds);

        AssertEnded(run, "11 questions were asked, up to 9.46 DBU; -MaximumCostDbu allows 10");
        Assert.Equal(11, run.Truth.Messages.Count);
        Assert.InRange(run.Truth.Messages.Sum(message => message.GenieDbu), 0.18m * 11, 10m);
        Assert.Equal(11, run.Rows.Count(row => row.Success));
    }

    [Fact]
    public async Task A_budget_of_the_whole_plan_does_not_cut_off_what_waits_for_a_retry()
    {
        SimulatedRun run = await Run(
            new RunBudget { MaximumQuestions = 20, MaximumCostDbu = 17.2 },
            new SimulatorOptions { Seed = 3, RateLimitPerMinute = 60, RateLimitBurst = 5, RetryAfterSeconds = 5 }, count: 20, seconds: 5);

        Assert.Null(run.Run.StoppedBy);
        Assert.Equal(20, run.Rows.Count(row => row.Success));
        Assert.Contains(run.Rows, row => row.ThrottleRetries > 0);
    }

    [Fact]
    public async Task A_budget_of_the_whole_plan_ends_nothing() =>
        Assert.Null((await Run(new RunBudget { MaximumQuestions = 60, MaximumDurationSeconds = 3600, MaximumFailures = 1 })).Run.StoppedBy);

    /// <summary>A measurement of several runs has one budget: what is said of it is what was given.</summary>
    [Fact]
    public void What_earlier_runs_of_the_same_whole_have_used_counts()
    {
        var rule = new BudgetRule(new RunBudget
        {
            MaximumQuestions = 500, QuestionsBefore = 488, MaximumDurationSeconds = 900, SecondsBefore = 870,
        });

        Assert.Null(rule.Started(11));
        Assert.Contains("500 questions were asked", rule.Started(12)!.Reason, StringComparison.Ordinal);
        Assert.Null(rule.Progressed(At(29)));
        Assert.Contains(
            "901 s have passed; -MaximumDuration allows 900 s", rule.Progressed(At(31))!.Reason,
            StringComparison.Ordinal);
    }

    private static RunProgress At(double seconds) => new()
    {
        Planned = 60, Waiting = 0, InFlight = 0, Throttled = 0, Succeeded = 0, Failed = 0,
        InFlightByStatus = new Dictionary<string, int>(), ElapsedSeconds = seconds, RemainingSeconds = null,
    };

    [Fact]
    public void What_was_shed_or_broken_off_uses_up_no_failures()
    {
        var rule = new BudgetRule(new RunBudget { MaximumFailures = 2, MaximumFailurePercent = 5 });
        QuestionResult[] leftOut =
        [
            .. Enumerable.Range(1, 20)
                .Select(i => Rows.Of(i, 0, completed: 0, outcome: Outcome.NotStarted, errorType: OverflowRule.ShedErrorType)),
            Rows.Of(21, 0, 0, 5, Outcome.Interrupted), Rows.Of(22, 0, 0, 5, Outcome.Ambiguous, errorType: "RUN_ENDED"),
        ];

        Assert.All(leftOut, row => Assert.Null(rule.Finished(row)));
        Assert.Null(rule.Finished(Rows.Of(23, 0, 0, 5, Outcome.TimedOut)));
        Assert.NotNull(rule.Finished(Rows.Of(24, 0, 0, 5, Outcome.TimedOut)));
    }

    [Fact]
    public async Task After_its_time_nothing_more_is_asked_and_questions_in_flight_have_their_grace()
    {
        SimulatedRun run = await Run(new RunBudget { MaximumDurationSeconds = 30, GraceSeconds = 1000 });

        AssertEnded(run, "30 s have passed; -MaximumDuration allows 30 s");
        Assert.All(run.Rows, row => Assert.Equal(row.PlannedOffsetSeconds <= 30.25, row.Success));
        Assert.True(run.Run.TotalSeconds > 31);
    }

    [Fact]
    public async Task What_is_not_answered_within_the_grace_is_interrupted_with_its_message_id()
    {
        SimulatedRun run = await Run(new RunBudget { MaximumDurationSeconds = 30, GraceSeconds = 3 });

        Assert.True(run.Run.TotalSeconds >= 33);
        QuestionResult[] open = [.. run.Rows.Where(row => row.Outcome == Outcome.Interrupted)];
        Assert.NotEmpty(open);
        Assert.All(open, row => Assert.NotNull(row.MessageId));
        Assert.DoesNotContain(run.Rows, row => row.Outcome == Outcome.Ambiguous);
        Assert.Contains(run.Rows, row => row.Success && row.CompletedOffsetSeconds > 30.25);
    }

    [Fact]
    public async Task A_count_of_failures_ends_it()
    {
        SimulatedRun run = await Run(new RunBudget { MaximumFailures = 3 }, new SimulatorOptions { Seed = 4, FailedShare = 0.3 });

        AssertEnded(run, "3 questions failed, the limit of -MaximumFailure");
        Assert.InRange(run.Truth.Messages.Count, 3, 59);
    }

    [Fact]
    public async Task A_share_of_failures_ends_it_from_the_tenth_question_on()
    {
        SimulatedRun run = await Run(
            new RunBudget { MaximumFailurePercent = 50, GraceSeconds = 0 }, new SimulatorOptions { FailedShare = 1 });

        AssertEnded(run, "10 of 10 questions failed, which is 100 %; -MaximumFailure allows 50 %");
    }

    [Fact]
    public async Task Time_lost_to_the_rate_limit_ends_it_while_it_is_lost()
    {
        var throttling = new SimulatorOptions { RateLimitPerMinute = 1, RateLimitBurst = 1, RetryAfterSeconds = 50 };

        SimulatedRun run = await Run(
            new RunBudget { MaximumThrottleSeconds = 100, GraceSeconds = 80_000 }, throttling, seconds: 0, workers: 20);

        Assert.StartsWith("Stopped by the budget: questions have waited 10", run.Run.StoppedBy!.Reason, StringComparison.Ordinal);
        // Nineteen sleep at once: 100 s are together after 5 s and some.
        Assert.InRange(run.Progress.First(progress => progress.ThrottleSeconds >= 100).ElapsedSeconds, 5, 7);
        QuestionResult[] refused = [.. run.Rows.Where(row => row.Outcome == Outcome.Interrupted)];
        Assert.Equal(19, refused.Length);
        Assert.All(refused, row => Assert.Equal((null, (int?)429), (row.MessageId, row.HttpStatus)));
        Assert.Single(run.Truth.Messages);
    }

    [Theory]
    [InlineData(nameof(RunBudget.MaximumQuestions))]
    [InlineData(nameof(RunBudget.MaximumFailurePercent))]
    [InlineData(nameof(RunBudget.GraceSeconds))]
    public void Limits_out_of_range_are_refused_by_name(string field)
    {
        RunBudget budget = field switch
        {
            nameof(RunBudget.MaximumQuestions) => new RunBudget { MaximumQuestions = 0 },
            nameof(RunBudget.MaximumFailurePercent) => new RunBudget { MaximumFailurePercent = 100 },
            _ => new RunBudget { GraceSeconds = double.NaN },
        };

        GenieLoadException e = Assert.Throws<GenieLoadException>(budget.Validate);

        Assert.Equal("InvalidOption", e.ErrorId);
        Assert.Contains(field, e.Message, StringComparison.Ordinal);
    }
}
