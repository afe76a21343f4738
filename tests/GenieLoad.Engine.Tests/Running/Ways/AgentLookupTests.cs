using System.Text;
using GenieLoad.Engine.Running;
using GenieLoad.Model;
using static GenieLoad.Engine.Tests.Running.Ways.StreamedSpace;

namespace GenieLoad.Engine.Tests.Running.Ways;

/// <summary>Questions whose stream is gone: what became of them is looked up, and nothing is asked again.</summary>
public sealed class AgentLookupTests
{
    [Theory]
    [InlineData(StreamEnd.Closed)]
    [InlineData(StreamEnd.Reset)]
    public async Task A_stream_that_breaks_off_is_looked_up_and_nothing_asked_again(StreamEnd end)
    {
        string[] begun = [Call(1), Thought(1), Question("How many?")];
        using var space = new StreamedSpace { Items = at => at < 20 ? List(begun) : List([Answer("42."), Output(1), .. begun]) };
        space.Says(end, (1, Created), (4, Item(Thought(1))), (6, Item(Call(1))));

        QuestionResult row = await space.Ask();

        Assert.Equal((Outcome.Completed, "42.", "st1", "SELECT 1"), (row.Outcome, row.Answer, row.StatementIds, row.Sql));
        Assert.Equal((4, 1), (row.ItemCount, row.StatementCount));
        Assert.True(row.Polls > 1);
        Assert.Single(space.Questions);
        const string Look = "GET /api/2.0/genie/agents/s1/conversations/c1/items?limit=100&order=desc";
        Assert.Equal(row.Polls, space.Calls.Count(call => call == Look));
        // Asked once for a message that the space does not know.
        string other = Assert.Single(space.Calls.Skip(1), call => call != Look);
        Assert.Equal("GET /api/2.0/genie/spaces/s1/conversations/c1/messages/r1", other);
        // Seen by polls: its end lies between the last two.
        Assert.InRange(row.DurationSeconds!.Value, 20, 26);
        Assert.InRange(row.DetectionSeconds!.Value, 0.1, 3);
        Assert.Equal((4.0, 6.0), (Math.Round(row.FirstItemSeconds!.Value, 1), Math.Round(row.LastSqlSeconds!.Value, 1)));
        LoadTestOrchestratorTests.AddsUp(row);
    }

    [Fact]
    public async Task An_event_that_cannot_be_read_is_no_end_and_the_answer_is_looked_up()
    {
        using var space = new StreamedSpace { Items = _ => List(Answer("42."), Question("How many?")) };
        space.Says(StreamEnd.Hangs, (1, Created), (4, "data: {\"type\":\"resp\n\n"));

        Assert.Equal((Outcome.Completed, "42."), await OutcomeAndAnswer(space.Ask()));
    }

    [Fact]
    public async Task Silence_ends_a_stream_though_it_is_kept_alive()
    {
        using var space = new StreamedSpace(new LoadTestOptions { StreamIdleSeconds = 30 })
        {
            Items = _ => List(Answer("42."), Question("How many?")),
        };
        space.Says(StreamEnd.Hangs, (1, Created), (25, ": keep-alive\n\n"), (29, Item(Thought(1))), (50, ": keep-alive\n\n"));

        QuestionResult row = await space.Ask();

        Assert.Equal(Outcome.Completed, row.Outcome);
        Assert.Equal(59, row.DurationSeconds!.Value, 0.1);
        Assert.Equal(30, row.LongestSilenceSeconds!.Value, 0.1);
        // It may have come at any time since the last event.
        Assert.InRange(row.DetectionSeconds!.Value, 10, 30);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("c1")]
    public async Task What_became_of_a_question_is_not_known_where_nothing_tells(string? conversation)
    {
        using var space = new StreamedSpace
        {
            Items = conversation is null ? null : _ => List(Answer("earlier"), Question("How many?", "q0")),
        };
        space.Says(StreamEnd.Reset, (1, ": hello\n\n"));

        QuestionResult row = await space.Ask(conversation);

        Assert.Equal(Outcome.Ambiguous, row.Outcome);
        Assert.Single(space.Questions);
        Assert.Equal(conversation is null, space.Calls.Count == 1);
        LoadTestOrchestratorTests.AddsUp(row);
    }

    [Fact]
    public async Task A_turn_that_was_never_acknowledged_is_told_by_its_text()
    {
        using var space = new StreamedSpace
        {
            Items = _ => List(Answer("42."), Question(" How many?\\n"), Answer("earlier", "m0"), Question("Which?", "q0")),
        };
        space.Says(StreamEnd.Reset);

        Assert.Equal((Outcome.Completed, "42."), await OutcomeAndAnswer(space.Ask("c1")));
        Assert.Equal(["WRITING"], space.Seen.Distinct());
    }

    [Fact]
    public async Task Items_that_cannot_be_read_leave_the_fate_unknown()
    {
        using var space = new StreamedSpace().Says(StreamEnd.Reset, (1, Created));

        QuestionResult row = await space.Ask();

        Assert.Equal((Outcome.Ambiguous, "RESOURCE_DOES_NOT_EXIST", 404), (row.Outcome, row.ErrorType, row.HttpStatus));
        Assert.Single(space.Questions);
    }

    [Fact]
    public async Task A_response_that_breaks_off_by_its_items_has_failed()
    {
        const string Broken = """{"type":"message","id":"m1","status":"incomplete"}""";
        using var space = new StreamedSpace { Items = _ => List(Broken, Question("How many?")) };
        space.Says(StreamEnd.Reset, (1, Created));

        QuestionResult row = await space.Ask();

        Assert.Equal((Outcome.Failed, "RESPONSE_INCOMPLETE"), (row.Outcome, row.ErrorType));
    }

    [Fact]
    public async Task A_stop_while_a_turn_is_looked_for_leaves_it_as_not_known()
    {
        using var space = new StreamedSpace { Items = _ => List(Thought(1), Question("How many?"), Question("Which?", "q0")) };
        space.Says(StreamEnd.Reset);

        QuestionResult row = await space.Ask("c1", stopAfterSeconds: 10);

        Assert.Equal((Outcome.Ambiguous, "THINKING"), (row.Outcome, row.Status));
    }

    [Fact]
    public async Task A_question_of_an_interrupted_run_is_found_by_its_items_and_has_no_times()
    {
        using var space = new StreamedSpace { Items = _ => List(Answer("42."), Output(1), Call(1), Question("How many?")) };

        QuestionResult row = await space.Ask(before: new QuestionResult
        {
            Index = 1, QuestionId = "q1", Question = "How many?", Outcome = Outcome.Interrupted, PlannedAt = DateTime.UnixEpoch,
            PlannedOffsetSeconds = 0, ConversationId = "c1", MessageId = "r1", Attempts = 1,
        });

        Assert.Equal((Outcome.Completed, "42.", true, "st1"), (row.Outcome, row.Answer, row.IsReattached, row.StatementIds));
        Assert.Equal((null, null, null), (row.ResponseSeconds, row.ThinkingSeconds, row.AcknowledgedSeconds));
        Assert.Empty(space.Questions);
    }

    [Fact]
    public async Task The_answer_of_the_turn_before_is_not_taken_for_its_own()
    {
        string[] before = [Answer("earlier", "m0"), Question("Which?", "q0")];
        using var space = new StreamedSpace
        {
            Items = at => at < 20 ? List(before) : List([Answer("42."), Question("How many?"), .. before]),
        };
        space.Says(StreamEnd.Reset, (1, Created));

        Assert.Equal((Outcome.Completed, "42."), await OutcomeAndAnswer(space.Ask("c1")));
    }

    [Fact]
    public async Task The_turn_before_with_the_same_text_is_not_taken_for_its_own()
    {
        string[] before = [Answer("earlier", "m0"), Question("How many?", "q0")];
        using var space = new StreamedSpace
        {
            Items = at => at < 20 ? List(before) : List([Answer("42."), Question("How many?"), .. before]),
        };
        space.Says(StreamEnd.Reset, (1, Created));

        Assert.Equal((Outcome.Completed, "42."), await OutcomeAndAnswer(space.Ask("c1")));
    }

    [Fact]
    public async Task A_turn_of_several_pages_is_read_to_its_question()
    {
        string newest = $$"""{"data":[{{Answer("42.")}},{{Output(1)}}],"has_more":true,"last_id":"fo1"}""";
        using var space = new StreamedSpace { Pages = after => after == "fo1" ? List(Call(1), Question("How many?")) : newest };
        space.Says(StreamEnd.Reset, (1, Created));

        Assert.Equal((Outcome.Completed, "42."), await OutcomeAndAnswer(space.Ask()));
        // What is kept of the answer is where it stands.
        Assert.Equal(newest, Encoding.UTF8.GetString(space.Trace!.MessageBody.Span));
    }

    [Fact]
    public async Task Pages_without_end_are_not_followed_for_ever()
    {
        int pages = 0;
        using var space = new StreamedSpace(new LoadTestOptions { QuestionTimeoutSeconds = 2 })
        {
            Pages = _ => $$"""{"data":[{{Thought(++pages)}}],"has_more":true,"last_id":"rs{{pages}}"}""",
        };
        space.Says(StreamEnd.Reset, (1.5, Created));

        await space.Ask();

        Assert.InRange(pages, 10, 30);
    }

    [Theory]
    [InlineData(null, Outcome.Completed)]
    [InlineData("c1", Outcome.Ambiguous)]
    public async Task Where_questions_are_not_listed_only_a_first_turn_is_told_apart(string? conversation, string outcome)
    {
        using var space = new StreamedSpace { Items = _ => List(Answer("42."), Thought(1)) };
        space.Says(StreamEnd.Reset, (1, Created));

        Assert.Equal(outcome, (await space.Ask(conversation)).Outcome);
    }

    [Fact]
    public async Task A_remark_on_the_way_does_not_end_the_looking()
    {
        string[] begun = [Answer("I look.", "m0"), Question("How many?")];
        using var space = new StreamedSpace
        {
            Items = at => at < 3 ? List(begun) : List([Answer("42."), Output(1), Call(1), .. begun]),
        };
        space.Says(StreamEnd.Reset, (1, Created));

        QuestionResult row = await space.Ask();

        Assert.Equal((Outcome.Completed, "42.", "SELECT 1"), (row.Outcome, row.Answer, row.Sql));
    }

    [Fact]
    public async Task A_service_that_is_away_for_a_while_costs_no_answer()
    {
        using var space = new StreamedSpace { Items = at => at < 150 ? null : List(Answer("42."), Question("How many?")) };
        space.Says(StreamEnd.Reset, (1, Created));

        QuestionResult row = await space.Ask();

        Assert.Equal((Outcome.Completed, "42."), (row.Outcome, row.Answer));
        Assert.InRange(row.CompletedOffsetSeconds!.Value, 150, 300);
        LoadTestOrchestratorTests.AddsUp(row);
    }

    [Fact]
    public async Task A_service_that_stays_away_leaves_the_fate_unknown()
    {
        using var space = new StreamedSpace { Items = _ => null };
        space.Says(StreamEnd.Reset, (1, Created));

        QuestionResult row = await space.Ask();

        Assert.Equal((Outcome.Ambiguous, 503), (row.Outcome, row.HttpStatus));
        Assert.Single(space.Questions);
    }

    [Fact]
    public async Task An_answer_that_does_not_come_in_time_is_late_and_the_response_is_cancelled()
    {
        using var space = new StreamedSpace(new LoadTestOptions { QuestionTimeoutSeconds = 30 })
        {
            Items = _ => List(Call(1), Question("How many?")),
        };
        space.Says(StreamEnd.Reset, (1, Created));

        QuestionResult row = await space.Ask();

        Assert.Equal((Outcome.TimedOut, "RUNNING_SQL"), (row.Outcome, row.Status));
        Assert.Equal("POST /api/2.0/genie/agents/s1/responses/r1/cancel", space.Calls[^1]);
        LoadTestOrchestratorTests.AddsUp(row);
    }

    [Theory]
    [InlineData("""{"status":"FAILED","error":{"error":"No tokens","type":"MAX_TOKENS"}}""", Outcome.Failed, "MAX_TOKENS")]
    [InlineData("""{"status":"CANCELLED"}""", Outcome.Cancelled, null)]
    public async Task A_response_that_has_failed_meanwhile_is_told_by_its_message(string message, string outcome, string? errorType)
    {
        using var space = new StreamedSpace { Items = _ => List(Call(1), Question("How many?")), Message = message };
        space.Says(StreamEnd.Reset, (1, Created));

        QuestionResult row = await space.Ask();

        Assert.Equal((outcome, errorType), (row.Outcome, row.ErrorType));
        Assert.InRange(row.DurationSeconds!.Value, 1, 2);
        LoadTestOrchestratorTests.AddsUp(row);
    }

    [Fact]
    public async Task A_message_that_is_answered_waits_for_its_items()
    {
        using var space = new StreamedSpace
        {
            Items = at => at < 20 ? List(Question("How many?")) : List(Answer("42."), Question("How many?")),
            Message = """{"status":"COMPLETED"}""",
        };
        space.Says(StreamEnd.Reset, (1, Created));

        Assert.Equal((Outcome.Completed, "42."), await OutcomeAndAnswer(space.Ask()));
    }

    [Fact]
    public async Task An_answer_that_the_last_look_shows_counts()
    {
        using var space = new StreamedSpace(new LoadTestOptions { QuestionTimeoutSeconds = 30 })
        {
            Items = at => at < 28.5 ? List(Question("How many?")) : List(Answer("42."), Question("How many?")),
        };
        space.Says(StreamEnd.Reset, (1, Created));

        Assert.Equal((Outcome.Completed, "42."), await OutcomeAndAnswer(space.Ask()));
    }

    private static async Task<(string, string?)> OutcomeAndAnswer(Task<QuestionResult> asked)
    {
        QuestionResult row = await asked;
        return (row.Outcome, row.Answer);
    }
}
