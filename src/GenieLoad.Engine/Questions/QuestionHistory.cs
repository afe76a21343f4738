using GenieLoad.Engine.Conversations;
using GenieLoad.Model;

namespace GenieLoad.Engine.Questions;

/// <summary>The conversations in which recorded questions were asked, as far as the questions tell.</summary>
public static class QuestionHistory
{
    /// <summary>The conversations.</summary>
    /// <param name="questions">Recorded questions; those with one conversation label are one conversation.</param>
    public static ConversationHistory Of(IEnumerable<Question> questions)
    {
        ArgumentNullException.ThrowIfNull(questions);
        return new ConversationHistory
        {
            Conversations = RecordedConversation.InOrder(questions
                .Select((question, i) => (question, Key: question.Conversation ?? (object)i))
                .GroupBy(one => one.Key, one => one.question)
                .Select(group => RecordedConversation.Of(group.First().Conversation, [.. group.Select(Message)])!)),
        };
    }

    private static RecordedMessage Message(Question question) => new()
    {
        Id = question.SourceId,
        Text = question.Text,
        AskedAt = question.AskedAt?.ToUniversalTime(),
        Seconds = question.RecordedSeconds,
        User = question.User,
    };
}
