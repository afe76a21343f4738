using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Json;
using GenieLoad.Engine.Addresses;
using GenieLoad.Engine.Credentials;
using GenieLoad.Engine.Genie.Wire;
using GenieLoad.Engine.Http;
using GenieLoad.Engine.Logging;
using GenieLoad.Engine.Paging;

namespace GenieLoad.Engine.Genie;

/// <summary>
/// The calls of the Genie conversation API that GenieLoad uses, each with its retries. Safe for any number of questions at once; every
/// question brings its own <see cref="CallPolicy"/>. An id that can be none is refused as <c>InvalidId</c>, and nothing is sent.
/// </summary>
public sealed partial class GenieApiClient : IDisposable
{
    // 10,000 conversations, the most that a space holds, come in 100 pages of 100.
    private static readonly PageLimits Limits = new(
        Pages: 1000, Bytes: 64L * 1024 * 1024, Time: TimeSpan.FromMinutes(2), TokenLength: 4096);

    // The service's own limit for rows in an answer is 25 MiB; what is far larger is not an answer of this API.
    private const int LongestAnswer = 32 * 1024 * 1024;

    private readonly HttpExchange _exchange;
    private readonly BearerAuthorization _authorization;
    private readonly string _root;

    /// <summary>A client for a workspace.</summary>
    /// <param name="workspace">Its address; see <see cref="WorkspaceAddress"/>.</param>
    /// <param name="credential">What to show it.</param>
    /// <param name="options">How to talk to it.</param>
    /// <param name="time">Clock of all waits.</param>
    /// <param name="log">Gets every retry.</param>
    /// <param name="handler">Another way to the service than the network, for tests; <see langword="null"/> for the network.</param>
    /// <exception cref="Model.GenieLoadException"><c>InvalidOption</c>.</exception>
    public GenieApiClient(
        Uri workspace, ICredential credential, GenieClientOptions? options = null, TimeProvider? time = null, EngineLog? log = null,
        HttpMessageHandler? handler = null)
    {
        options ??= new GenieClientOptions();
        options.Validate();
        Workspace = workspace;
        Credential = credential;
        Time = time ?? TimeProvider.System;
        _authorization = new BearerAuthorization(credential);
        log ??= EngineLog.None;
        _root = workspace.GetLeftPart(UriPartial.Authority);
        _exchange = new HttpExchange(
            new HttpMessageInvoker(handler ?? Network(workspace, options, log)),
            new ExchangeOptions(options.Retry, options.AttemptTimeoutSeconds, LongestAnswer)
            {
                Headers = [new("Accept", "application/json"), HttpHandlers.UserAgent(Product(credential))],
            },
            Time, log);
    }

    private static ConnectionQueue Network(Uri workspace, GenieClientOptions options, EngineLog log)
    {
        SocketsHttpHandler network = CreateHandler(workspace, options);
        return new ConnectionQueue(network, network.MaxConnectionsPerServer, log);
    }

    /// <summary>Address of the workspace.</summary>
    public Uri Workspace { get; }

    /// <summary>Credential in use.</summary>
    public ICredential Credential { get; }

    /// <summary>Clock of all waits.</summary>
    public TimeProvider Time { get; }

    /// <summary>What the answers so far told of the service's clock.</summary>
    internal IReadOnlyList<ClockSample> ClockSamples => _exchange.Clock.Samples;

    /// <summary>Asks the first question of a new conversation.</summary>
    /// <param name="spaceId">Id of the space.</param>
    /// <param name="question">Text of the question.</param>
    /// <param name="policy">Of the question.</param>
    /// <param name="cancellationToken">Ends it at once.</param>
    /// <exception cref="ApiException">It was given up.</exception>
    public Task<ApiReply<StartConversationAnswer>> StartConversationAsync(
        string spaceId, string question, CallPolicy policy, CancellationToken cancellationToken) =>
        SendAsync(
            Submit(Operation.StartConversation, $"{Space(spaceId)}/start-conversation", question),
            body => WireJson.Read(body, WireJson.Default.StartConversationAnswer), policy, cancellationToken);

    /// <summary>Asks a further question of a conversation.</summary>
    /// <inheritdoc cref="StartConversationAsync"/>
    /// <param name="spaceId">Id of the space.</param>
    /// <param name="conversationId">Id of the conversation.</param>
    /// <param name="question">Text of the question.</param>
    /// <param name="policy">Of the question.</param>
    /// <param name="cancellationToken">Ends it at once.</param>
    public Task<ApiReply<GenieMessage>> CreateMessageAsync(
        string spaceId, string conversationId, string question, CallPolicy policy, CancellationToken cancellationToken) =>
        SendAsync(
            Submit(Operation.CreateMessage, $"{Conversation(spaceId, conversationId)}/messages", question),
            body => WireJson.Read(body, WireJson.Default.GenieMessage), policy, cancellationToken);

    /// <summary>Reads a message: the poll. What it only says back, its ids and the question, is left out.</summary>
    /// <param name="spaceId">Id of the space.</param>
    /// <param name="conversationId">Id of the conversation.</param>
    /// <param name="messageId">Id of the message.</param>
    /// <param name="policy">Of the question.</param>
    /// <param name="cancellationToken">Ends it at once.</param>
    /// <param name="mayComeLater">Whether nobody has seen it yet, so that a 404 is tried again.</param>
    /// <param name="before">What the poll before brought, which most polls bring again: what has not changed is not read anew.</param>
    /// <exception cref="ApiException">It was given up.</exception>
    public Task<ApiReply<GenieMessage>> GetMessageAsync(
        string spaceId, string conversationId, string messageId, CallPolicy policy, CancellationToken cancellationToken,
        bool mayComeLater = false, (GenieMessage Message, ReadOnlyMemory<byte> Body)? before = null) =>
        SendAsync(
            Get(Operation.GetMessage, Message(spaceId, conversationId, messageId), mayComeLater, before?.Body ?? default),
            // Without bytes there was no memory to keep them: what comes then repeats nothing.
            body => before is (GenieMessage same, { IsEmpty: false } bytes) && body.Equals(bytes) ? same : ReadMessage(body),
            policy, cancellationToken);

    /// <summary>Reads the first part of a query's result.</summary>
    /// <param name="spaceId">Id of the space.</param>
    /// <param name="conversationId">Id of the conversation.</param>
    /// <param name="messageId">Id of the message.</param>
    /// <param name="attachmentId">Attachment that holds the query.</param>
    /// <param name="policy">Of the question.</param>
    /// <param name="cancellationToken">Ends it at once.</param>
    /// <param name="mayComeLater">Whether nobody has seen it yet, so that a 404 is tried again.</param>
    /// <exception cref="ApiException">It was given up.</exception>
    public Task<ApiReply<QueryResultAnswer>> GetQueryResultAsync(
        string spaceId, string conversationId, string messageId, string attachmentId, CallPolicy policy,
        CancellationToken cancellationToken,
        bool mayComeLater = false) =>
        SendAsync(
            Get(
                Operation.GetQueryResult,
                $"{Message(spaceId, conversationId, messageId)}/attachments/{Id("AttachmentId", attachmentId)}/query-result", mayComeLater),
            ReadResult, policy, cancellationToken);

    /// <summary>Reads a further part of a query's result.</summary>
    /// <param name="statementId">Id of the statement that made the result.</param>
    /// <param name="chunk">Number of the part, from 0.</param>
    /// <param name="policy">Of the question.</param>
    /// <param name="cancellationToken">Ends it at once.</param>
    /// <exception cref="ApiException">It was given up.</exception>
    public Task<ApiReply<ResultChunk>> GetResultChunkAsync(
        string statementId, int chunk, CallPolicy policy, CancellationToken cancellationToken) =>
        SendAsync(
            Get(
                Operation.GetResultChunk, $"/api/2.0/sql/statements/{Id("StatementId", statementId)}/result/chunks/{chunk}",
                mayComeLater: true),
            body => WireJson.Read(body, WireJson.Default.ResultChunk), policy, cancellationToken);

    /// <summary>Runs an expired query again; then read its result until it is there. Costs a statement, not a question.</summary>
    /// <inheritdoc cref="GetQueryResultAsync"/>
    /// <param name="spaceId">Id of the space.</param>
    /// <param name="conversationId">Id of the conversation.</param>
    /// <param name="messageId">Id of the message.</param>
    /// <param name="attachmentId">Attachment that holds the query.</param>
    /// <param name="policy">Of the question.</param>
    /// <param name="cancellationToken">Ends it at once.</param>
    public Task<ApiReply<QueryResultAnswer>> ExecuteQueryAsync(
        string spaceId, string conversationId, string messageId, string attachmentId, CallPolicy policy,
        CancellationToken cancellationToken) =>
        SendAsync(
            Call(
                Operation.ExecuteQuery, HttpMethod.Post,
                $"{Message(spaceId, conversationId, messageId)}/attachments/{Id("AttachmentId", attachmentId)}/execute-query") with
            {
                Content = () => Json([]),
            },
            ReadResult, policy, cancellationToken);

    /// <summary>Reads a space.</summary>
    /// <param name="spaceId">Id of the space.</param>
    /// <param name="policy">Of the call.</param>
    /// <param name="cancellationToken">Ends it at once.</param>
    /// <exception cref="ApiException">It was given up.</exception>
    public Task<ApiReply<GenieSpace>> GetSpaceAsync(string spaceId, CallPolicy policy, CancellationToken cancellationToken) =>
        SendAsync(
            Get(Operation.GetSpace, Space(spaceId)),
            body => WireJson.Read(body, WireJson.Default.GenieSpace), policy, cancellationToken);

    /// <summary>Reads all spaces that the credential can see, page by page.</summary>
    /// <param name="policy">Of the calls.</param>
    /// <param name="cancellationToken">Ends it at once.</param>
    /// <exception cref="ApiException">It was given up.</exception>
    /// <exception cref="Model.GenieLoadException"><c>ListWithoutEnd</c>; what came before it is good.</exception>
    public async IAsyncEnumerable<GenieSpace> ListSpacesAsync(
        CallPolicy policy, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? token = null;
        var pages = Pages("spaces");
        do
        {
            ApiReply<SpacePage> page = await SendAsync(
                Get(Operation.ListSpaces, Page("/api/2.0/genie/spaces", token)),
                body => WireJson.Read(body, WireJson.Default.SpacePage), policy, cancellationToken).ConfigureAwait(false);
            foreach (GenieSpace space in page.Value.Spaces?.OfType<GenieSpace>() ?? [])
                yield return space;
            pages.Took(page.Body.Length);
            token = pages.Next(page.Value.NextPageToken);
        }
        while (token is not null);
    }

    /// <summary>Deletes a conversation. One that is not there any more counts as deleted.</summary>
    /// <param name="spaceId">Id of the space.</param>
    /// <param name="conversationId">Id of the conversation.</param>
    /// <param name="policy">Of the call.</param>
    /// <param name="cancellationToken">Ends it at once.</param>
    /// <exception cref="ApiException">It was given up.</exception>
    public async Task DeleteConversationAsync(string spaceId, string conversationId, CallPolicy policy, CancellationToken cancellationToken)
    {
        try
        {
            await SendAsync(
                Call(Operation.DeleteConversation, HttpMethod.Delete, Conversation(spaceId, conversationId)) with { IsRepeatable = true },
                body => body.ToString(), policy, cancellationToken).ConfigureAwait(false);
        }
        catch (ApiException e) when (e.Failure.HttpStatus == 404)
        {
            // Done by somebody else, or by a try whose answer was lost.
        }
    }

    /// <summary>Closes all connections.</summary>
    public void Dispose() => _exchange.Dispose();

    /// <summary>The handler for a workspace.</summary>
    internal static SocketsHttpHandler CreateHandler(Uri workspace, GenieClientOptions options) =>
        HttpHandlers.Create(workspace, options.ConnectTimeoutSeconds, options.ClientCount);

    private async Task<ApiReply<T>> SendAsync<T>(
        HttpCall call, Func<ReadOnlyMemory<byte>, T> read, CallPolicy policy, CancellationToken cancellationToken)
        where T : class
    {
        CallAttempt attempt = await _exchange.SendAsync(call, policy, read, cancellationToken).ConfigureAwait(false);
        return new ApiReply<T>((T)attempt.Value!, attempt.Body, attempt.SentAt, attempt.ReceivedAt);
    }

    private HttpCall Call(string operation, HttpMethod method, string path) =>
        new(operation, method, new Uri(_root + path)) { Authorization = _authorization };

    private HttpCall Get(string operation, string path, bool mayComeLater = false, ReadOnlyMemory<byte> known = default) =>
        new(operation, HttpMethod.Get, new Uri(_root + path))
        {
            Authorization = _authorization, IsRepeatable = true, MayComeLater = mayComeLater, Known = known,
        };

    private HttpCall Submit(string operation, string path, string question)
    {
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(new AskRequest(question), WireJson.Default.AskRequest);
        return Call(operation, HttpMethod.Post, path) with { IsSubmission = true, Content = () => Json(json) };
    }

    private static ByteArrayContent Json(byte[] json) =>
        new(json) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") { CharSet = "utf-8" } } };

    private static string Product(ICredential credential)
    {
        string os = OperatingSystem.IsWindows() ? "windows" : OperatingSystem.IsMacOS() ? "macos" : "linux";
        string architecture = RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();
        return $"{HttpHandlers.ProductName} dotnet/{Environment.Version.ToString(2)} os/{os} arch/{architecture} auth/{credential.Kind}";
    }

    private static GenieMessage ReadMessage(ReadOnlyMemory<byte> body) =>
        WireJson.Read(body, WireJson.Default.GenieMessage).WithoutEcho();

    private static QueryResultAnswer ReadResult(ReadOnlyMemory<byte> body) => WireJson.Read(body, WireJson.Default.QueryResultAnswer);

    private PageWalk Pages(string list) => new(Limits, Time, limit => GenieErrors.ListWithoutEnd(list, limit));

    private static string Space(string spaceId) => $"/api/2.0/genie/spaces/{Id("SpaceId", spaceId)}";

    private static string Conversation(string spaceId, string conversationId) =>
        $"{Space(spaceId)}/conversations/{Id("ConversationId", conversationId)}";

    // In one piece: it is made for every poll.
    private static string Message(string spaceId, string conversationId, string messageId) =>
        $"/api/2.0/genie/spaces/{Id("SpaceId", spaceId)}/conversations/{Id("ConversationId", conversationId)}"
        + $"/messages/{Id("MessageId", messageId)}";

    private static string Page(string path, string? token) =>
        token is null
            ? path
            : $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}page_token={Uri.EscapeDataString(token)}";

    /// <summary>The last gate: whatever an id comes from, one that would lead elsewhere becomes part of no address.</summary>
    private static string Id(string name, string id)
    {
        GenieErrors.CheckId(name, id);
        return id;
    }
}
