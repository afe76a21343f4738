using GenieLoad.Engine.Conversations;
using GenieLoad.Engine.Questions;
using GenieLoad.Engine.Tests.Conversations;
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
    public void No_conversations_are_no_questions() => Assert.Empty(RecordedQuestions.Of(new ConversationHistory { Conversations = [] }));
}
