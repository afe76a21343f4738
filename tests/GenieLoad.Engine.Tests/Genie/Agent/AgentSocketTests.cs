using System.IO.Compression;
using System.Text;
using GenieLoad.Engine.Credentials;
using GenieLoad.Engine.Genie;
using GenieLoad.Engine.Http;
using GenieLoad.Engine.Randomness;
using GenieLoad.Engine.Running;
using GenieLoad.Model;
using Microsoft.Extensions.Time.Testing;
using static GenieLoad.Engine.Tests.Running.Ways.StreamedSpace;

namespace GenieLoad.Engine.Tests.Genie.Agent;

/// <summary>
/// Streams over real sockets, through the network's own handler. The engine's clock stands still unless a test moves it: nothing ends
/// because the machine is slow.
/// </summary>
public sealed class AgentSocketTests
{
    private static readonly string Answered = List(Answer("42."), Question("How many?"));

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 29, 12, 0, 0, TimeSpan.Zero));
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<string> _seen = [];

    [Fact]
    public async Task A_compressed_stream_is_heard_event_by_event()
    {
        using var server = new EventServer(async connection =>
        {
            await connection.BeginAsync("Content-Encoding: gzip\r\n");
            using MemoryStream bytes = new();
            await using GZipStream zip = new(bytes, CompressionLevel.Optimal, leaveOpen: true);
            async Task SayAsync(string text)
            {
                bytes.SetLength(0);
                await zip.WriteAsync(Encoding.UTF8.GetBytes(text));
                await zip.FlushAsync();
                await connection.ChunkAsync(bytes.ToArray());
            }
            // Each is sent only when the one before it has been heard.
            await SayAsync(Created);
            await Seen(AgentStatus.Thinking);
            await SayAsync(Item(Call(1)));
            await Seen(AgentStatus.RunningSql);
            await SayAsync(Item(Answer("42.")));
            await Seen(AgentStatus.Writing);
            await SayAsync(Completed);
        });

        QuestionTrace trace = await AskAsync(server);

        Assert.Equal((Outcome.Completed, 0), (trace.Outcome, trace.Polls));
        Assert.Equal("42.", trace.Message!.Attachments![^1].Text!.Content);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_stream_whose_connection_breaks_is_looked_up(bool reset)
    {
        using var server = new EventServer(
            async connection =>
            {
                await connection.BeginAsync();
                await connection.ChunkAsync(Created);
                await Seen(AgentStatus.Thinking);
                connection.Close(reset);
            },
            Answered);

        Task<QuestionTrace> asked = AskAsync(server);
        await PassedAsync(asked);

        QuestionTrace trace = await asked;
        Assert.Equal((Outcome.Completed, 1), (trace.Outcome, server.Questions));
        Assert.True(trace.Polls > 1);
    }

    [Fact]
    public async Task A_silent_stream_is_given_up_closed_and_looked_up()
    {
        using var server = new EventServer(
            async connection =>
            {
                await connection.BeginAsync();
                await connection.ChunkAsync(Created);
                await ClosedAsync(connection);
            },
            Answered);
        Task<QuestionTrace> asked = AskAsync(server);
        await Seen(AgentStatus.Thinking);

        _time.Advance(TimeSpan.FromSeconds(29));
        Assert.False(_closed.Task.IsCompleted);
        await PassedAsync(asked);

        QuestionTrace trace = await asked;
        Assert.Equal((Outcome.Completed, 1), (trace.Outcome, server.Questions));
        Assert.True(trace.Polls > 1);
        await _closed.Task.WaitAsync(TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task After_the_last_event_the_connection_is_closed_though_the_service_keeps_it_open()
    {
        using var server = new EventServer(async connection =>
        {
            await connection.BeginAsync();
            await connection.ChunkAsync(Created + Item(Answer("42.")) + Completed);
            await ClosedAsync(connection);
        });

        Assert.Equal(Outcome.Completed, (await AskAsync(server, () => _closed.Task)).Outcome);
    }

    [Fact]
    public async Task A_stop_closes_the_connection()
    {
        using var server = new EventServer(async connection =>
        {
            await connection.BeginAsync();
            await connection.ChunkAsync(Created);
            await ClosedAsync(connection);
        });
        using var stop = new CancellationTokenSource();
        Task<QuestionTrace> asked = AskAsync(server, () => _closed.Task, stop.Token);
        await Seen(AgentStatus.Thinking);

        await stop.CancelAsync();

        Assert.Equal(Outcome.Interrupted, (await asked).Outcome);
    }

    /// <summary>Lets time pass, a little at each look: what is looked up has to stay as it is for a while.</summary>
    private Task PassedAsync(Task asked) => Wait.Until(() =>
    {
        _time.Advance(TimeSpan.FromSeconds(0.1));
        return asked.IsCompleted;
    });

    private async Task ClosedAsync(EventServer.Connection connection)
    {
        await connection.ClosedAsync();
        _closed.TrySetResult();
    }

    private Task Seen(string status) => Wait.Until(() =>
    {
        lock (_seen)
            return _seen.Contains(status);
    });

    /// <summary>Asks the question, and keeps the client until something has happened after its end.</summary>
    private async Task<QuestionTrace> AskAsync(EventServer server, Func<Task>? after = null, CancellationToken stop = default)
    {
        using var client = new GenieApiClient(
            server.Address, TokenCredential.Create("dapi-0123456789abcdef0123456789abcdef", "test"), new GenieClientOptions(), _time);
        var planned = new PlannedQuestion
        {
            Index = 1, PlannedSeconds = 0, QuestionId = "q1", Text = "How many?", Mode = QuestionMode.Agent,
        };
        var trace = new QuestionTrace(planned, _time.GetTimestamp(), new CallPolicy(new SeededRandom(1)));
        var options = new LoadTestOptions { StreamIdleSeconds = 30 };
        void Keep(QuestionTrace of, string status)
        {
            lock (_seen)
                _seen.Add(status);
        }
        await new QuestionRunner(client, "s1", options, new AnswerSigner(null)).RunAsync(trace, Keep, stop)
            .WaitAsync(TimeSpan.FromMinutes(2), CancellationToken.None);
        if (after is not null)
            await after().WaitAsync(TimeSpan.FromMinutes(1), CancellationToken.None);
        return trace;
    }
}
