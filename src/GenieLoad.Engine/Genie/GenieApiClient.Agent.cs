using System.Text.Json;
using GenieLoad.Engine.Genie.Agent;
using GenieLoad.Engine.Genie.Wire;
using GenieLoad.Engine.Http;

namespace GenieLoad.Engine.Genie;

/// <summary>The calls of agent mode.</summary>
public sealed partial class GenieApiClient
{
    // A turn has tens of items; a conversation that names ever more is not to be followed for ever.
    private const int MostItemPages = 10;

    private static readonly KeyValuePair<string, string>[] WantsEvents = [new("Accept", AgentStream.MediaType)];

    /// <summary>Asks a question in agent mode. It is sent a second time only where the service has certainly not taken it.</summary>
    /// <param name="spaceId">Id of the space.</param>
    /// <param name="conversationId">Id of the conversation; <see langword="null"/> for a new one.</param>
    /// <param name="question">Text of the question.</param>
    /// <param name="policy">Of the question.</param>
    /// <param name="cancellationToken">Ends it at once, as long as the stream has not begun.</param>
    /// <exception cref="ApiException">It was given up.</exception>
    internal async Task<AgentStream> CreateResponseAsync(
        string spaceId, string? conversationId, string question, CallPolicy policy, CancellationToken cancellationToken)
    {
        if (conversationId is not null)
            GenieErrors.CheckId("ConversationId", conversationId);
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(AgentRequest.Of(question, conversationId), WireJson.Default.AgentRequest);
        HttpCall call = Call(Operation.CreateResponse, HttpMethod.Post, $"{Agent(spaceId)}/responses") with
        {
            IsSubmission = true, IsStream = true, Content = () => Json(json), Headers = WantsEvents,
        };
        CallAttempt attempt = await _exchange.SendAsync(call, policy, null, cancellationToken).ConfigureAwait(false);
        return new AgentStream((OpenAnswer)attempt.Value!, call.Name);
    }

    /// <summary>Reads the items of the last turn of a conversation in agent mode: the question, then what came of it so far.</summary>
    /// <param name="spaceId">Id of the space.</param>
    /// <param name="conversationId">Id of the conversation.</param>
    /// <param name="policy">Of the question.</param>
    /// <param name="cancellationToken">Ends it at once.</param>
    /// <exception cref="ApiException">It was given up.</exception>
    internal async Task<ApiReply<AgentTurn>> ListLastTurnAsync(
        string spaceId, string conversationId, CallPolicy policy, CancellationToken cancellationToken)
    {
        List<AgentItem> newestFirst = [];
        string? after = null;
        ReadOnlyMemory<byte> newest = default;
        for (int page = 1; ; page++)
        {
            string path = $"{Agent(spaceId)}/conversations/{Id("ConversationId", conversationId)}/items?limit=100&order=desc";
            ApiReply<AgentItemPage> reply = await SendAsync(
                Get(Operation.ListItems, after is null ? path : $"{path}&after={after}", mayComeLater: true), AgentItemPage.Read,
                policy, cancellationToken).ConfigureAwait(false);
            newestFirst.AddRange(reply.Value.Items);
            newest = page == 1 ? reply.Body : newest;
            after = reply.Value.After;
            if (after is null || page == MostItemPages || newestFirst.Exists(item => item.Kind == AgentItemKind.Question))
                return new ApiReply<AgentTurn>(AgentTurn.Of(newestFirst), newest, reply.SentAt, reply.ReceivedAt);
        }
    }

    /// <summary>Tells the service that nobody waits for a response any more.</summary>
    /// <param name="spaceId">Id of the space.</param>
    /// <param name="responseId">Id of the response.</param>
    /// <param name="policy">Of the call.</param>
    /// <param name="cancellationToken">Ends it at once.</param>
    /// <exception cref="ApiException">It was given up.</exception>
    internal Task CancelResponseAsync(string spaceId, string responseId, CallPolicy policy, CancellationToken cancellationToken) =>
        SendAsync(
            Call(Operation.CancelResponse, HttpMethod.Post, $"{Agent(spaceId)}/responses/{Id("ResponseId", responseId)}/cancel") with
            {
                IsRepeatable = true,
            },
            body => body.ToString(), policy, cancellationToken);

    private static string Agent(string spaceId) => $"/api/2.0/genie/agents/{Id("SpaceId", spaceId)}";
}
