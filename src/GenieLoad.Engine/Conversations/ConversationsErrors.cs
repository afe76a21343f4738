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

    public static GenieLoadException NotAMessage(object? value, string place) => new(
        nameof(NotAMessage), ErrorKind.InvalidData,
        $"{place}: {ShownValue.Of(value)} is not a message.", Layout, value);
}
