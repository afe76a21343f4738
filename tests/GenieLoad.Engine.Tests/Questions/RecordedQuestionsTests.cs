using GenieLoad.Engine.Conversations;
using GenieLoad.Engine.Genie;
using GenieLoad.Engine.Questions;
using GenieLoad.Engine.Sessions;
using GenieLoad.Engine.Simulation;
using GenieLoad.Engine.Tests.Conversations;
using GenieLoad.Engine.Tests.Planning;
using GenieLoad.Engine.Tests.Runs;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Questions;

public sealed class RecordedQuestionsTests
{
    [Fact]
    public void A_recorded_question_says_where_it_comes_from_when_it_was_asked_and_how_long_it_took()
    {
        using var space = new TalkedSpace();
        var truth = space.Chats.ToDictionary(message => message.MessageId);

        IReadOnlyList<Question> questions = RecordedQuestions.Of(space.Read());

        Assert.Equal(truth.Count, questions.Count);
        Assert.All(questions, question =>
        {
            var message = truth[question.SourceId!];
            Assert.Equal(
                (QuestionOrigin.Conversation, message.Question, message.ConversationId, (DateTime?)message.AskedAt, $"{message.UserId}"),
                (question.Origin, question.Text, question.Conversation, question.AskedAt!.Value.ToUniversalTime(), question.User));
            if (!message.IsPrivate)
                Assert.Equal((message.AnsweredAt - message.AskedAt).TotalSeconds, question.RecordedSeconds!.Value, 3);
        });
        Assert.Equal(questions.Select((_, i) => $"q{i + 1}"), questions.Select(question => question.Id));
    }

    [Fact]
    public void Anonymous_questions_tell_nobody_and_keep_order_and_conversations()
    {
        using var space = new TalkedSpace();
        ConversationHistory history = space.Read();

        IReadOnlyList<Question> named = RecordedQuestions.Of(history);
        IReadOnlyList<Question> anonymous = RecordedQuestions.Of(history, isAnonymous: true);

        Assert.All(anonymous, question => Assert.Equal((null, null), (question.User, question.SourceId)));
        string[] labels = [.. named.Select(question => question.Conversation!).Distinct()];
        Assert.Equal(
            named.Select(q => (q.Text, $"c{Array.IndexOf(labels, q.Conversation) + 1}", q.AskedAt, q.RecordedSeconds)),
            anonymous.Select(q => (q.Text, q.Conversation!, q.AskedAt, q.RecordedSeconds)));
    }

    [Fact]
    public void Conversations_of_several_spaces_stay_apart_in_one_call_also_without_names()
    {
        using var one = new TalkedSpace(new SimulatorOptions { Seed = 1, PastConversationCount = 20 });
        using var two = new TalkedSpace(new SimulatorOptions { Seed = 2, PastConversationCount = 20 });
        var selection = new QuestionSelection([QuestionOrigin.Conversation]);

        Question[] questions = [.. Ask(one, selection, isAnonymous: true), .. Ask(two, selection, isAnonymous: true)];

        int talks = new[] { one, two }.Sum(space => space.Chats.Select(message => message.ConversationId).Distinct().Count());
        Assert.Equal(
            Enumerable.Range(1, talks).Select(number => $"c{number}"), questions.Select(question => question.Conversation!).Distinct());
        Assert.Equal(questions.Length, questions.Select(question => question.Id).Distinct().Count());
        Assert.All(questions, question => Assert.Equal((null, null), (question.User, question.SourceId)));
    }

    [Fact]
    public void A_space_that_is_named_twice_is_read_once()
    {
        using var space = new TalkedSpace();
        var selection = new QuestionSelection([QuestionOrigin.Conversation]);
        List<string> told = [];

        IReadOnlyList<Question> first = Ask(space, selection, isAnonymous: true);
        IReadOnlyList<Question> second = Ask(space, selection, isAnonymous: true, told.Add);

        Assert.Equal(space.Chats.Count, first.Count);
        Assert.Empty(second);
        Assert.Contains(
            told, text => text.Contains($"{first.Count} of {first.Count} questions were read before", StringComparison.Ordinal));
    }

    [Fact]
    public void No_conversation_since_then_is_refused_with_the_time_and_the_right_that_may_be_missing()
    {
        using var space = new TalkedSpace();

        GenieLoadException error = ErrorAssert.Refused(
            "NoQuestionsOfSource", () => Ask(
                space, new QuestionSelection([QuestionOrigin.Conversation]), isAnonymous: false,
                since: space.Time.GetUtcNow().UtcDateTime.AddSeconds(-1)),
            "-Since");

        Assert.Contains("CAN MANAGE", error.Recommendation, StringComparison.Ordinal);
    }

    [Fact]
    public void What_load_tests_held_is_not_among_what_people_asked()
    {
        using var space = new TalkedSpace();
        string test = space.Chats[0].ConversationId;

        Assert.DoesNotContain(
            test,
            Ask(space, new QuestionSelection([QuestionOrigin.Conversation]), isAnonymous: false, tests: [test])
                .Select(question => question.Conversation));
    }

    [Fact]
    public void Files_without_names_of_conversations_keep_them_apart()
    {
        const string talk = "- messages:\n  - content: One?\n  - content: Two?\n";

        IReadOnlyList<Question> questions = Import(("a.yaml", talk), ("b.yaml", talk));

        Assert.Equal(["c1", "c1", "c1 (2)", "c1 (2)"], questions.Select(question => question.Conversation!));
        Assert.Equal(["q1", "q2", "q3", "q4"], questions.Select(question => question.Id));
    }

    [Fact]
    public void Saved_anonymous_questions_of_two_files_stay_two_conversations()
    {
        const string rows = "id,question,origin,conversation,askedAt\nc1,One?,Conversation,c1,2026-11-20T08:00:00Z\n"
            + "c2,Two?,Conversation,c1,2026-11-20T08:01:00Z\n";

        IReadOnlyList<Question> questions = Import(("a.csv", rows), ("b.csv", rows.Replace("08:", "09:", StringComparison.Ordinal)));

        Assert.Equal(["c1", "c1", "c1 (2)", "c1 (2)"], questions.Select(question => question.Conversation!));
        Assert.Equal(4, QuestionList.FromQuestions(questions).Count);
    }

    [Fact]
    public void Exports_that_overlap_give_each_message_once()
    {
        static string Export(params int[] messages) => "- id: a\n  messages:\n" + string.Concat(messages.Select(
            i => $"  - content: Question {i}\n    message_id: m{i}\n    timestamp: {1763600000 + (60 * i)}\n"));

        IReadOnlyList<Question> questions = Import(("a.yaml", Export(1, 2, 3)), ("b.yaml", Export(2, 3, 4)), ("c.yaml", Export(8, 9)));

        Assert.Equal(
            [("q1", "Question 1", "a"), ("q2", "Question 2", "a"), ("q3", "Question 3", "a"), ("q6", "Question 4", "a"),
                ("q7", "Question 8", "a (2)"), ("q8", "Question 9", "a (2)")],
            questions.Select(question => (question.Id, question.Text, question.Conversation!)));
    }

    [Fact]
    public void Pages_of_one_conversation_of_the_service_are_one_conversation()
    {
        const string talk = "01ef0123456789abcdef0123456789ab";
        static string Page(string message) =>
            $$"""{"messages":[{"conversation_id":"{{talk}}","message_id":"{{message}}","content":"{{message}}?"}]}""";

        Assert.Equal(
            [talk],
            Import(("a.json", Page("m1")), ("b.json", Page("m2"))).Select(question => question.Conversation!).Distinct());
    }

    [Fact]
    public void A_question_that_is_there_twice_counts_once_in_the_figures()
    {
        using var space = new TalkedSpace();
        IReadOnlyList<Question> questions = RecordedQuestions.Of(space.Read());

        Assert.Equal(
            space.Chats.Count, QuestionHistory.Of([.. questions, .. questions]).Conversations.Sum(talk => talk.Messages.Count));
    }

    private static IReadOnlyList<Question> Ask(
        TalkedSpace space, QuestionSelection selection, bool isAnonymous, Action<string>? warn = null, DateTime? since = null,
        params string[] tests) =>
        space.Time.Drive(async () =>
        {
            using GenieApiClient client = space.Open();
            return await new SpaceQuestions(client) { IsAnonymous = isAnonymous, Since = since, LoadTests = tests.ToHashSet() }
                .ReadAsync(space.Simulator.SpaceId, selection, warn ?? (_ => { }), CancellationToken.None);
        }).GetAwaiter().GetResult();

    /// <summary>Reads files as one call does.</summary>
    private static List<Question> Import(params (string Name, string Text)[] files)
    {
        using var folder = new TemporaryFolder();
        var selection = new QuestionSelection([]);
        List<Question> questions = [];
        foreach ((string name, string text) in files)
        {
            File.WriteAllText(folder.File(name), text);
            questions.AddRange(QuestionFile.Read(
                folder.File(name), questions.Count + selection.RepeatedCount + 1, selection: selection));
        }
        return questions;
    }

    [Fact]
    public void No_conversations_are_no_questions() => Assert.Empty(RecordedQuestions.Of(new ConversationHistory { Conversations = [] }));
}
