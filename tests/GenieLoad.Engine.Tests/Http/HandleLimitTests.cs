using System.Diagnostics;
using System.Net;
using System.Text;
using GenieLoad.Engine.Credentials;
using GenieLoad.Engine.Genie;
using GenieLoad.Engine.Http;
using GenieLoad.Engine.Logging;
using GenieLoad.Engine.Randomness;
using GenieLoad.Engine.Tests.Campaign;

namespace GenieLoad.Engine.Tests.Http;

public class HandleLimitTests
{
    private static readonly Uri Remote = new("https://workspace.example");

    [Theory]
    [InlineData(null, 100, 1, HttpHandlers.MostConnections)]
    [InlineData(1024, 100, 1, 812)]
    [InlineData(1024, 100, 4, 203)]
    [InlineData(1024, 2000, 1, 1)]
    [InlineData(1_000_000, 100, 1, HttpHandlers.MostConnections)]
    public void Connections_leave_a_reserve_and_are_shared_by_the_clients(int? limit, int used, int clients, int expected) =>
        Assert.Equal(expected, HandleLimit.Connections(Remote, clients, limit, used));

    [Fact]
    public void A_simulator_in_the_same_process_has_a_handle_for_each_connection_too() =>
        Assert.Equal(406, HandleLimit.Connections(new Uri("http://127.0.0.1:80"), 1, 1024, 100));

    [Fact]
    public async Task More_workers_than_handles_finish_and_every_question_is_accounted_for()
    {
        if (!OperatingSystem.IsLinux())
            return;
        using Process child = ChildProgram.StartUnderHandleLimit(256, "handles", "300");

        string told = await child.StandardOutput.ReadToEndAsync().WaitAsync(TimeSpan.FromMinutes(5));
        await child.WaitForExitAsync();

        string[] lines = told.Trim().Split('\n');
        Assert.Equal((0, "Completed 300"), (child.ExitCode, lines[^1]));
        // 300 questions at once and fewer connections: that some waited is told, once.
        Assert.Matches(@"^WARNING: More than \d+ calls at once: further ones wait for a free connection", Assert.Single(lines[..^1]));
    }

    [Fact]
    public async Task Calls_that_wait_for_a_connection_are_told_once_and_others_never()
    {
        Heard heard = new();
        Slow network = new();
        using var http = new HttpClient(new ConnectionQueue(network, 2, new EngineLog(TimeProvider.System, heard)));

        for (int i = 0; i < 5; i++)
        {
            network.Answer();
            await http.GetAsync(Remote);
        }
        Task[] two = [http.GetAsync(Remote), http.GetAsync(Remote)];
        Assert.Empty(heard.Lines);
        Task[] more = [http.GetAsync(Remote), http.GetAsync(Remote)];
        network.Answer(4);
        await Task.WhenAll([.. two, .. more]);

        Assert.Contains("SubmitSeconds", Assert.Single(heard.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_that_fails_gives_its_place_back()
    {
        Heard heard = new();
        using var http = new HttpClient(new ConnectionQueue(new Broken(), 1, new EngineLog(TimeProvider.System, heard)));

        for (int i = 0; i < 3; i++)
            await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync(Remote));

        Assert.Empty(heard.Lines);
    }

    [Theory]
    [InlineData("1.1", false)]
    [InlineData("1.1", true)]
    [InlineData("2.0", false)]
    public async Task A_stream_holds_its_connection_until_it_is_closed(string version, bool closed)
    {
        Heard heard = new();
        Slow network = new(Version.Parse(version));
        using var http = new HttpClient(new ConnectionQueue(network, 2, new EngineLog(TimeProvider.System, heard)));
        network.Answer(3);

        for (int i = 0; i < 2; i++)
        {
            HttpResponseMessage stream = await OpenAsync(http);
            Assert.Equal("text/event-stream", stream.Content.Headers.ContentType!.MediaType);
            Assert.Equal("data: 1", await new StreamReader(await stream.Content.ReadAsStreamAsync()).ReadToEndAsync());
            if (closed)
            {
                stream.Dispose();
                stream.Dispose();
            }
        }
        Assert.Empty(heard.Lines);
        await OpenAsync(http);

        if (version == "1.1" && !closed)
            Assert.Contains("AcknowledgedSeconds", Assert.Single(heard.Lines), StringComparison.Ordinal);
        else
            Assert.Empty(heard.Lines);
    }

    [Fact]
    public async Task A_body_that_is_closed_twice_gives_its_connection_back_once()
    {
        int released = 0;
        StringContent inner = new("data: 1");
        var body = new HeldContent(inner, () => released++);

        body.Dispose();
        body.Dispose();

        Assert.Equal(1, released);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => inner.ReadAsStringAsync());
    }

    [Fact]
    public async Task The_engine_s_own_streams_are_such()
    {
        HttpRequestMessage sent = await SentByAsync(async (client, calls) =>
            (await client.CreateResponseAsync("s1", null, "How many?", calls, CancellationToken.None)).Dispose());

        Assert.IsType<StreamRequest>(sent);
    }

    [Fact]
    public async Task No_other_call_of_the_engine_is_a_stream()
    {
        // What comes back is no message.
        HttpRequestMessage sent = await SentByAsync((client, calls) => Assert.ThrowsAsync<ApiException>(
            () => client.GetMessageAsync("s1", "c1", "m1", calls, CancellationToken.None)));

        Assert.IsType<HttpRequestMessage>(sent);
        Assert.Equal(HttpVersion.Version11, sent.Version);
    }

    /// <summary>What a call of the engine sends; it is tried once.</summary>
    private static async Task<HttpRequestMessage> SentByAsync(Func<GenieApiClient, CallPolicy, Task> call)
    {
        HttpRequestMessage? sent = null;
        using var client = new GenieApiClient(
            Remote, TokenCredential.Create("dapi-0123456789abcdef0123456789abcdef", "test"),
            handler: new Looking(request => sent = request));
        await call(client, new CallPolicy(new SeededRandom(1)) { Deadline = 0 });
        return sent!;
    }

    private static Task<HttpResponseMessage> OpenAsync(HttpClient http) =>
        http.SendAsync(new StreamRequest(HttpMethod.Post, Remote), HttpCompletionOption.ResponseHeadersRead);

    private sealed class Looking(Action<HttpRequestMessage> look) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            look(request);
            return Task.FromResult(new HttpResponseMessage());
        }
    }

    private sealed class Heard : ILogSink
    {
        public List<string> Lines { get; } = [];

        public bool IsEnabled(LogSeverity severity) => severity == LogSeverity.Warning;

        public void Write(LogEvent logEvent) => Lines.Add(logEvent.Line);
    }

    private sealed class Slow(Version? version = null) : HttpMessageHandler
    {
        private readonly SemaphoreSlim _answers = new(0);

        public void Answer(int calls = 1) => _answers.Release(calls);

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await _answers.WaitAsync(cancellationToken);
            return new HttpResponseMessage
            {
                Version = version ?? HttpVersion.Version11, Content = new StringContent("data: 1", Encoding.UTF8, "text/event-stream"),
            };
        }
    }

    private sealed class Broken : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            throw new HttpRequestException("broken");
    }
}
