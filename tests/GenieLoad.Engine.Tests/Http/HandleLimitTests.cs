using System.Diagnostics;
using GenieLoad.Engine.Http;
using GenieLoad.Engine.Logging;
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

    private sealed class Heard : ILogSink
    {
        public List<string> Lines { get; } = [];

        public bool IsEnabled(LogSeverity severity) => severity == LogSeverity.Warning;

        public void Write(LogEvent logEvent) => Lines.Add(logEvent.Line);
    }

    private sealed class Slow : HttpMessageHandler
    {
        private readonly SemaphoreSlim _answers = new(0);

        public void Answer(int calls = 1) => _answers.Release(calls);

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await _answers.WaitAsync(cancellationToken);
            return new HttpResponseMessage();
        }
    }

    private sealed class Broken : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            throw new HttpRequestException("broken");
    }
}
