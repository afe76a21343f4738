using System.Net;
using System.Net.Http.Headers;
using System.Text;
using GenieLoad.Engine.Credentials;
using GenieLoad.Engine.Genie;
using GenieLoad.Engine.Http;
using GenieLoad.Engine.Randomness;
using GenieLoad.Engine.Running;
using GenieLoad.Engine.Runs;
using GenieLoad.Model;
using Microsoft.Extensions.Time.Testing;

namespace GenieLoad.Engine.Tests.Running.Ways;

/// <summary>A space that streams what a test gives it to say, at the instants that the test names, and keeps what it was sent.</summary>
internal sealed class StreamedSpace : HttpMessageHandler
{
    private readonly Queue<HttpResponseMessage> _refusals = new();
    private readonly GenieApiClient _client;
    private readonly LoadTestOptions _options;
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));
    private IReadOnlyList<(double At, string Text)> _script = [];
    private StreamEnd _end = StreamEnd.Closed;

    public StreamedSpace(LoadTestOptions? options = null)
    {
        _options = options ?? new LoadTestOptions();
        _client = new GenieApiClient(
            new Uri("https://x.cloud.databricks.com"), TokenCredential.Create("dapi-0123456789abcdef0123456789abcdef", "test"),
            new GenieClientOptions(), _time, handler: this);
    }

    /// <summary>Method and path of every call, in order.</summary>
    public List<string> Calls { get; } = [];

    /// <summary>Bodies of the questions.</summary>
    public List<string> Questions { get; } = [];

    /// <summary>Version of HTTP that each call was to use, and what else it may use.</summary>
    public List<(Version Version, HttpVersionPolicy Policy)> Versions { get; } = [];

    /// <summary>Seconds until the head of a stream comes.</summary>
    public double HeadSeconds { get; init; }

    /// <summary>What a stream says that it is.</summary>
    public string MediaType { get; init; } = "text/event-stream";

    /// <summary>What is known of the question.</summary>
    public QuestionTrace? Trace { get; private set; }

    /// <summary>Statuses that the question was seen in.</summary>
    public List<string> Seen { get; } = [];

    /// <summary>
    /// What the items of the conversation are, by the seconds since the question was sent; nothing while the service is away.
    /// </summary>
    public Func<double, string?>? Items { get; set; }

    /// <summary>A page of the items, by the id after which it begins.</summary>
    public Func<string?, string>? Pages { get; init; }

    /// <summary>What the space says of the message of that id; nothing where it does not know agents' messages.</summary>
    public string? Message { get; init; }

    /// <summary>How long the service takes to answer to a cancellation.</summary>
    public TimeSpan CancelTime { get; init; }

    public static string Event(string type, string rest = "") => $"event: {type}\ndata: {{\"type\":\"{type}\"{rest}}}\n\n";

    public static string Created { get; } = Event("response.created", ",\"response\":{\"id\":\"r1\",\"conversation_id\":\"c1\"}");

    public static string Completed { get; } = Event("response.completed", ",\"response\":{\"id\":\"r1\",\"status\":\"completed\"}");

    public static string Item(string item, string change = "added") => Event($"response.output_item.{change}", $",\"item\":{item}");

    public static string Thought(int id) => $$"""{"type":"reasoning","id":"rs{{id}}"}""";

    public static string Call(int id) => $$"""
        {"type":"function_call","id":"fc{{id}}","call_id":"k{{id}}","name":"execute_sql","arguments":"{\"sql\":\"SELECT {{id}}\"}"}
        """.Trim();

    public static string Output(int id) => $$$"""
        {"type":"function_call_output","id":"fo{{{id}}}","call_id":"k{{{id}}}","metadata":{"statement_id":"st{{{id}}}"}}
        """.Trim();

    public static string Answer(string text, string id = "m1") =>
        $$"""{"type":"message","id":"{{id}}","role":"assistant","content":[{"type":"output_text","text":"{{text}}"}]}""";

    public static string Question(string text, string id = "q1") =>
        $$"""{"type":"message","id":"{{id}}","role":"user","content":[{"type":"input_text","text":"{{text}}"}]}""";

    public static string List(params string[] newestFirst) =>
        $$"""{"object":"list","data":[{{string.Join(',', newestFirst)}}],"has_more":false}""";

    public static HttpResponseMessage Error(int status, string code, string message) => new((HttpStatusCode)status)
    {
        Content = new StringContent($$"""{"error_code":"{{code}}","message":"{{message}}"}""", Encoding.UTF8, "application/json"),
    };

    /// <summary>What the stream says, by the seconds since it was asked for, and what becomes of it then.</summary>
    public StreamedSpace Says(StreamEnd end, params (double At, string Text)[] script)
    {
        (_script, _end) = (script, end);
        return this;
    }

    /// <summary>What the next question is refused with.</summary>
    public StreamedSpace Refuses(HttpResponseMessage answer)
    {
        _refusals.Enqueue(answer);
        return this;
    }

    /// <summary>Carries out a plan.</summary>
    public async Task<IReadOnlyList<QuestionResult>> Run(Plan plan)
    {
        var target = new RunTarget(new RunConnection { Name = "x", WorkspaceUrl = "https://x", SpaceId = "s1" }, _client);
        OrchestratedRun run = await _time.Drive(() => new LoadTestOrchestrator([target], plan, _options, new Deaf())
            .RunAsync(_time.GetUtcNow().UtcDateTime, null, CancellationToken.None));
        return run.Results;
    }

    /// <summary>Asks the question.</summary>
    public Task<QuestionResult> Ask(string? conversationId = null, QuestionResult? before = null, double? stopAfterSeconds = null)
    {
        async Task<QuestionResult> Start(CancellationToken stop)
        {
            var clock = new RunClock(_time, _time.GetUtcNow().UtcDateTime);
            var planned = new PlannedQuestion
            {
                Index = 1, PlannedSeconds = 0, QuestionId = "q1", Text = "How many?", Mode = QuestionMode.Agent,
                Turn = conversationId is null ? 1 : 2,
            };
            var trace = new QuestionTrace(planned, clock.Start, new CallPolicy(new SeededRandom(1)))
            {
                ConversationId = conversationId, FiredAt = clock.Start, ReadyAt = clock.Start,
            };
            Trace = trace;
            if (before is not null)
                trace.Reattach(before);
            await new QuestionRunner(_client, "s1", _options, new AnswerSigner(null))
                .RunAsync(trace, (_, status) => Seen.Add(status), stop).ConfigureAwait(false);
            return QuestionRow.Of(trace, clock);
        }
        return stopAfterSeconds is double seconds
            ? _time.DriveThenCancel(Start, seconds)
            : _time.Drive(() => Start(CancellationToken.None));
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        string path = request.RequestUri!.PathAndQuery;
        Calls.Add($"{request.Method} {path}");
        if (path.EndsWith("/cancel", StringComparison.Ordinal) && CancelTime != TimeSpan.Zero)
            await WaitAsync(_time, CancelTime, cancellationToken).ConfigureAwait(false);
        Versions.Add((request.Version, request.VersionPolicy));
        if (path.EndsWith("/cancel", StringComparison.Ordinal))
            return new HttpResponseMessage { Content = new StringContent("{}") };
        if (path.Contains("/messages/", StringComparison.Ordinal))
            return Message is null ? Error(404, "RESOURCE_DOES_NOT_EXIST", "No such message") : Json(Message);
        if (request.Method == HttpMethod.Get && Pages is not null)
            return Paged(path);
        if (request.Method == HttpMethod.Get)
            return Items is null ? Error(404, "RESOURCE_DOES_NOT_EXIST", "No such conversation") : Listed();
        Questions.Add(await request.Content!.ReadAsStringAsync(cancellationToken).ConfigureAwait(false));
        if (_refusals.TryDequeue(out HttpResponseMessage? refusal))
            return refusal;
        if (HeadSeconds > 0)
            await Task.Delay(TimeSpan.FromSeconds(HeadSeconds), _time, cancellationToken).ConfigureAwait(false);
        var content = new StreamContent(new Script(_time, _script, _end));
        content.Headers.ContentType = new MediaTypeHeaderValue(MediaType);
        return new HttpResponseMessage { Content = content, Headers = { { "x-request-id", "req-1" } } };
    }

    private static HttpResponseMessage Json(string json) => new() { Content = new StringContent(json, Encoding.UTF8, "application/json") };

    private HttpResponseMessage Paged(string path) => Json(Pages!(path.Split("&after=").ElementAtOrDefault(1)));

    private HttpResponseMessage Listed() => Items!((_time.GetUtcNow() - _time.Start).TotalSeconds) is string items
        ? Json(items)
        : Error(503, "TEMPORARILY_UNAVAILABLE", "Away");

    protected override void Dispose(bool disposing)
    {
        _client.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>
    /// A wait that ends on the thread that ends it, also where it is cancelled: that of Task.Delay would go on elsewhere, while the fake
    /// clock runs on.
    /// </summary>
    private static async Task WaitAsync(FakeTimeProvider time, TimeSpan wait, CancellationToken stop)
    {
        var over = new TaskCompletionSource();
        using CancellationTokenRegistration stops = stop.Register(() => over.TrySetCanceled(stop));
        using ITimer timer = time.CreateTimer(_ => over.TrySetResult(), null, wait, Timeout.InfiniteTimeSpan);
        await over.Task.ConfigureAwait(false);
    }

    private sealed class Deaf : IRunObserver
    {
        public ValueTask OnStarted(int index, double offsetSeconds) => default;

        public void OnAccepted(int index, string conversationId, string messageId)
        {
        }

        public void OnFinished(QuestionResult result, QuestionResponses responses)
        {
        }

        public void OnProgress(RunProgress progress)
        {
        }
    }

    /// <summary>A body that comes at its instants.</summary>
    private sealed class Script(FakeTimeProvider time, IReadOnlyList<(double At, string Text)> script, StreamEnd end) : MemoryStream
    {
        private readonly DateTimeOffset _from = time.GetUtcNow();
        private ReadOnlyMemory<byte> _left;
        private int _next;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            // Told inside the step of the clock that gives it up; whoever waits goes on later, on another thread.
            if (_left.Length == 0 && _next == script.Count)
            {
                if (end == StreamEnd.Hangs)
                    await WaitAsync(time, Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(false);
                return end == StreamEnd.Closed ? 0 : throw new IOException("The connection was reset.");
            }
            if (_left.Length == 0)
            {
                (double at, string text) = script[_next];
                TimeSpan wait = _from.AddSeconds(at) - time.GetUtcNow();
                if (wait > TimeSpan.Zero)
                    await WaitAsync(time, wait, cancellationToken).ConfigureAwait(false);
                _next++;
                _left = Encoding.UTF8.GetBytes(text);
            }
            int length = Math.Min(buffer.Length, _left.Length);
            _left[..length].CopyTo(buffer);
            _left = _left[length..];
            return length;
        }
    }
}

/// <summary>What becomes of a stream when it has said all.</summary>
public enum StreamEnd
{
    Closed,
    Reset,
    Hangs,
}
