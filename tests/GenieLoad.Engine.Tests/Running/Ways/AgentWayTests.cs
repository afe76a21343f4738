using System.Net;
using GenieLoad.Engine.Running;
using GenieLoad.Model;
using static GenieLoad.Engine.Tests.Running.Ways.StreamedSpace;

namespace GenieLoad.Engine.Tests.Running.Ways;

public sealed class AgentWayTests
{
    // The fake clock goes in steps of 10 ms.
    private const double Step = 0.011;

    [Fact]
    public async Task Every_time_is_that_of_an_event_and_all_add_up()
    {
        using var space = new StreamedSpace().Says(
            StreamEnd.Closed,
            (1, Created), (2, ": keep-alive\n\n"), (4, Item(Thought(1))), (4.5, Item(Thought(1), "done")),
            (6, Item(Call(1))), (6, Item(Call(1), "done")), (7, Item(Call(2))), (9, Item(Output(1))), (12, Item(Output(2))),
            (20, Item(Thought(2))), (23, Item(Call(3))), (24, Item(Output(3))), (30, Item(Answer("42."))), (30.5, Completed));

        QuestionResult row = await space.Ask();

        Assert.Null(row.ErrorText);
        Assert.Equal((Outcome.Completed, "COMPLETED", "Agent"), (row.Outcome, row.Status, row.Mode));
        Assert.Equal(("c1", "r1"), (row.ConversationId, row.MessageId));
        Assert.Equal((30.5, 30.5, 30.5), Rounded(row.ResponseSeconds, row.DurationSeconds, row.ServiceSeconds));
        Assert.Equal((1.0, 1.0, 4.0), Rounded(row.SubmitSeconds, row.AcknowledgedSeconds, row.FirstItemSeconds));
        Assert.Equal((6.0, 23.0, 8.0), Rounded(row.FirstSqlSeconds, row.LastSqlSeconds, row.LongestSilenceSeconds));
        // Thinks until 6, and from 12 to 23; statements run from 6 to 12 and from 23 to 24; then it writes.
        Assert.Equal((16.0, 7.0, 6.5), Rounded(row.ThinkingSeconds, row.SqlSeconds, row.WritingSeconds));
        Assert.Equal((9, 3, 0), (row.ItemCount, row.StatementCount, row.Polls));
        Assert.Equal(("st1 st2 st3", "SELECT 3", "42.", AnswerKind.Sql), (row.StatementIds, row.Sql, row.Answer, row.AnswerKind));
        Assert.True(row.StreamBytes > 1000);
        Assert.Null(row.DetectionSeconds);
        Assert.Null(row.AskingAiUpperSeconds);
        Assert.NotNull(row.SqlSignature);
        LoadTestOrchestratorTests.AddsUp(row);
        Assert.Equal(["THINKING", "RUNNING_SQL", "THINKING", "RUNNING_SQL", "THINKING", "WRITING"], Changes(space));
        Assert.Equal(
            ["THINKING", "RUNNING_SQL", "THINKING", "RUNNING_SQL", "THINKING", "WRITING", "COMPLETED"],
            space.Trace!.Sightings.Select(sighting => sighting.Status));
        Assert.Equal(["POST /api/2.0/genie/agents/s1/responses"], space.Calls);
        Assert.Equal([(HttpVersion.Version20, HttpVersionPolicy.RequestVersionOrLower)], space.Versions);
        Assert.Equal(
            """{"input":[{"type":"message","role":"user","content":[{"type":"input_text","text":"How many?"}]}]}""", space.Questions[0]);
    }

    [Fact]
    public async Task A_further_turn_names_its_conversation()
    {
        using var space = new StreamedSpace().Says(StreamEnd.Closed, (1, Created), (2, Item(Answer("Yes."))), (2, Completed));

        QuestionResult row = await space.Ask("c1");

        Assert.Equal((Outcome.Completed, AnswerKind.Text, "Yes."), (row.Outcome, row.AnswerKind, row.Answer));
        Assert.EndsWith(""" "conversation_id":"c1"}""".Trim(), space.Questions[0], StringComparison.Ordinal);
        Assert.Equal((0.0, 1.0, 0.0), Rounded(row.ThinkingSeconds, row.WritingSeconds, row.StatementCount));
    }

    [Theory]
    [InlineData("response.completed", """,{"response":{"id":"r1"}}""", Outcome.Completed, null)]
    [InlineData("response.failed", ""","response":{"error":{"type":"own","code":"SQL_ERROR"}}""", Outcome.Failed, "SQL_ERROR")]
    [InlineData("response.failed", ""","response":{"error":{"type":"server_error","message":"no"}}""", Outcome.Failed, "server_error")]
    [InlineData("response.failed", "", Outcome.Failed, "UNKNOWN")]
    [InlineData("response.failed", ""","response":{"error":{"code":"RATE_LIMIT_EXCEEDED"}}""", Outcome.Throttled, "RATE_LIMIT_EXCEEDED")]
    [InlineData("error", ""","code":"INTERNAL_ERROR","message":"no" """, Outcome.Failed, "INTERNAL_ERROR")]
    [InlineData("error", ""","error":{"code":"INTERNAL_ERROR","message":"no"}""", Outcome.Failed, "INTERNAL_ERROR")]
    [InlineData("response.incomplete", ""","response":{"incomplete_details":{"reason":"x"}}""", Outcome.Failed, "RESPONSE_INCOMPLETE")]
    [InlineData("response.cancelled", ""","response":{"id":"r1"}""", Outcome.Cancelled, null)]
    public async Task Only_a_completed_response_is_an_answer(string type, string rest, string outcome, string? errorType)
    {
        string last = rest.StartsWith(",{", StringComparison.Ordinal) ? Completed : Event(type, rest);
        using var space = new StreamedSpace().Says(StreamEnd.Closed, (1, Created), (2, Item(Answer("Some."))), (3, last));

        QuestionResult row = await space.Ask();

        Assert.Equal((outcome, errorType), (row.Outcome, row.ErrorType));
        Assert.Equal(outcome == Outcome.Completed ? ("Some.", null) : (null, "req-1"), (row.Answer, row.RequestId));
        Assert.Single(space.Calls);
        LoadTestOrchestratorTests.AddsUp(row);
    }

    [Fact]
    public async Task The_reason_of_an_incomplete_response_is_told()
    {
        const string Reason = ""","response":{"incomplete_details":{"reason":"max_output_tokens"}}""";
        using var space = new StreamedSpace().Says(StreamEnd.Closed, (1, Created), (3, Event("response.incomplete", Reason)));

        Assert.EndsWith("max_output_tokens", (await space.Ask()).ErrorText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_question_whose_time_runs_out_is_cancelled_at_the_service()
    {
        using var space = new StreamedSpace(new LoadTestOptions { QuestionTimeoutSeconds = 20 });
        space.Says(StreamEnd.Hangs, (1, Created), (6, Item(Call(1))));

        QuestionResult row = await space.Ask();

        Assert.Equal((Outcome.TimedOut, "QUESTION_TIMEOUT", "RUNNING_SQL"), (row.Outcome, row.ErrorType, row.Status));
        Assert.Equal((20.0, 5.0, 14.0), Rounded(row.DurationSeconds, row.ThinkingSeconds, row.SqlSeconds));
        Assert.Equal("POST /api/2.0/genie/agents/s1/responses/r1/cancel", space.Calls[^1]);
        LoadTestOrchestratorTests.AddsUp(row);
    }

    [Fact]
    public async Task Times_count_from_the_send_though_the_head_comes_late()
    {
        using var space = new StreamedSpace { HeadSeconds = 2 }
            .Says(StreamEnd.Closed, (1, Created), (2, Item(Answer("42."))), (2, Completed));

        QuestionResult row = await space.Ask();

        Assert.Equal((3.0, 4.0, 3.0), Rounded(row.AcknowledgedSeconds, row.FirstItemSeconds, row.LongestSilenceSeconds));
    }

    [Fact]
    public async Task The_rows_of_the_whole_result_are_counted()
    {
        const string Many =
            """{"type":"message","id":"m1","role":"assistant","content":"Many.","metadata":{"sql":"SELECT 1","total_row_count":250}}""";
        using var space = new StreamedSpace().Says(StreamEnd.Closed, (1, Created), (2, Item(Many)), (2, Completed));

        Assert.Equal(250, (await space.Ask()).RowCount);
    }

    [Theory]
    [InlineData(409, "RESOURCE_CONFLICT", "Another turn is running", null)]
    [InlineData(404, "FEATURE_DISABLED", "Not enabled", "Genie Agents Agent Mode API")]
    [InlineData(404, "RESOURCE_DOES_NOT_EXIST", "No such space", null)]
    [InlineData(403, "PERMISSION_DENIED", "No", "scope 'genie'")]
    [InlineData(403, "IP_ACCESS_DENIED", "Not from here", null)]
    public async Task A_refusal_is_never_repeated_and_says_what_to_switch_on(int status, string code, string message, string? hint)
    {
        using var space = new StreamedSpace().Refuses(Error(status, code, message)).Says(StreamEnd.Closed, (1, Created), (2, Completed));

        QuestionResult row = await space.Ask();

        Assert.Equal((Outcome.Rejected, code, status), (row.Outcome, row.ErrorType, row.HttpStatus));
        Assert.StartsWith($"CreateResponse: {message}", row.ErrorText, StringComparison.Ordinal);
        Assert.EndsWith(hint is null ? message : ")", row.ErrorText, StringComparison.Ordinal);
        Assert.Contains(hint ?? message, row.ErrorText, StringComparison.Ordinal);
        Assert.Single(space.Questions);
    }

    [Fact]
    public async Task A_429_is_waited_for_and_is_no_time_of_the_service()
    {
        HttpResponseMessage refusal = Error(429, "RATE_LIMIT_EXCEEDED", "Slow down");
        refusal.Headers.Add("Retry-After", "10");
        using var space = new StreamedSpace().Refuses(refusal)
            .Says(StreamEnd.Closed, (1, Created), (3, Item(Thought(1))), (5, Item(Answer("42."))), (5, Completed));

        QuestionResult row = await space.Ask();

        Assert.Equal((Outcome.Completed, 2, 1), (row.Outcome, row.Attempts, row.ThrottleRetries));
        Assert.True(row.ThrottleSeconds >= 10);
        Assert.Equal((5.0, 1.0, 3.0), Rounded(row.ServiceSeconds, row.AcknowledgedSeconds, row.FirstItemSeconds));
        Assert.Equal(2, row.LongestSilenceSeconds!.Value, Step);
        LoadTestOrchestratorTests.AddsUp(row);
    }

    [Theory]
    [InlineData(0.5, Outcome.Ambiguous)]
    [InlineData(3, Outcome.Interrupted)]
    public async Task A_stop_closes_the_stream_and_what_was_not_acknowledged_is_not_known(double after, string outcome)
    {
        using var space = new StreamedSpace().Says(StreamEnd.Hangs, (1, Created), (2, Item(Thought(1))));

        QuestionResult row = await space.Ask(stopAfterSeconds: after);

        Assert.Equal(outcome, row.Outcome);
        Assert.Equal(outcome == Outcome.Interrupted ? "r1" : null, row.MessageId);
        Assert.Single(space.Calls);
    }

    [Theory]
    [InlineData(",\"response\":{\"conversation_id\":\"c1\"}")]
    [InlineData(",\"response\":{\"id\":\"r1\"}")]
    public async Task A_stop_leaves_what_could_not_be_found_again_as_not_known(string response)
    {
        using var space = new StreamedSpace().Says(StreamEnd.Hangs, (1, Event("response.created", response)), (2, Item(Thought(1))));

        Assert.Equal(Outcome.Ambiguous, (await space.Ask(stopAfterSeconds: 3)).Outcome);
    }

    [Fact]
    public async Task A_turn_that_is_not_acknowledged_in_its_time_is_not_known()
    {
        using var space = new StreamedSpace(new LoadTestOptions { QuestionTimeoutSeconds = 20 });
        space.Says(StreamEnd.Hangs, (1, ": keep-alive\n\n"));

        QuestionResult row = await space.Ask("c1");

        Assert.Equal((Outcome.Ambiguous, 1), (row.Outcome, space.Calls.Count));
        Assert.Equal(20, row.DurationSeconds!.Value, Step);
    }

    [Theory]
    [InlineData(22.0)]
    [InlineData(null)]
    public async Task A_cancellation_that_hangs_changes_nothing(double? stopAfterSeconds)
    {
        using var space = new StreamedSpace(new LoadTestOptions { QuestionTimeoutSeconds = 20 }) 
        {
            CancelTime = Timeout.InfiniteTimeSpan,
        };
        space.Says(StreamEnd.Hangs, (1, Created));

        QuestionResult row = await space.Ask(stopAfterSeconds: stopAfterSeconds);

        Assert.Equal((Outcome.TimedOut, "POST /api/2.0/genie/agents/s1/responses/r1/cancel"), (row.Outcome, space.Calls[^1]));
        Assert.Equal(20, row.DurationSeconds!.Value, Step);
    }

    [Fact]
    public async Task Steps_that_only_the_last_event_tells_count_too()
    {
        using var space = new StreamedSpace().Says(
            StreamEnd.Closed, (1, Created),
            (5, Event("response.completed", $",\"response\":{{\"id\":\"r1\",\"output\":[{Call(1)},{Output(1)},{Answer("42.")}]}}")));

        QuestionResult row = await space.Ask();

        Assert.Equal((Outcome.Completed, "42.", 3, 1), (row.Outcome, row.Answer, row.ItemCount, row.StatementCount));
        LoadTestOrchestratorTests.AddsUp(row);
    }

    [Fact]
    public async Task A_result_without_the_id_of_its_call_is_that_of_the_oldest()
    {
        const string Anonymous = """{"type":"function_call_output","id":"fo9","output":"x"}""";
        using var space = new StreamedSpace().Says(
            StreamEnd.Closed, (1, Created), (2, Item(Call(1))), (3, Item(Call(2))), (4, Item(Anonymous)), (6, Item(Output(2))),
            (7, Item(Answer("42."))), (7, Completed));

        QuestionResult row = await space.Ask();

        Assert.Equal((1.0, 4.0, 1.0), Rounded(row.ThinkingSeconds, row.SqlSeconds, row.WritingSeconds));
    }

    [Fact]
    public async Task A_statement_without_a_result_runs_until_the_answer()
    {
        using var space = new StreamedSpace().Says(
            StreamEnd.Closed, (1, Created), (2, Item(Call(1))), (7, Item(Answer("42."))), (9, Completed));

        QuestionResult row = await space.Ask();

        Assert.Equal((1.0, 5.0, 2.0), Rounded(row.ThinkingSeconds, row.SqlSeconds, row.WritingSeconds));
    }

    [Fact]
    public async Task A_remark_on_the_way_is_not_the_answer()
    {
        using var space = new StreamedSpace().Says(
            StreamEnd.Closed, (1, Created), (3, Item(Answer("I look.", "m0"))), (5, Item(Call(1))), (7, Item(Output(1))),
            (9, Item(Answer("42."))), (9, Completed));

        QuestionResult row = await space.Ask();

        Assert.Equal((4.0, 2.0, 2.0), Rounded(row.ThinkingSeconds, row.SqlSeconds, row.WritingSeconds));
        Assert.Equal("42.", row.Answer);
    }

    [Fact]
    public async Task Whoever_follows_a_question_that_was_cancelled_is_due_when_it_was()
    {
        using var space = new StreamedSpace(new LoadTestOptions { QuestionTimeoutSeconds = 20 }) { CancelTime = TimeSpan.FromSeconds(3) };
        space.Says(StreamEnd.Hangs, (1, Created));
        Plan plan = AgentTruthTests.Agents(2, 0.001, workers: 2, conversation: "c");
        PlannedQuestion[] questions = [plan.Questions[0], plan.Questions[1] with { AfterIndex = 1, ThinkSeconds = 0.5 }];

        IReadOnlyList<QuestionResult> rows = await space.Run(plan with { Questions = new RowList<PlannedQuestion>(questions) });

        Assert.Equal((20.0, 20.0, 23.5), Rounded(rows[0].ResponseSeconds, rows[0].CompletedOffsetSeconds, rows[1].PlannedOffsetSeconds));
        Assert.InRange(rows[1].LagSeconds!.Value, 0, 0.02);
    }

    [Fact]
    public async Task Pings_are_no_events()
    {
        using var space = new StreamedSpace(new LoadTestOptions { StreamIdleSeconds = 30 }).Says(
            StreamEnd.Closed, (0.5, Event("ping")), (1, "event: ping\ndata:\n\n"), (2, Created), (4, Event("ping")),
            (12, Item(Answer("42."))), (12, Completed));

        QuestionResult row = await space.Ask();

        Assert.Equal((2.0, 10.0, 2.0), Rounded(row.AcknowledgedSeconds, row.LongestSilenceSeconds, row.SubmitSeconds));
        Assert.Equal(Outcome.Completed, row.Outcome);
    }

    [Fact]
    public async Task Of_a_huge_error_text_the_beginning_is_kept()
    {
        string message = new('x', 100_000);
        using var space = new StreamedSpace().Says(
            StreamEnd.Closed, (1, Created), (2, Event("error", $",\"code\":\"{message}\",\"message\":\"{message}\"")));

        QuestionResult row = await space.Ask();

        Assert.InRange(row.ErrorText!.Length, 100, 2000);
        Assert.InRange(row.ErrorType!.Length, 100, 2000);
    }

    [Fact]
    public async Task An_error_is_no_acknowledgement()
    {
        using var space = new StreamedSpace().Says(StreamEnd.Closed, (2, Event("error", ",\"code\":\"INTERNAL_ERROR\"")));

        QuestionResult row = await space.Ask();

        Assert.Equal((Outcome.Failed, "INTERNAL_ERROR", null), (row.Outcome, row.ErrorType, row.AcknowledgedSeconds));
        LoadTestOrchestratorTests.AddsUp(row);
    }

    [Fact]
    public async Task What_a_call_is_may_show_only_when_it_is_whole()
    {
        using var space = new StreamedSpace().Says(
            StreamEnd.Closed, (1, Created), (2, Item("""{"type":"function_call","id":"fc1","call_id":"k1","name":"run"}""")),
            (3, Item(Call(1), "done")), (6, Item(Output(1))), (8, Item(Answer("42."))), (8, Completed));

        QuestionResult row = await space.Ask();

        Assert.Equal((3, 1, "SELECT 1"), (row.ItemCount, row.StatementCount, row.Sql));
        Assert.Equal((1.0, 4.0, 2.0), Rounded(row.ThinkingSeconds, row.SqlSeconds, row.WritingSeconds));
    }

    [Fact]
    public async Task An_answer_of_several_parts_keeps_them_all()
    {
        const string Table = """
            {"type":"message","id":"m2","metadata":{"columns":["a"],"preview_rows":[[1],[2]],"total_row_count":2,"sql":"SELECT 9"}}
            """;
        using var space = new StreamedSpace().Says(
            StreamEnd.Closed, (1, Created), (2, Item(Answer("First.", "m1"))), (3, Item(Table.Trim())),
            (3, Item(Answer("Last.", "m3"))), (4, Completed));

        QuestionResult row = await space.Ask();

        Assert.Equal(("First.\n\nLast.", "SELECT 9", 2L, false), (row.Answer, row.Sql, row.RowCount, row.Truncated));
        Assert.NotNull(row.ResultSignature);
        Assert.Null(row.TextSignature);
    }

    [Fact]
    public async Task An_answer_in_words_alone_is_signed_by_its_numbers()
    {
        using var space = new StreamedSpace().Says(
            StreamEnd.Closed, (1, Created), (2, Item(Call(1))), (3, Item(Output(1))), (4, Item(Answer("It is 42."))), (4, Completed));

        QuestionResult row = await space.Ask();

        Assert.Equal((AnswerKind.Sql, null), (row.AnswerKind, row.ResultSignature));
        Assert.NotNull(row.TextSignature);
    }

    private static (double, double, double) Rounded(double? a, double? b, double? c) =>
        (Math.Round(a!.Value, 1), Math.Round(b!.Value, 1), Math.Round(c!.Value, 1));

    private static IEnumerable<string> Changes(StreamedSpace space) =>
        space.Seen.Where((status, i) => i == 0 || status != space.Seen[i - 1]);
}
