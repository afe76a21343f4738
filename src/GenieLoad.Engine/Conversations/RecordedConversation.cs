namespace GenieLoad.Engine.Conversations;

/// <summary>A conversation that somebody held with a space.</summary>
/// <param name="Id">Its id; <see langword="null"/> where it has none.</param>
/// <param name="Messages">Its questions in the order in which they were asked; at least one.</param>
public sealed record RecordedConversation(string? Id, IReadOnlyList<RecordedMessage> Messages)
{
    /// <summary>Instant of its first question, UTC; <see langword="null"/> where nobody says.</summary>
    public DateTime? BeganAt => Messages[0].AskedAt;

    /// <summary>The conversation of messages as they were listed.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="messages">
    /// Its messages, oldest first as far as the list says. Instants put them right where all have one; a message that a list gives twice
    /// counts once. An answer that ended after the next question is of unknown length.
    /// </param>
    /// <returns><see langword="null"/> where there is no message.</returns>
    public static RecordedConversation? Of(string? id, IReadOnlyList<RecordedMessage> messages)
    {
        ArgumentNullException.ThrowIfNull(messages);
        RecordedMessage[] once =
        [
            .. messages.Select((message, i) => (message, Key: message.Id is null ? (object)i : (message.Id, message.Text, message.AskedAt)))
                .DistinctBy(one => one.Key).Select(one => one.message),
        ];
        if (once.Length == 0)
            return null;
        if (Array.TrueForAll(once, message => message.AskedAt is not null))
            once = [.. once.OrderBy(message => message.AskedAt)];
        return new RecordedConversation(id, [.. once.Select((message, i) => Ended(message, once.ElementAtOrDefault(i + 1)))]);
    }

    /// <summary>
    /// A message that changed last after the next question: a thumb changes it too, so nobody knows when its answer ended.
    /// </summary>
    private static RecordedMessage Ended(RecordedMessage message, RecordedMessage? next) =>
        message is { AskedAt: DateTime asked, Seconds: double seconds } && next?.AskedAt < asked.AddSeconds(seconds)
            ? message with { Seconds = null }
            : message;

    /// <summary>The conversations in the order in which they began; those of unknown instants last, in theirs.</summary>
    /// <param name="conversations">The conversations.</param>
    public static IReadOnlyList<RecordedConversation> InOrder(IEnumerable<RecordedConversation> conversations) =>
        [.. conversations.OrderBy(one => one.BeganAt ?? DateTime.MaxValue)];
}
