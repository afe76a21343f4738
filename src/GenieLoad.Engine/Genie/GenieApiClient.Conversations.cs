using System.Runtime.CompilerServices;
using GenieLoad.Engine.Genie.Wire;
using GenieLoad.Engine.Http;

namespace GenieLoad.Engine.Genie;

/// <summary>The calls that list what has been asked. They cost no question.</summary>
public sealed partial class GenieApiClient
{
    /// <summary>Reads the conversations of a space, page by page.</summary>
    /// <param name="spaceId">Id of the space.</param>
    /// <param name="policy">Of the calls.</param>
    /// <param name="cancellationToken">Ends it at once.</param>
    /// <param name="includeAll">
    /// Whether to read those of everybody, which needs CAN MANAGE on the space, and not only those that the credential began.
    /// </param>
    /// <exception cref="ApiException">It was given up.</exception>
    /// <exception cref="Model.GenieLoadException"><c>ListWithoutEnd</c>; what came before it is good.</exception>
    public async IAsyncEnumerable<GenieConversation> ListConversationsAsync(
        string spaceId, CallPolicy policy, [EnumeratorCancellation] CancellationToken cancellationToken, bool includeAll = false)
    {
        string? token = null;
        var pages = Pages("conversations");
        string all = includeAll ? "&include_all=true" : "";
        do
        {
            ApiReply<ConversationPage> page = await SendAsync(
                Get(Operation.ListConversations, Page($"{Space(spaceId)}/conversations?page_size=100{all}", token)),
                body => WireJson.Read(body, WireJson.Default.ConversationPage), policy, cancellationToken)
                .ConfigureAwait(false);
            foreach (GenieConversation conversation in page.Value.Conversations?.OfType<GenieConversation>() ?? [])
                yield return conversation;
            pages.Took(page.Body.Length);
            token = pages.Next(page.Value.NextPageToken);
        }
        while (token is not null);
    }

    /// <summary>Reads the messages of a conversation, page by page, in the service's order: the newest first.</summary>
    /// <param name="spaceId">Id of the space.</param>
    /// <param name="conversationId">Id of the conversation.</param>
    /// <param name="policy">Of the calls.</param>
    /// <param name="cancellationToken">Ends it at once.</param>
    /// <exception cref="ApiException">It was given up.</exception>
    /// <exception cref="Model.GenieLoadException"><c>ListWithoutEnd</c>; what came before it is good.</exception>
    public async IAsyncEnumerable<GenieMessage> ListMessagesAsync(
        string spaceId, string conversationId, CallPolicy policy, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? token = null;
        var pages = Pages("messages");
        do
        {
            ApiReply<MessagePage> page = await SendAsync(
                Get(Operation.ListMessages, Page($"{Conversation(spaceId, conversationId)}/messages?page_size=100", token)),
                body => WireJson.Read(body, WireJson.Default.MessagePage), policy, cancellationToken)
                .ConfigureAwait(false);
            foreach (GenieMessage message in page.Value.Messages?.OfType<GenieMessage>() ?? [])
                yield return message;
            pages.Took(page.Body.Length);
            token = pages.Next(page.Value.NextPageToken);
        }
        while (token is not null);
    }
}
