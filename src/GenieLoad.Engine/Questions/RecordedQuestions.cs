using System.Globalization;
using GenieLoad.Engine.Conversations;
using GenieLoad.Model;

namespace GenieLoad.Engine.Questions;

/// <summary>Questions that somebody has asked before, from the conversations that were recorded.</summary>
public static class RecordedQuestions
{
    /// <summary>The questions of conversations, one conversation after the other, in the order in which they began.</summary>
    /// <param name="history">The conversations.</param>
    /// <param name="isAnonymous">
    /// Whether to leave out who asked, with the ids of conversations and messages, by which the service would tell: conversations are
    /// called <c>c1</c>, <c>c2</c> ... then.
    /// </param>
    /// <returns>The questions; none where nobody asked.</returns>
    /// <exception cref="GenieLoadException">An error of <see cref="QuestionList.FromQuestions"/>.</exception>
    public static IReadOnlyList<Question> Of(ConversationHistory history, bool isAnonymous = false)
    {
        ArgumentNullException.ThrowIfNull(history);
        return history.Conversations.Count == 0
            ? []
            : new CallConversations().Add(QuestionList.Build(Rows(history), null), isAnonymous, out _);
    }

    /// <summary>The same, before they are checked.</summary>
    internal static IEnumerable<QuestionRow> Rows(ConversationHistory history)
    {
        HashSet<string> labels = new(StringComparer.Ordinal);
        for (int i = 0; i < history.Conversations.Count; i++)
        {
            RecordedConversation conversation = history.Conversations[i];
            string label = FreeLabel(conversation.Id, i + 1, labels);
            foreach (RecordedMessage message in conversation.Messages)
            {
                string place = message.Place.Length > 0 ? message.Place : $"conversation {conversation.Id}";
                yield return new QuestionRow(message.Text, null, null, label, place)
                {
                    Known = new Question
                    {
                        Id = "",
                        Text = message.Text,
                        Origin = QuestionOrigin.Conversation,
                        SourceId = message.Id,
                        AskedAt = message.AskedAt,
                        RecordedSeconds = message.Seconds,
                        User = message.User,
                    },
                };
            }
        }
    }

    /// <summary>A label that no other conversation has: two of one name would be asked as one.</summary>
    private static string FreeLabel(string? id, int number, HashSet<string> taken)
    {
        string label = id ?? string.Create(CultureInfo.InvariantCulture, $"c{number}");
        string free = label;
        for (int further = 2; !taken.Add(free); further++)
        {
            string ending = string.Create(CultureInfo.InvariantCulture, $" ({further})");
            free = label[..Math.Min(label.Length, QuestionList.MaximumLabelLength - ending.Length)] + ending;
        }
        return free;
    }
}
