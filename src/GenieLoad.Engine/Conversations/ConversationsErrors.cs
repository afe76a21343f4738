using GenieLoad.Engine.Logging;
using GenieLoad.Model;

namespace GenieLoad.Engine.Conversations;

/// <summary>
/// The errors of <c>Conversations</c>; the name of a factory is the id of its error. A <c>place</c> is a file and line.
/// </summary>
internal static class ConversationsErrors
{
    private const string Layout = "The layout is: conversations: a list of objects with id and messages; messages: a list of objects with "
        + "content, and if wanted timestamp and message_id.";

    public static GenieLoadException NotConversations(string field, object? value, string place) => new(
        nameof(NotConversations), ErrorKind.InvalidData,
        $"{place}: {field} is {ShownValue.Of(value)}, not a list.", Layout, value);

    public static GenieLoadException NotAConversation(object? value, string place) => new(
        nameof(NotAConversation), ErrorKind.InvalidData,
        $"{place}: {ShownValue.Of(value)} is not a conversation.", Layout, value);

    public static GenieLoadException MessagesMissing(int count, string place) => new(
        nameof(MessagesMissing), ErrorKind.InvalidData,
        FormattableString.Invariant(
            $"{place}: messages: none of the {count:#,0} conversations has its messages, so nobody knows the questions."),
        "Export the messages of each conversation too (databricks genie list-conversation-messages), or read them from the space with "
            + "Get-GenieQuestion -Source Conversation. " + Layout);

    public static GenieLoadException NotAMessage(object? value, string place) => new(
        nameof(NotAMessage), ErrorKind.InvalidData,
        $"{place}: {ShownValue.Of(value)} is not a message.", Layout, value);
}
