using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using GenieLoad.Engine.Genie;
using GenieLoad.Engine.Paging;

namespace GenieLoad.Engine.Mlflow;

/// <summary>A tracking server: its address, what is shown to it, and how JSON is sent to it.</summary>
/// <param name="root">Its address; API paths are appended to the path it has.</param>
/// <param name="authorize">Gives what is shown to it.</param>
/// <param name="transport">Sends and tries again.</param>
internal sealed class MlflowServer(
    Uri root, Func<CancellationToken, ValueTask<AuthenticationHeaderValue?>> authorize, MlflowTransport transport) : IDisposable
{
    // Of runs, a million.
    private static readonly PageLimits PagesOfList = new(Pages: 1000, Bytes: 256L * 1024 * 1024, Time: TimeSpan.FromMinutes(15), TokenLength: 65_536);

    private const string WorkspaceHeader = "X-MLFLOW-WORKSPACE";

    private IReadOnlyList<KeyValuePair<string, string>> _headers = [];

    /// <summary>Its address, without a trailing slash.</summary>
    public Uri Root { get; } = root;

    /// <summary>Its address, for people.</summary>
    public string Location { get; } = root.ToString().TrimEnd('/');

    /// <summary>Names the workspace of all tracking calls from here on.</summary>
    public void UseWorkspace(string workspace) => _headers = [KeyValuePair.Create(WorkspaceHeader, workspace)];

    /// <summary>Begins to turn the pages of a list.</summary>
    /// <param name="call">What is read, for people.</param>
    public PageWalk Pages(string call) =>
        new(PagesOfList, transport.Time, limit => MlflowErrors.MlflowPagesWithoutEnd(Location, call, limit));

    /// <summary>The full address of an API path.</summary>
    public Uri Address(string path) => new($"{Location}{path}");

    /// <summary>What is shown to an address that the server has named: its own credential at its own origin (scheme, host, port), nothing elsewhere.</summary>
    public Func<CancellationToken, ValueTask<AuthenticationHeaderValue?>>? AuthorizationFor(Uri address) =>
        WorkspaceAddress.IsSameOrigin(address, Root) ? authorize : null;

    /// <summary>
    /// Whether files may go to an address that the server has named: to itself; by https; by http where the server itself is called by http. A server
    /// elsewhere has no say over this machine.
    /// </summary>
    public bool MaySendFilesTo(Uri address) => WorkspaceAddress.IsSameOrigin(address, Root)
        || ((address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && Root.Scheme == Uri.UriSchemeHttp))
            && IsNoneOfOurs(address));

    /// <summary>The same for a signed address, which is a secret itself: by http on this machine only.</summary>
    public bool MayUploadTo(Uri address) => WorkspaceAddress.IsSameOrigin(address, Root)
        || ((address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && WorkspaceAddress.IsLoopback(address)))
            && IsNoneOfOurs(address));

    private bool IsNoneOfOurs(Uri address) => WorkspaceAddress.IsLoopback(Root) || !WorkspaceAddress.IsLoopback(address);

    /// <summary>GET of JSON.</summary>
    /// <exception cref="MlflowCallException">It was given up, or the answer is no such JSON.</exception>
    public Task<T> GetAsync<T>(string pathAndQuery, JsonTypeInfo<T> reply, CancellationToken cancellationToken, PageWalk? pages = null) =>
        ReadAsync(Tracking(new MlflowCall(HttpMethod.Get, Address(pathAndQuery))), reply, pages, cancellationToken);

    /// <summary>POST of JSON, answered by JSON.</summary>
    /// <exception cref="MlflowCallException">It was given up, or the answer is no such JSON.</exception>
    public Task<TReply> PostAsync<TRequest, TReply>(
        string path, TRequest body, JsonTypeInfo<TRequest> request, JsonTypeInfo<TReply> reply, CancellationToken cancellationToken,
        bool repeatable = true, PageWalk? pages = null) =>
        ReadAsync(Tracking(Post(path, body, request)) with { IsRepeatable = repeatable }, reply, pages, cancellationToken);

    /// <summary>POST of JSON whose answer says nothing.</summary>
    /// <exception cref="MlflowCallException">It was given up.</exception>
    public Task PostAsync<TRequest>(string path, TRequest body, JsonTypeInfo<TRequest> request, CancellationToken cancellationToken) =>
        transport.SendAsync(Tracking(Post(path, body, request)), cancellationToken);

    /// <summary>Any other call; its answer as it is.</summary>
    /// <exception cref="MlflowCallException">It was given up.</exception>
    public Task<byte[]> SendAsync(MlflowCall call, CancellationToken cancellationToken) => transport.SendAsync(call, cancellationToken);

    /// <summary>Puts what goes wrong in words for people.</summary>
    /// <param name="what">What is to be done, as in "refused to ...".</param>
    /// <param name="work">Does it.</param>
    /// <exception cref="Model.GenieLoadException">It went wrong.</exception>
    public async Task<T> ExplainAsync<T>(string what, Func<Task<T>> work)
    {
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (MlflowCallException e)
        {
            throw MlflowErrors.Explain(Location, Root.Authority, what, e);
        }
    }

    public void Dispose() => transport.Dispose();

    private MlflowCall Post<TRequest>(string path, TRequest body, JsonTypeInfo<TRequest> request)
    {
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(body, request);
        return new MlflowCall(HttpMethod.Post, Address(path))
        {
            // Not JsonContent, which is sent in chunks: a server reads a chunked body as an empty one.
            Content = () => new ByteArrayContent(json) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } },
        };
    }

    private MlflowCall Tracking(MlflowCall call) => call with { Authorize = authorize, Headers = _headers };

    private async Task<T> ReadAsync<T>(MlflowCall call, JsonTypeInfo<T> reply, PageWalk? pages, CancellationToken cancellationToken)
    {
        byte[] body = await transport.SendAsync(call, cancellationToken).ConfigureAwait(false);
        pages?.Took(body.Length);
        try
        {
            return JsonSerializer.Deserialize(body, reply) ?? throw new JsonException("It is null.");
        }
        catch (JsonException e)
        {
            throw new MlflowCallException(
                new ApiFailure(FailureKind.Transport, "MALFORMED_ANSWER", $"the answer to {call.Uri.AbsolutePath} is not MLflow's JSON") { Exception = e });
        }
    }
}
