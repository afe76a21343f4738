using System.Globalization;
using System.Text;
using GenieLoad.Engine.Questions;
using GenieLoad.Engine.Randomness;
using GenieLoad.Engine.Tests.Planning;
using GenieLoad.Engine.Tests.Runs;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Conversations;

public sealed class ConversationFileTests : IDisposable
{
    private const string Exported = """
        space_id: 01ef7b3c2a4d5e6f
        exported_at: '2026-11-20T08:00:00'
        conversations:
        - id: 01ef-b
          title: Second
          created_timestamp: 1763600500000
          messages:
          - content: "What about Zürich?"
            timestamp: 1763600500000
            message_id: '0'
        - id: 01ef-a
          title: First
          created_timestamp: 1763600000000
          messages:
          - content: |
              Revenue by region,
              please
            timestamp: 1763600000000
            message_id: 0
          - content: And per month?
            timestamp: 1763600060000
            message_id: 1
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_export_in_YAML_gives_questions_with_conversation_and_instant()
    {
        IReadOnlyList<Question> questions = Read("conversations.yaml", Exported);

        Assert.Equal(
            [
                ("q1", "Revenue by region,\nplease", "01ef-a", "0", Utc(1763600000)),
                ("q2", "And per month?", "01ef-a", "1", Utc(1763600060)),
                ("q3", "What about Zürich?", "01ef-b", "0", Utc(1763600500)),
            ],
            questions.Select(q => (q.Id, q.Text, q.Conversation!, q.SourceId!, q.AskedAt!.Value.ToUniversalTime())));
        Assert.All(questions, q => Assert.Equal((QuestionOrigin.Conversation, null, null), (q.Origin, q.RecordedSeconds, q.User)));
    }

    [Fact]
    public void The_service_s_own_lists_give_answer_times_and_users_too_newest_first_or_not()
    {
        const string json = """
            {"conversations":[{"conversation_id":"c9","agent_type":"GENIE_CONVERSATION_TYPE_CHAT","messages":[
              {"message_id":"m2","content":"Then?","created_timestamp":1763600090000,"last_updated_timestamp":1763600099500,
               "status":"FAILED","user_id":42},
              {"message_id":"m1","content":"First?","created_timestamp":1763600000000,"last_updated_timestamp":1763600012000,
               "status":"COMPLETED","user_id":42,"feedback":{"rating":"POSITIVE"}}]},
             {"conversation_id":"agent","agent_type":"GENIE_CONVERSATION_TYPE_AGENT","messages":[{"content":"Much"}]}]}
            """;
        List<string> told = [];

        IReadOnlyList<Question> questions = Read("c.json", json, told);

        Assert.Equal([("First?", "m1", 12.0, "42"), ("Then?", "m2", 9.5, "42")],
            questions.Select(q => (q.Text, q.SourceId!, q.RecordedSeconds!.Value, q.User!)));
        Assert.Contains("agent mode", Assert.Single(told), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""[{"id":"a","messages":[{"content":"One?"},{"content":"Two?"}]}]""")]
    [InlineData("""{"messages":[{"content":"One?"},{"content":"Two?"}]}""")]
    [InlineData("""{"conversations":[{"messages":["One?","Two?",""," "]},{"messages":[]},{"title":"empty"}]}""")]
    [InlineData("""{"conversations":[{"messages":[{"question":"One?","created_timestamp":{"x":1}},{"text":"Two?","user_id":[]}]}]}""")]
    public void Lists_and_parts_of_exports_are_read(string json)
    {
        IReadOnlyList<Question> questions = Read("c.json", json);

        Assert.Equal(["One?", "Two?"], questions.Select(q => q.Text));
        Assert.Single(questions.Select(q => q.Conversation).Distinct());
    }

    [Theory]
    [InlineData("1763600000000")]
    [InlineData("1763600000")]
    [InlineData("1763600000.0")]
    [InlineData("2025-11-20T00:53:20Z")]
    [InlineData("2025-11-20 00:53:20")]
    [InlineData("2025-11-20T01:53:20+01:00")]
    public void Instants_are_read_in_the_forms_in_which_programs_write_them(string timestamp) => Assert.Equal(
        Utc(1763600000),
        Read("c.yaml", $"- id: a\n  messages:\n  - content: Q\n    timestamp: {timestamp}\n")[0].AskedAt!.Value.ToUniversalTime());

    [Fact]
    public void Conversations_of_one_id_stay_two_and_a_message_that_is_listed_twice_is_one()
    {
        IReadOnlyList<Question> questions = Read("c.yaml", """
            conversations:
            - id: a
              messages: [{content: One, message_id: 0}, {content: One, message_id: 0}, {content: Other, message_id: 0}]
            - id: a
              messages: [{content: Two, message_id: 0}]
            """);

        Assert.Equal([("One", "a"), ("Other", "a"), ("Two", "a (2)")], questions.Select(q => (q.Text, q.Conversation!)));
    }

    [Theory]
    [InlineData("conversations: 7", "NotConversations", "line 1", "'7'")]
    [InlineData("conversations:\n- just a text\n", "NotAConversation", "line 2", "just a text")]
    [InlineData("conversations:\n- id: a\n  messages: {content: Q}\n", "NotConversations", "line 3", "an object")]
    [InlineData("conversations:\n- id: a\n  messages:\n  - [Q]\n", "NotAMessage", "line 4", "a list")]
    [InlineData("conversations:\n- id: a\n  messages:\n  - content: [Q]\n", "NotAMessage", "line 4", "a list")]
    [InlineData("conversations:\n- id: a\n  id: b\n", "DuplicateKey", "line 3", "id")]
    [InlineData("a: &x [1]\nconversations: *x\n", "InvalidYaml", "line 2", "references")]
    [InlineData("conversations: [\n", "InvalidYaml", "line", "not valid")]
    [InlineData("a: 1\n\tb: 2\n", "InvalidYaml", "line 2", "a tab indents")]
    [InlineData("a:\n\tb: 2\n", "InvalidYaml", "line 2", "a tab indents")]
    [InlineData("a:\n  b: 1\n  c:\n\t- d\n", "InvalidYaml", "line 4", "a tab indents")]
    [InlineData("a: 1\nb: @x\n", "InvalidYaml", "line 2", "not valid")]
    [InlineData("a: 1\n  b: 2\n", "InvalidYaml", "line 2", "not valid")]
    [InlineData("- messages:\n  - content: \"One\\0?\"\n", "ZeroInQuestion", "line 2", "U+0000")]
    [InlineData("a: 1\n---\nb: 2\n", "InvalidYaml", "line", "more than one document")]
    [InlineData("[a, b]: 1\n", "InvalidYaml", "line 1", "not a text")]
    [InlineData("conversations: []\n", "NoQuestions", "c.yaml", "no question")]
    [InlineData("", "NoQuestions", "c.yaml", "no question")]
    [InlineData("# nothing\n", "NoQuestions", "c.yaml", "no question")]
    public void What_cannot_be_meant_is_refused_with_its_place(string yaml, string errorId, string place, string what) =>
        ErrorAssert.Refused(errorId, () => Read("c.yaml", yaml), place, what);

    [Fact]
    public void Text_that_is_too_long_is_left_out_and_counted_and_the_rest_is_read()
    {
        List<string> told = [];

        IReadOnlyList<Question> questions = Read(
            "c.yaml", $"- messages:\n  - content: Q\n  - content: {new string('x', 10_001)}\n  - {new string('y', 10_001)}\n", told);

        Assert.Equal("Q", Assert.Single(questions).Text);
        Assert.Contains("2 messages", Assert.Single(told), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("yesterday")]
    [InlineData("10:30")]
    [InlineData("11/12/2025")]
    [InlineData("20 Nov 2025")]
    [InlineData("-5")]
    [InlineData("2025-13-45")]
    [InlineData("{x: 1}")]
    public void A_time_that_is_none_is_named_with_its_line_and_is_no_time(string timestamp)
    {
        List<string> told = [];

        IReadOnlyList<Question> questions = Read(
            "c.yaml", $"- messages:\n  - content: Q\n    timestamp: {timestamp}\n  - content: R\n    timestamp: 1763600000\n", told);

        Assert.Equal([null, Utc(1763600000)], questions.Select(question => question.AskedAt?.ToUniversalTime()));
        string warning = Assert.Single(told);
        Assert.Contains("line 3: timestamp is", warning, StringComparison.Ordinal);
        Assert.Contains("1 message ", warning, StringComparison.Ordinal);
    }

    [Fact]
    public void A_date_without_a_time_is_its_midnight() => Assert.Equal(
        new DateTime(2025, 11, 20, 0, 0, 0, DateTimeKind.Utc),
        Read("c.yaml", "- messages:\n  - content: Q\n    timestamp: 2025-11-20\n")[0].AskedAt!.Value.ToUniversalTime());

    [Theory]
    [InlineData("[{0}]")]
    [InlineData("{{\"messages\":[{0}]}}")]
    public void Messages_say_themselves_to_which_conversation_they_belong(string layout)
    {
        const string messages = """
            {"conversation_id":"b","message_id":"m3","content":"Other?","created_timestamp":1763600050000},
            {"conversation_id":"a","message_id":"m2","content":"Then?","created_timestamp":1763600090000},
            {"conversation_id":"a","message_id":"m1","content":"First?","created_timestamp":1763600000000}
            """;

        Assert.Equal(
            [("First?", "a"), ("Then?", "a"), ("Other?", "b")],
            Read("m.json", string.Format(CultureInfo.InvariantCulture, layout, messages)).Select(q => (q.Text, q.Conversation!)));
    }

    [Theory]
    [InlineData("""{"conversations":[{"conversation_id":"a","title":"A"},{"conversation_id":"b"}]}""")]
    [InlineData("""[{"conversation_id":"a","title":"A"},{"conversation_id":"b"}]""")]
    public void A_list_of_conversations_without_their_messages_is_refused_and_says_what_is_missing(string json) =>
        ErrorAssert.Refused("MessagesMissing", () => Read("c.json", json), "line 1", "2 conversations", "messages");

    [Theory]
    [InlineData("\"version\": 1")]
    [InlineData("\"config\": {\"model\": \"x\"}")]
    public void Exported_conversations_with_a_version_or_a_config_are_no_definition(string member) => Assert.Equal(
        "Q?", Read("c.json", $$"""{{{member}},"conversations":[{"messages":[{"content":"Q?"}]}]}""")[0].Text);

    [Theory]
    [InlineData(65)]
    [InlineData(50_000)]
    public void Deep_nesting_is_refused(int levels) =>
        ErrorAssert.Refused("InvalidYaml", () => Read("c.yaml", new string('[', levels) + new string(']', levels)), "deeper");

    [Fact]
    public void References_that_multiply_are_refused_before_they_do()
    {
        var bomb = new StringBuilder("a0: &a0 [lol]\n");
        for (int i = 1; i < 30; i++)
            bomb.Append(CultureInfo.InvariantCulture, $"a{i}: &a{i} [{string.Join(',', Enumerable.Repeat($"*a{i - 1}", 9))}]\n");

        ErrorAssert.Refused("InvalidYaml", () => Read("c.yaml", bomb.ToString()), "line 2");
    }

    [Fact]
    public void A_tag_makes_nothing() => Assert.Equal(
        "ls", Read("c.yaml", "- messages:\n  - content: !!python/object/apply:os.system ls\n")[0].Text);

    [Fact]
    public void What_the_file_says_is_not_quoted_where_it_is_no_YAML()
    {
        GenieLoadException error = ErrorAssert.Refused("InvalidYaml", () => Read("c.yaml", "a: {secret: [b\nc: \"}"));

        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_thousand_conversations_are_read()
    {
        var yaml = new StringBuilder("conversations:\n");
        for (int i = 0; i < 1000; i++)
        {
            yaml.Append(CultureInfo.InvariantCulture, $"- id: c{i}\n  messages:\n  - content: Question {i}\n");
            yaml.Append(CultureInfo.InvariantCulture, $"    timestamp: {1763600000 + i}\n    message_id: 0\n");
        }

        Assert.Equal(1000, Read("c.yaml", yaml.ToString()).Count);
    }

    [Fact]
    public void Whatever_is_broken_is_read_or_refused_as_an_error_of_ours()
    {
        for (int seed = 0; seed < 400; seed++)
        {
            SeededRandom random = SeededRandom.For(seed, "yaml", 0);
            var text = new StringBuilder(Exported);
            for (int edit = 0; edit < 1 + random.NextInt32(6); edit++)
            {
                int at = random.NextInt32(text.Length);
                if (random.NextDouble() < 0.4)
                    text.Remove(at, Math.Min(random.NextInt32(12), text.Length - at));
                else
                    text.Insert(at, "{}[]:-&*!|>'\"%@`\t\n #,?\u0085\u2028"[random.NextInt32(22)]);
            }
            try
            {
                Read("c.yaml", text.ToString());
            }
            catch (GenieLoadException error)
            {
                Assert.NotEmpty(error.Recommendation);
            }
        }
    }

    [Fact]
    public void What_a_load_test_asked_is_left_out_of_an_export_too()
    {
        List<string> told = [];

        IReadOnlyList<Question> questions = Read("c.yaml", "- messages: [Mine?]\n- messages: ['Its? (iteration 3, run 0000beef)']\n", told);

        Assert.Equal("Mine?", Assert.Single(questions).Text);
        Assert.Contains("1 conversation of load tests", Assert.Single(told), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 0)]
    [InlineData(3, 1)]
    public void Known_versions_of_a_definition_in_YAML_are_known(int version, int warnings)
    {
        List<string> told = [];

        string definition = $"version: {version}\nconfig:\n  sample_questions:\n  - id: a\n    question: [Q?]\n";

        Assert.Equal("Q?", Read("s.yaml", definition, told)[0].Text);
        Assert.Equal(warnings, told.Count);
    }

    [Fact]
    public void A_list_of_questions_in_YAML_is_read_as_one_in_JSON() => Assert.Equal(
        [("a", "One?", 2.0), ("q2", "Two?", 1.0)],
        Read("q.yml", "- {question: One?, id: a, weight: 2}\n- Two?\n").Select(q => (q.Id, q.Text, q.Weight)));

    private static DateTime Utc(long seconds) => DateTime.UnixEpoch.AddSeconds(seconds);

    private IReadOnlyList<Question> Read(string name, string text, List<string>? told = null)
    {
        File.WriteAllText(_folder.File(name), text);
        return QuestionFile.Read(_folder.File(name), warn: told is null ? null : told.Add);
    }
}
