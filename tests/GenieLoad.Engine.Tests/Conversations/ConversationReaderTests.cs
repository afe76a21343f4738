using System.Globalization;
using System.Net;
using GenieLoad.Engine.Conversations;
using GenieLoad.Engine.Planning;
using GenieLoad.Engine.Simulation;
using GenieLoad.Engine.Simulation.Records;
using GenieLoad.Engine.Tests.Planning;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Conversations;

public sealed class ConversationReaderTests
{
    [Theory]
    [InlineData(1, 60)]
    [InlineData(2, 250)]
    [InlineData(3, 7)]
    public void Every_chat_of_everybody_is_read_as_it_was_held(int seed, int count)
    {
        using var space = new TalkedSpace(new SimulatorOptions { Seed = seed, PastConversationCount = count });

        ConversationHistory history = space.Read();

        Assert.True(history.IncludesOthers);
        Assert.Equal(
            space.Chats.OrderBy(m => m.AskedAt).ThenBy(m => m.MessageId).Select(m => (
                m.ConversationId, m.MessageId, m.Question, (DateTime?)m.AskedAt, m.UserId.ToString(CultureInfo.InvariantCulture),
                Seconds: Hidden(m) ? null : (double?)Math.Round((m.AnsweredAt - m.AskedAt).TotalSeconds, 3),
                Failed: Hidden(m) ? null : (bool?)m.Failed, Rating: Hidden(m) ? null : m.Rating)),
            history.Conversations.SelectMany(talk => talk.Messages.Select(m => (
                talk.Id!, m.Id!, m.Text, m.AskedAt, m.User!, m.Seconds is double s ? Math.Round(s, 3) : (double?)null, m.Failed, m.Rating)))
                .OrderBy(m => m.AskedAt).ThenBy(m => m.Item2));
        Assert.Equal(
            space.Simulator.Record.PastMessages.Where(m => m.IsAgent).Select(m => m.ConversationId).Distinct().Count(), history.AgentCount);
        Assert.All(history.Conversations, talk => Assert.Equal(talk.Messages.OrderBy(m => m.AskedAt), talk.Messages));
        Assert.Equal(history.Conversations.OrderBy(talk => talk.BeganAt), history.Conversations);
    }

    [Fact]
    public void Without_the_right_to_manage_one_gets_ones_own_and_is_told_which_right_it_takes()
    {
        using var space = new TalkedSpace(new SimulatorOptions { PastConversationCount = 60, SpaceRight = SimulatedRight.CanEdit });

        ConversationHistory history = space.Read();

        Assert.False(history.IncludesOthers);
        Assert.Equal(
            space.Chats.Where(m => m.IsOwn).Select(m => m.MessageId).Order(),
            history.Conversations.SelectMany(talk => talk.Messages).Select(m => m.Id!).Order());
        Assert.NotEmpty(history.Conversations);
        Assert.Contains("CAN MANAGE", history.Warnings.First(), StringComparison.Ordinal);
    }

    [Fact]
    public void Only_conversations_that_began_since_then_are_read_and_the_others_not_even_asked_for()
    {
        using var space = new TalkedSpace();
        DateTime since = space.Time.GetUtcNow().UtcDateTime.AddDays(-5);

        ConversationHistory history = space.Read(since);

        string[] wanted = [.. space.Chats.Where(m => m.Turn == 1 && m.AskedAt >= since).Select(m => m.ConversationId).Order()];
        Assert.NotEmpty(wanted);
        Assert.Equal(wanted, history.Conversations.Select(talk => talk.Id!).Order());
        Assert.Equal(wanted.Length, space.Simulator.Record.CountOf(SimulatedOperation.ListMessages));
        Assert.Equal(0, space.Simulator.Record.QuestionCount);
    }

    [Fact]
    public void A_conversation_of_more_than_a_page_is_read_to_its_end()
    {
        using var space = new TalkedSpace(new SimulatorOptions { PastConversationCount = 1 });
        string id = space.Simulator.Record.PastMessages[0].ConversationId;
        string Message(int i) => $$"""{"message_id":"m{{i}}","content":"Question {{i}}","created_timestamp":{{1_790_000_000_000 + i}}}""";
        string Page(int from, int to, string? next) => $$"""
            {"messages":[{{string.Join(',', Enumerable.Range(to, from - to + 1).Reverse().Select(Message))}}],
             "next_page_token":"{{next}}"}
            """;
        // The second page begins with a message of the first: one was added meanwhile.
        space.Otherwise.Add(($"{id}/messages?page_size=100&page_token=two", HttpStatusCode.OK, Page(31, 1, null)));
        space.Otherwise.Add(($"{id}/messages?page_size=100", HttpStatusCode.OK, Page(130, 31, "two")));

        ConversationHistory history = space.Read();

        Assert.Equal(
            Enumerable.Range(1, 130).Select(i => $"Question {i}"), Assert.Single(history.Conversations).Messages.Select(m => m.Text));
    }

    [Fact]
    public void A_conversation_that_was_deleted_meanwhile_is_counted_and_the_rest_is_read()
    {
        using var space = new TalkedSpace();
        string gone = space.Chats[0].ConversationId;
        space.Otherwise.Add(($"{gone}/messages", HttpStatusCode.NotFound, """{"error_code":"RESOURCE_DOES_NOT_EXIST","message":"gone"}"""));

        ConversationHistory history = space.Read();

        Assert.Equal(1, history.UnreadableCount);
        Assert.Equal(space.Chats.Select(m => m.ConversationId).Distinct().Count() - 1, history.Conversations.Count);
        string told = history.Warnings.Single(text => text.Contains("deleted", StringComparison.Ordinal));
        Assert.Contains("1 conversation,", told, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(HttpStatusCode.InternalServerError, "{}")]
    [InlineData(HttpStatusCode.BadRequest, "{}")]
    [InlineData(HttpStatusCode.OK, "no JSON")]
    [InlineData(HttpStatusCode.OK, "{\"messages\":[],\"next_page_token\":\"again\"}")]
    public void One_broken_conversation_is_named_and_the_rest_is_read(HttpStatusCode status, string body)
    {
        using var space = new TalkedSpace();
        string broken = space.Chats[0].ConversationId;
        space.Otherwise.Add(($"{broken}/messages", status, body));

        ConversationHistory history = space.Read();

        Assert.Equal((1, 1), (history.UnreadableCount, history.Broken.Count));
        Assert.Equal(space.Chats.Select(m => m.ConversationId).Distinct().Count() - 1, history.Conversations.Count);
        Assert.Contains(broken, history.Warnings.Single(text => text.Contains("1 conversation ", StringComparison.Ordinal)),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_credential_that_is_refused_meanwhile_ends_it()
    {
        using var space = new TalkedSpace();
        space.Otherwise.Add(($"{space.Chats[0].ConversationId}/messages", HttpStatusCode.Unauthorized, "{}"));

        Assert.Throws<GenieLoadException>(() => space.Read());
    }

    [Fact]
    public void A_service_that_fails_with_all_conversations_ends_it()
    {
        using var space = new TalkedSpace();
        space.Otherwise.Add(("/messages", HttpStatusCode.BadRequest, "{}"));

        Assert.Throws<GenieLoadException>(() => space.Read());
    }

    [Fact]
    public void A_thumb_after_the_next_question_is_no_end_of_an_answer()
    {
        using var space = new TalkedSpace(new SimulatorOptions { PastConversationCount = 1 });
        string id = space.Simulator.Record.PastMessages[0].ConversationId;
        space.Otherwise.Add(($"{id}/messages", HttpStatusCode.OK, """
            {"messages":[
             {"message_id":"b","content":"Then?","status":"COMPLETED",
              "created_timestamp":1790000060000,"last_updated_timestamp":1790000070000},
             {"message_id":"a","content":"First?","status":"COMPLETED",
              "created_timestamp":1790000000000,"last_updated_timestamp":1790000900000,
              "feedback":{"rating":"POSITIVE"}}]}
            """));

        Assert.Equal(
            [("First?", null, "POSITIVE"), ("Then?", (double?)10.0, null)],
            space.Read().Conversations[0].Messages.Select(message => (message.Text, message.Seconds, message.Rating)));
    }

    [Fact]
    public void What_a_load_test_asked_is_left_out_by_its_conversation_or_its_ending_and_counted()
    {
        using var space = new TalkedSpace();
        string[] talks = [.. space.Chats.Select(m => m.ConversationId).Distinct()];
        string text = new CacheBuster(7).Next("q1", "How much?");
        space.Otherwise.Add(($"{talks[1]}/messages", HttpStatusCode.OK, $$"""
            {"messages":[{"message_id":"m","content":"{{text}}","created_timestamp":1790000000000}]}
            """));

        ConversationHistory history = space.Read(loadTests: new HashSet<string> { talks[0], "another" });

        Assert.Equal(talks[2..].Order(), history.Conversations.Select(talk => talk.Id!).Order());
        Assert.Equal(2, history.LoadTestCount);
        Assert.Contains(history.Warnings, warning => warning.Contains("2 conversations of load tests", StringComparison.Ordinal));
    }

    [Fact]
    public void The_list_is_left_where_it_is_older_than_wanted()
    {
        using var space = new TalkedSpace(new SimulatorOptions { PastConversationCount = 900, PastDays = 90 });
        DateTime since = space.Time.GetUtcNow().UtcDateTime.AddDays(-5);

        ConversationHistory history = space.Read(since);

        Assert.Equal(
            space.Chats.Where(m => m.Turn == 1 && m.AskedAt >= since).Select(m => m.ConversationId).Order(),
            history.Conversations.Select(talk => talk.Id!).Order());
        Assert.InRange(space.Simulator.Record.CountOf(SimulatedOperation.ListConversations), 1, 4);
    }

    [Fact]
    public void What_has_no_text_or_too_long_a_text_is_counted()
    {
        using var space = new TalkedSpace(new SimulatorOptions { PastConversationCount = 1 });
        string id = space.Simulator.Record.PastMessages[0].ConversationId;
        space.Otherwise.Add(($"{id}/messages", HttpStatusCode.OK, $$"""
            {"messages":[{"message_id":"m3","content":"{{new string('x', 10_001)}}"},{"message_id":"m2","content":" "},{"message_id":"m1"},
             {"message_id":"m0","content":"Usable","created_timestamp":"nonsense","user_id":[1]}]}
            """));

        ConversationHistory history = space.Read();

        Assert.Equal(3, history.TextlessCount);
        RecordedMessage usable = Assert.Single(Assert.Single(history.Conversations).Messages);
        Assert.Equal(("Usable", null, null, null), (usable.Text, usable.AskedAt, usable.User, usable.Failed));
        Assert.Contains(history.Warnings, text => text.Contains("3 messages", StringComparison.Ordinal));
    }

    [Fact]
    public void A_question_without_an_end_has_no_answer_time()
    {
        using var space = new TalkedSpace(new SimulatorOptions { PastConversationCount = 1 });
        string id = space.Simulator.Record.PastMessages[0].ConversationId;
        space.Otherwise.Add(($"{id}/messages", HttpStatusCode.OK, """
            {"messages":[{"message_id":"m","content":"Open?","status":"ASKING_AI","created_timestamp":1790000000000,
             "last_updated_timestamp":1790000005000}]}
            """));

        RecordedMessage open = space.Read().Conversations[0].Messages[0];

        Assert.Equal((null, null), (open.Seconds, open.Failed));
    }

    [Fact]
    public void A_secret_in_a_recorded_question_is_not_read()
    {
        using var space = new TalkedSpace(new SimulatorOptions { PastConversationCount = 1 });
        string id = space.Simulator.Record.PastMessages[0].ConversationId;
        string secret = "dapi" + new string('7', 32);
        space.Otherwise.Add((
            $"{id}/messages", HttpStatusCode.OK, $$"""{"messages":[{"message_id":"m","content":"Use {{secret}} please"}]}"""));

        Assert.DoesNotContain(secret, space.Read().Conversations[0].Messages[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void An_id_that_leads_elsewhere_is_not_followed()
    {
        using var space = new TalkedSpace();
        space.Otherwise.Add((
            "/conversations?", HttpStatusCode.OK, """{"conversations":[{"conversation_id":"../../x"},{"conversation_id":".."}]}"""));

        ConversationHistory history = space.Read();

        Assert.Equal((0, 2), (history.Conversations.Count, history.UnreadableCount));
        Assert.Equal(0, space.Simulator.Record.CallCount);
    }

    [Fact]
    public void Who_may_not_use_the_space_at_all_is_told_so()
    {
        using var space = new TalkedSpace();
        space.Otherwise.Add(("/conversations?", HttpStatusCode.Forbidden, """{"error_code":"PERMISSION_DENIED","message":"no"}"""));

        ErrorAssert.Refused("AccessDenied", () => space.Read(), space.Simulator.SpaceId);
    }

    [Fact]
    public void Progress_goes_from_none_to_all()
    {
        using var space = new TalkedSpace();
        List<(int Read, int Of)> told = [];

        int all = space.Read(progress: (read, of) => told.Add((read, of))).Conversations.Count;

        Assert.Equal((0, all), told[0]);
        Assert.Equal((all, all), told[^1]);
        Assert.Equal(told.OrderBy(one => one.Read), told);
    }

    // Others than whoever held a private conversation see its prompts only.
    private static bool Hidden(SimulatedPastMessage message) => message is { IsPrivate: true, IsOwn: false };
}
