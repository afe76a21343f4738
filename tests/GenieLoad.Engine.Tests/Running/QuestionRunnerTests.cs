using GenieLoad.Engine.Http.Retries;
using GenieLoad.Engine.Running;
using GenieLoad.Engine.Simulation;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Running;

public sealed class QuestionRunnerTests
{
    [Fact]
    public async Task An_answer_with_a_query_brings_everything_about_it()
    {
        QuestionResult row = await Ask(new SimulatorOptions { ResultRowCount = 1000, ResultChunkCount = 4 });

        Assert.Equal(Outcome.Completed, row.Outcome);
        Assert.Equal(AnswerKind.Sql, row.AnswerKind);
        Assert.StartsWith("SELECT", row.Sql, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(1000, row.RowCount);
        Assert.False(row.Truncated);
        Assert.NotNull(row.StatementId);
        Assert.True(row.FetchSeconds > 0.5, "four parts at 0.2 s each");
        Assert.Equal((1, 0, "COMPLETED"), (row.Attempts, row.Retries, row.Status));
        Assert.True(row.Polls > 3);
    }

    [Fact]
    public async Task The_result_is_left_unread_for_who_wants_it_so()
    {
        QuestionResult row = await Ask(new SimulatorOptions(), new LoadTestOptions { ReadResult = false });

        Assert.Equal(Outcome.Completed, row.Outcome);
        Assert.Null(row.FetchSeconds);
        Assert.Equal(10, row.RowCount);
    }

    [Fact]
    public async Task Text_and_clarification_are_told_apart()
    {
        Assert.Equal(AnswerKind.Text, (await Ask(new SimulatorOptions { TextOnlyShare = 1 })).AnswerKind);
        Assert.Equal(AnswerKind.Clarification, (await Ask(new SimulatorOptions { ClarificationShare = 1 })).AnswerKind);
    }

    [Fact]
    public async Task A_repaired_answer_says_how_often_and_visits_the_model_again()
    {
        QuestionResult row = await Ask(new SimulatorOptions { RegenerateShare = 1, LatencySpread = 0 });

        Assert.Equal(Outcome.Completed, row.Outcome);
        Assert.True(row.RegenerateCount >= 1);
        Assert.True(row.AskingAiSeconds > 5, $"two visits of 3.8 s, and {row.AskingAiSeconds} were counted");
    }

    [Fact]
    public async Task A_failure_keeps_its_type_and_its_words()
    {
        QuestionResult row = await Ask(new SimulatorOptions { FailedShare = 1, FailedErrorType = "TABLES_MISSING_EXCEPTION" });

        Assert.Equal(Outcome.Failed, row.Outcome);
        Assert.Equal("TABLES_MISSING_EXCEPTION", row.ErrorType);
        Assert.False(string.IsNullOrWhiteSpace(row.ErrorText));
        Assert.NotNull(row.ResponseSeconds);
    }

    [Fact]
    public async Task Throttling_inside_an_accepted_message_is_throttling() =>
        Assert.Equal(Outcome.Throttled, (await Ask(new SimulatorOptions { RateLimitedMessageShare = 1 })).Outcome);

    [Fact]
    public async Task Cancelled_ends_it() =>
        Assert.Equal(Outcome.Cancelled, (await Ask(new SimulatorOptions { CancelledShare = 1 })).Outcome);

    [Fact]
    public async Task An_expired_result_ends_it_or_is_run_again_as_asked()
    {
        var simulator = new SimulatorOptions { ExpiredShare = 1 };

        Assert.Equal(Outcome.Expired, (await Ask(simulator)).Outcome);
        QuestionResult again = await Ask(simulator, new LoadTestOptions { RefreshExpired = true });
        Assert.Equal((Outcome.Completed, 10L), (again.Outcome, again.RowCount));
    }

    [Fact]
    public async Task An_unknown_status_goes_on_and_is_counted_apart()
    {
        QuestionResult row = await Ask(new SimulatorOptions { UnknownStatusShare = 1, FilteringContextSeconds = 4 });

        Assert.Equal(Outcome.Completed, row.Outcome);
        Assert.True(row.OtherPhaseSeconds > 0);
    }

    [Theory]
    [InlineData(299, Outcome.Completed)]
    [InlineData(400, Outcome.TimedOut)]
    public async Task The_time_limit_is_kept_to_the_second_and_an_answer_in_time_is_not_lost_to_rare_polls(double asking, string expected)
    {
        var simulator = new SimulatorOptions
        {
            AskingAiSeconds = asking - 3, LatencySpread = 0, SubmittedSeconds = 0.1, FetchingMetadataSeconds = 0.1,
            FilteringContextSeconds = 0.1,
            TextOnlyShare = 1, CallSeconds = 0.01,
        };

        QuestionResult row = await Ask(simulator);

        Assert.Equal(expected, row.Outcome);
        Assert.True(row.DurationSeconds <= 300.05, $"{row.DurationSeconds}");
        if (expected == Outcome.TimedOut)
            Assert.Equal(300, row.DurationSeconds!.Value, 0.05);
        // After two minutes polls thin out: far fewer than one every five seconds.
        Assert.InRange(row.Polls, 20, 40);
    }

    [Fact]
    public async Task Too_many_429s_end_it_as_throttled_with_all_its_retries()
    {
        QuestionResult row = await Ask(
            new SimulatorOptions { RateLimitPerMinute = 0.01, RateLimitBurst = 1, RetryAfter = RetryAfterForm.None },
            plan: SimulatedRun.Plan(2, 1, 2));

        Assert.Equal((Outcome.Throttled, 6, 5, 429), (row.Outcome, row.Attempts, row.ThrottleRetries, row.HttpStatus!.Value));
        Assert.Null(row.MessageId);
    }

    [Fact]
    public async Task A_question_reset_on_its_way_is_ambiguous_and_stays_asked_once()
    {
        SimulatedRun run = await SimulatedRun.Of(SimulatedRun.Plan(1, 1, 1), new SimulatorOptions { ResetShare = 1 });

        Assert.Equal(Outcome.Ambiguous, run.Rows[0].Outcome);
        Assert.Equal(1, run.Rows[0].Attempts);
        Assert.StartsWith("TRANSPORT_", run.Rows[0].ErrorType, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_poll_that_keeps_failing_ends_as_unreachable_with_its_message_id()
    {
        // Calls fail by chance, the question's own included: a seed whose question passes and whose polls do not.
        var simulator = new SimulatorOptions { Seed = 3, ServerErrorShare = 0.97, ServerErrorStatus = 502 };
        QuestionResult[] rows = [.. (await SimulatedRun.Of(SimulatedRun.Plan(60, 60, 60), simulator)).Rows];

        QuestionResult row = rows.First(r => r.MessageId is not null);
        Assert.Equal((Outcome.Unreachable, 502), (row.Outcome, row.HttpStatus!.Value));
        Assert.All(rows.Where(r => r.MessageId is null), r => Assert.Equal(Outcome.Ambiguous, r.Outcome));
    }

    private static async Task<QuestionResult> Ask(SimulatorOptions simulator, LoadTestOptions? options = null, Plan? plan = null) =>
        (await SimulatedRun.Of(plan ?? SimulatedRun.Plan(1, 1, 1), simulator, options, new RetryOptions())).Rows[^1];
}
