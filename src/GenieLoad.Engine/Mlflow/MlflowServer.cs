using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using GenieLoad.Engine.Addresses;
using GenieLoad.Engine.Http;
using GenieLoad.Engine.Json;
using GenieLoad.Engine.Paging;
using GenieLoad.Engine.Randomness;

namespace GenieLoad.Engine.Mlflow;

/// <summary>A tracking server: its address, what is shown to it, and how JSON is sent to it.</summary>
/// <param name="root">Its address; API paths are appended to the path it has.</param>
/// <param name="authorization">What is shown to it.</param>
/// <param name="exchange">The way to it.</param>
/// <param name="time">Clock of retries and timestamps.</param>
internal sealed class MlflowServer(Uri root, IAuthorization authorization, HttpExchange exchange, TimeProvider time) : IDisposable
{
    // Of runs, a million.
    private static readonly PageLimits PagesOfList = new(
        Pages: 1000, Bytes: 256L * 1024 * 1024, Time: TimeSpan.FromMinutes(15), TokenLength: 65_536);

    private const string WorkspaceHeader = "X-MLFLOW-WORKSPACE";

    private readonly int _seed = (int)time.GetTimestamp();
    private IReadOnlyList<KeyValuePair<string, string>> _headers = [];
    private long _calls;

    /// <summary>Its address, without a trailing slash.</summary>
    public Uri Root { get; } = root;

    /// <summary>Its address, for people.</summary>
    public string Location { get; } = root.ToString().TrimEnd('/');

    /// <summary>Names the workspace of all tracking calls from here on.</summary>
    public void UseWorkspace(string workspace) => _headers = [KeyValuePair.Create(WorkspaceHeader, workspace)];

    /// <summary>Begins to turn the pages of a list.</summary>
    /// <param name="call">What is read, for people.</param>
    public PageWalk Pages(string call) =>
        new(PagesOfList, time, limit => MlflowErrors.MlflowPagesWithoutEnd(Location, call, limit));

    /// <summary>The full address of an API path.</summary>
    public Uri Address(string path) => new($"{Location}{path}");

    /// <summary>What is shown to an address that the server has named: its own credential at its own origin (scheme, host, port), nothing
    /// elsewhere.</summary>
    public IAuthorization? AuthorizationFor(Uri address) => WorkspaceAddress.IsSameOrigin(address, Root) ? authorization : null;

    /// <summary>
    /// Whether files may go to an address that the server has named: to itself; by https; by http where the server itself is called by
    /// http. A server elsewhere has no say over this machine.
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
    /// <exception cref="ApiException">It was given up, or the answer is no such JSON.</exception>
    public Task<T> GetAsync<T>(string pathAndQuery, JsonTypeInfo<T> reply, CancellationToken cancellationToken, PageWalk? pages = null) =>
        ReadAsync(Tracking(HttpMethod.Get, pathAndQuery), reply, pages, cancellationToken);

    /// <summary>POST of JSON, answered by JSON.</summary>
    /// <exception cref="ApiException">It was given up, or the answer is no such JSON.</exception>
    public Task<TReply> PostAsync<TRequest, TReply>(
        string path, TRequest body, JsonTypeInfo<TRequest> request, JsonTypeInfo<TReply> reply, CancellationToken cancellationToken,
        PageWalk? pages = null) =>
        ReadAsync(Post(path, body, request), reply, pages, cancellationToken);

    /// <summary>POST of JSON that makes something anew with each copy.</summary>
    /// <param name="path">API path.</param>
    /// <param name="body">What is sent.</param>
    /// <param name="request">Its type.</param>
    /// <param name="reply">Type of the answer.</param>
    /// <param name="isDone">Looks whether an attempt that failed was stored all the same.</param>
    /// <param name="cancellationToken">Ends it at once.</param>
    /// <returns>The answer; <see langword="null"/> where an attempt that failed was stored all the same.</returns>
    /// <exception cref="ApiException">It was given up, or the answer is no such JSON.</exception>
    public async Task<TReply?> CreateAsync<TRequest, TReply>(
        string path, TRequest body, JsonTypeInfo<TRequest> request, JsonTypeInfo<TReply> reply, Func<CancellationToken, Task<bool>> isDone,
        CancellationToken cancellationToken)
        where TReply : class
    {
        HttpCall call = Post(path, body, request) with { IsRepeatable = false, IsDone = isDone };
        CallAttempt attempt = await ExchangeAsync(call, cancellationToken).ConfigureAwait(false);
        return attempt.WasDone ? null : Parse(call, attempt.Body, reply);
    }

    /// <summary>POST of JSON whose answer says nothing.</summary>
    /// <exception cref="ApiException">It was given up.</exception>
    public Task PostAsync<TRequest>(string path, TRequest body, JsonTypeInfo<TRequest> request, CancellationToken cancellationToken) =>
        ExchangeAsync(Post(path, body, request), cancellationToken);

    /// <summary>POST of JSON that is written already, with one more header; whatever the answer says.</summary>
    /// <exception cref="ApiException">It was given up.</exception>
    public Task PostAsync(string path, byte[] json, KeyValuePair<string, string> header, CancellationToken cancellationToken) =>
        ExchangeAsync(Post(path, json) with { Headers = [.. _headers, header] }, cancellationToken);

    /// <summary>GET of something that is no JSON.</summary>
    /// <exception cref="ApiException">It was given up.</exception>
    public Task<ReadOnlyMemory<byte>> GetAsync(string path, CancellationToken cancellationToken) =>
        SendAsync(Tracking(HttpMethod.Get, path), cancellationToken);

    /// <summary>Any other call, with no credential and no harm in a second copy unless that is changed.</summary>
    public static HttpCall Call(HttpMethod method, Uri address) =>
        new($"{method} {address.AbsolutePath}", method, address) { IsRepeatable = true };

    /// <summary>Sends any other call; its answer as it is.</summary>
    /// <exception cref="ApiException">It was given up.</exception>
    public async Task<ReadOnlyMemory<byte>> SendAsync(HttpCall call, CancellationToken cancellationToken) =>
        (await ExchangeAsync(call, cancellationToken).ConfigureAwait(false)).Body;

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
        catch (ApiException e)
        {
            throw MlflowErrors.Explain(Location, Root.Authority, what, e);
        }
    }

    public void Dispose() => exchange.Dispose();

    private HttpCall Post<TRequest>(string path, TRequest body, JsonTypeInfo<TRequest> request) =>
        Post(path, JsonSerializer.SerializeToUtf8Bytes(body, request));

    private HttpCall Post(string path, byte[] json) => Tracking(HttpMethod.Post, path) with
    {
        // Not JsonContent, which is sent in chunks: a server reads a chunked body as an empty one.
        Content = () => new ByteArrayContent(json) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } },
    };

    private HttpCall Tracking(HttpMethod method, string pathAndQuery) =>
        Call(method, Address(pathAndQuery)) with { Authorization = authorization, Headers = _headers };

    // Several nested runs are written at a time: each call draws numbers of its own.
    private Task<CallAttempt> ExchangeAsync(HttpCall call, CancellationToken cancellationToken) => exchange.SendAsync(
        call,
        new CallPolicy(SeededRandom.For(_seed, "mlflow", Interlocked.Increment(ref _calls))) { Caller = "MLflow", IsWaitedFor = true },
        null, cancellationToken);

    private async Task<T> ReadAsync<T>(HttpCall call, JsonTypeInfo<T> reply, PageWalk? pages, CancellationToken cancellationToken)
    {
        ReadOnlyMemory<byte> body = await SendAsync(call, cancellationToken).ConfigureAwait(false);
        pages?.Took(body.Length);
        return Parse(call, body, reply);
    }

    private static T Parse<T>(HttpCall call, ReadOnlyMemory<byte> body, JsonTypeInfo<T> reply)
    {
        try
        {
            return JsonSerializer.Deserialize(MendedJson.Of(body).Span, reply) ?? throw new JsonException("It is null.");
        }
        catch (JsonException e)
        {
            throw new ApiException(call.Name, new ApiFailure(
                FailureKind.Transport, AnswerFault.Malformed,
                $"the answer to {call.Address.AbsolutePath} is not MLflow's JSON") { Exception = e });
        }
    }
}
