using System.Net;
using System.Text;
using GenieLoad.Engine.Credentials;
using GenieLoad.Engine.Genie;
using GenieLoad.Engine.Http.Retries;
using GenieLoad.Engine.Running;
using GenieLoad.Engine.Tests.Fuzzing;
using GenieLoad.Model;
using Microsoft.Extensions.Time.Testing;

namespace GenieLoad.Engine.Tests.Running;

/// <summary>A space that answers as a space does, but for what a test gives it to say; keeps what it was sent.</summary>
internal sealed class ScriptedSpace : HttpMessageHandler
{
    private readonly Dictionary<string, Queue<HttpResponseMessage>> _script = [];
    private readonly Dictionary<string, Func<HttpResponseMessage>> _right = new()
    {
        ["start"] = () => Json("""{"conversation_id":"c1","message_id":"m1","message":{"message_id":"m1","status":"SUBMITTED"}}"""),
        ["message"] = () => Json("""{"message_id":"m1","status":"COMPLETED","attachments":[{"attachment_id":"a1","query":{"query":"SELECT 1","statement_id":"s1"}}]}"""),
        ["result"] = () => Json("""{"statement_response":{"statement_id":"s1","status":{"state":"SUCCEEDED"},"manifest":{"total_row_count":1},"result":{"chunk_index":0}}}"""),
        ["chunk"] = () => Json("""{"chunk_index":1,"row_count":1}"""),
        ["token"] = () => Json("""{"space_id":"s1","title":"Sales"}"""),
    };

    public ScriptedSpace() => Client = ClientWith(new RetryOptions());

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));

    public GenieApiClient Client { get; private set; }

    /// <summary>Method and path of every call, in order.</summary>
    public List<string> Calls { get; } = [];

    public static HttpResponseMessage Json(string body, int status = 200) => Bytes(Encoding.UTF8.GetBytes(body), status);

    public static HttpResponseMessage Bytes(byte[] body, int status = 200) =>
        new((HttpStatusCode)status) { Content = new ByteArrayContent(body) };

    public static HttpResponseMessage NotFound() => Json("""{"error_code":"RESOURCE_DOES_NOT_EXIST","message":"Message not found"}""", 404);

    /// <summary>
    /// The next answers to one kind of call (<see cref="FuzzSamples.KindOf"/>; <c>token</c> is any other), before the right one.
    /// </summary>
    public ScriptedSpace Says(string kind, params HttpResponseMessage[] answers)
    {
        if (!_script.TryGetValue(kind, out Queue<HttpResponseMessage>? queue))
            _script[kind] = queue = new Queue<HttpResponseMessage>();
        foreach (HttpResponseMessage answer in answers)
            queue.Enqueue(answer);
        return this;
    }

    /// <summary>What one kind of call is always answered with.</summary>
    public ScriptedSpace AlwaysSays(string kind, Func<HttpResponseMessage> answer)
    {
        _right[kind] = answer;
        return this;
    }

    public ScriptedSpace Retrying(RetryOptions retry)
    {
        Client = ClientWith(retry);
        return this;
    }

    public Task<QuestionResult> Ask(string? conversationId = null, string spaceId = "s1", LoadTestOptions? options = null) =>
        Time.Drive(() => SingleQuestion.AskAsync(
            Client, spaceId, 1, new Question { Id = "q1", Text = "How many?" }, QuestionMode.Chat, conversationId,
            options ?? new LoadTestOptions(), _ => { }, CancellationToken.None));

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Calls.Add($"{request.Method} {request.RequestUri!.PathAndQuery}");
        string kind = FuzzSamples.KindOf(request);
        return Task.FromResult(
            _script.TryGetValue(kind, out Queue<HttpResponseMessage>? queue) && queue.TryDequeue(out HttpResponseMessage? next)
                ? next
                : _right[kind]());
    }

    private GenieApiClient ClientWith(RetryOptions retry) => new(
        new Uri("https://workspace.example"), TokenCredential.Create("secret", "test"), new GenieClientOptions { Retry = retry },
        Time, handler: this);
}
