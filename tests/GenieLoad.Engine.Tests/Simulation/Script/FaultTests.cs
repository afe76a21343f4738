using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json;
using GenieLoad.Engine.Simulation;
using GenieLoad.Engine.Simulation.Records;
using static GenieLoad.Engine.Tests.Simulation.SimulatorFixture;

namespace GenieLoad.Engine.Tests.Simulation.Script;

public sealed class FaultTests
{
    /// <summary>Over both transports: what a client sees must be the same.</summary>
    public static TheoryData<bool> Transports => [false, true];

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task A_reset_before_the_answer_is_a_request_exception_of_a_reset_connection(bool network)
    {
        using GenieSimulator simulator = GenieSimulator.Start(Steady with { ResetShare = 1 });
        using HttpClient client = Client(simulator, network);
        HttpRequestException exception = await Assert.ThrowsAsync<HttpRequestException>(
            () => client.GetAsync(new Uri("/api/2.0/genie/spaces", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead));
        Assert.Null(exception.StatusCode);
        Assert.Equal(SocketError.ConnectionReset, SocketErrorOf(exception));
        Assert.IsType<IOException>(exception.InnerException);
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task A_reset_in_the_body_comes_after_the_head_and_half_of_the_bytes(bool network)
    {
        using GenieSimulator simulator = GenieSimulator.Start(Steady with { BodyResetShare = 1 });
        using HttpClient client = Client(simulator, network);
        using HttpResponseMessage response = await client.GetAsync(
            new Uri("/api/2.0/genie/spaces", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(200, (int)response.StatusCode);
        long length = response.Content.Headers.ContentLength!.Value;
        using Stream body = await response.Content.ReadAsStreamAsync();
        byte[] bytes = new byte[length];
        int read = 0;
        Exception? exception = await Record.ExceptionAsync(async () =>
        {
            for (int n; (n = await body.ReadAsync(bytes.AsMemory(read))) > 0; read += n)
            {
            }
        });
        Assert.IsAssignableFrom<IOException>(exception);
        Assert.Equal(SocketError.ConnectionReset, SocketErrorOf(exception!));
        Assert.Equal(length / 2, read);
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task A_buffered_read_of_a_cut_body_is_a_request_exception(bool network)
    {
        using GenieSimulator simulator = GenieSimulator.Start(Steady with { BodyResetShare = 1 });
        using HttpClient client = Client(simulator, network);
        HttpRequestException exception = await Assert.ThrowsAsync<HttpRequestException>(
            () => client.GetStringAsync(new Uri("/api/2.0/genie/spaces", UriKind.Relative)));
        Assert.Equal(SocketError.ConnectionReset, SocketErrorOf(exception));
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task A_slow_body_arrives_whole(bool network)
    {
        using GenieSimulator simulator = GenieSimulator.Start(Steady with { SlowBodyShare = 1, SlowBodySeconds = 0.05 });
        using HttpClient client = Client(simulator, network);
        string body = await client.GetStringAsync(new Uri("/api/2.0/genie/spaces", UriKind.Relative));
        Assert.Equal(simulator.SpaceId, JsonDocument.Parse(body).RootElement.GetProperty("spaces")[0].GetProperty("space_id").GetString());
        SimulatedCall call = Assert.Single(simulator.Record.Calls);
        Assert.True((call.CompletedAt!.Value.Utc - call.ArrivedAt.Utc).TotalSeconds >= 0.05);
    }

    [Fact]
    public async Task A_slow_body_takes_its_time_on_the_clock()
    {
        using var fixture = new SimulatorFixture(Steady with { SlowBodyShare = 1, SlowBodySeconds = 5 });
        Task<Answer> answer = fixture.GetAsync(fixture.SpacePath);
        for (int i = 0; i < 49; i++)
        {
            fixture.Advance(0.1);
            await LetOthersRun();
        }

        Assert.False(answer.IsCompleted);
        while (!answer.IsCompleted)
        {
            fixture.Advance(0.1);
            await LetOthersRun();
        }

        Assert.Equal(200, (await answer).Status);
    }

    [Fact]
    public async Task Malformed_json_is_a_200_that_stops_in_the_middle()
    {
        using var fixture = new SimulatorFixture(Steady with { MalformedJsonShare = 1 });
        Answer answer = await fixture.GetAsync(fixture.SpacePath);
        Assert.Equal(200, answer.Status);
        Assert.ThrowsAny<JsonException>(() => JsonDocument.Parse(answer.Body));
    }

    [Fact]
    public async Task A_html_error_is_a_page_and_no_json()
    {
        using var fixture = new SimulatorFixture(Steady with { HtmlErrorShare = 1 });
        Answer answer = await fixture.GetAsync(fixture.SpacePath);
        Assert.Equal((502, "text/html"), (answer.Status, answer.Response.Content.Headers.ContentType?.MediaType));
        Assert.Contains("<title>502 Bad Gateway</title>", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_503_without_Retry_After_is_a_gateway_s_and_accepts_half_of_the_questions()
    {
        using var fixture = new SimulatorFixture(
            Steady with { ServerErrorShare = 1, ServerErrorStatus = 503, ServerErrorRetryAfterSeconds = null });
        for (int i = 0; i < 40; i++)
        {
            Answer answer = await fixture.StartAsync($"Question {i}");
            Assert.Equal((503, "text/plain"), (answer.Status, answer.Response.Content.Headers.ContentType?.MediaType));
            Assert.False(answer.Response.Headers.Contains("Retry-After"));
        }

        Assert.InRange(fixture.Simulator.Record.QuestionCount, 8, 32);
    }

    [Fact]
    public async Task A_503_with_Retry_After_never_accepts_a_question()
    {
        using var fixture = new SimulatorFixture(
            Steady with { ServerErrorShare = 1, ServerErrorStatus = 503, ServerErrorRetryAfterSeconds = 20, TimeScale = 10 });
        for (int i = 0; i < 20; i++)
        {
            Answer answer = await fixture.StartAsync($"Question {i}");
            Assert.Equal((503, "TEMPORARILY_UNAVAILABLE"), (answer.Status, answer.Text("error_code")));
            Assert.Equal("2", answer.Response.Headers.GetValues("Retry-After").Single());
        }

        Assert.Equal(0, fixture.Simulator.Record.QuestionCount);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(504)]
    public async Task Another_server_error_hides_about_half_of_the_accepted_questions_and_the_record_says_which(int status)
    {
        using var fixture = new SimulatorFixture(Steady with { ServerErrorShare = 1, ServerErrorStatus = status });
        for (int i = 0; i < 200; i++)
            Assert.Equal(status, (await fixture.StartAsync($"Question {i}")).Status);

        SimulatorRecord record = fixture.Simulator.Record;
        Assert.InRange(record.QuestionCount, 70, 130);
        Assert.Equal(record.QuestionCount, record.Calls.Count(call => call.Accepted));
        Assert.All(record.Messages, message => Assert.Equal(SimulatedFault.ServerError, message.AskFault));
        Assert.All(record.Messages, message => Assert.Null(message.AcceptanceDeliveredAt));
    }

    [Fact]
    public async Task Resets_of_questions_happen_before_and_after_acceptance()
    {
        using var fixture = new SimulatorFixture(Steady with { ResetShare = 1 });
        for (int i = 0; i < 200; i++)
            await Assert.ThrowsAsync<HttpRequestException>(() => fixture.StartAsync($"Question {i}"));
        SimulatorRecord record = fixture.Simulator.Record;
        Assert.InRange(record.QuestionCount, 70, 130);
        Assert.Equal(200, record.CountOf(SimulatedOperation.StartConversation, status: 0));
        Assert.Equal(record.Messages.Select(m => m.Question), record.Calls.Where(call => call.Accepted).Select(call => call.Question));
    }

    [Fact]
    public async Task Shares_hold_over_many_calls()
    {
        using var fixture = new SimulatorFixture(Steady with { ServerErrorShare = 0.2, MalformedJsonShare = 0.1 });
        for (int i = 0; i < 1000; i++)
            await fixture.GetAsync(fixture.SpacePath);
        ILookup<SimulatedFault, SimulatedCall> calls = fixture.Simulator.Record.Calls.ToLookup(call => call.Fault);
        Assert.InRange(calls[SimulatedFault.ServerError].Count(), 160, 240);
        Assert.InRange(calls[SimulatedFault.MalformedJson].Count(), 70, 130);
        Assert.Equal(1000 - calls[SimulatedFault.None].Count(), fixture.Simulator.Record.FaultCount);
    }

    [Fact]
    public async Task A_planned_freeze_holds_calls_back_while_messages_go_on()
    {
        using var fixture = new SimulatorFixture(Steady with { FreezeAtSeconds = 5, FreezeForSeconds = 10 });
        string path = await fixture.AskAsync("Revenue by region?");
        fixture.Advance(6);
        Task<Answer> poll = fixture.GetAsync(path);
        fixture.Advance(8.9);
        await LetOthersRun();
        Assert.False(poll.IsCompleted);
        fixture.Advance(0.1);
        Assert.Equal("COMPLETED", (await poll).Text("status"));
        SimulatedCall call = fixture.Simulator.Record.Calls.Single(c => c.Operation == SimulatedOperation.GetMessage);
        Assert.Equal(9, (call.CompletedAt!.Value.Utc - call.ArrivedAt.Utc).TotalSeconds, 6);
    }

    [Fact]
    public async Task A_freeze_on_demand_begins_at_once()
    {
        using var fixture = new SimulatorFixture();
        fixture.Simulator.Freeze(TimeSpan.FromSeconds(3));
        Task<Answer> space = fixture.GetAsync(fixture.SpacePath);
        fixture.Advance(2.9);
        await LetOthersRun();
        Assert.False(space.IsCompleted);
        fixture.Advance(0.1);
        Assert.Equal(200, (await space).Status);
    }

    /// <summary>Each option is within its range; a timer waits 49 days at most.</summary>
    [Fact]
    public async Task A_freeze_of_a_hundred_days_holds_for_a_hundred_days()
    {
        using var fixture = new SimulatorFixture(Steady with { TimeScale = 0.01, FreezeAtSeconds = 0, FreezeForSeconds = 86_400 });
        Task<Answer> space = fixture.GetAsync(fixture.SpacePath);
        for (int day = 0; day < 99; day++)
            fixture.Advance(86_400);
        await LetOthersRun();
        Assert.False(space.IsCompleted);
        fixture.Advance(86_401);
        Assert.Equal(200, (await space).Status);
    }

    [Fact]
    public async Task A_freeze_without_end_lies_ahead_and_not_in_the_past()
    {
        using var fixture = new SimulatorFixture();
        fixture.Simulator.Freeze(TimeSpan.MaxValue);

        Task<Answer> space = fixture.GetAsync(fixture.SpacePath);
        fixture.Advance(300 * 86_400);
        await LetOthersRun();

        Assert.False(space.IsCompleted);
    }

    [Fact]
    public async Task The_slowest_and_widest_latencies_are_long_and_never_below_zero()
    {
        using var fixture = new SimulatorFixture(new SimulatorOptions
        {
            TimeScale = 0.01, LatencySpread = 3, SubmittedSeconds = 3600, FetchingMetadataSeconds = 3600, FilteringContextSeconds = 3600,
            AskingAiSeconds = 3600, PendingWarehouseSeconds = 3600, ExecutingQuerySeconds = 3600, CallSeconds = 3600,
        });
        Task<Answer>[] asked = [.. Enumerable.Range(0, 200).Select(i => fixture.StartAsync($"Revenue {i}?"))];

        for (int day = 0; day < 31; day++)
            fixture.Advance(86_400);
        await Task.WhenAll(asked);

        Assert.All(fixture.Simulator.Record.Messages, message =>
            Assert.InRange((message.CompletedAt.Utc - message.AcceptedAt.Utc).TotalDays, 0.001, 9 * 30));
        Assert.All(fixture.Simulator.Record.Calls, call =>
            Assert.InRange((call.CompletedAt!.Value.Utc - call.ArrivedAt.Utc).TotalDays, 0, 32));
    }

    [Fact]
    public async Task Calls_take_their_time()
    {
        using var fixture = new SimulatorFixture(Steady with { CallSeconds = 2, TimeScale = 4 });
        Task<Answer> space = fixture.GetAsync(fixture.SpacePath);
        fixture.Advance(0.49);
        await LetOthersRun();
        Assert.False(space.IsCompleted);
        fixture.Advance(0.01);
        Assert.Equal(200, (await space).Status);
    }

    [Fact]
    public async Task A_waiting_call_can_be_cancelled()
    {
        using var fixture = new SimulatorFixture(Steady with { CallSeconds = 100 });
        using var cancellation = new CancellationTokenSource();
        Task<HttpResponseMessage> call = fixture.Client.GetAsync(fixture.SpacePath, cancellation.Token);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    private static HttpClient Client(GenieSimulator simulator, bool network)
    {
        HttpMessageHandler handler = network ? new SocketsHttpHandler() : simulator.CreateHandler();
        var client = new HttpClient(handler) { BaseAddress = simulator.Uri };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", simulator.Token);
        return client;
    }

    private static SocketError? SocketErrorOf(Exception exception)
    {
        for (Exception? inner = exception; inner is not null; inner = inner.InnerException)
        {
            if (inner is SocketException socket)
                return socket.SocketErrorCode;
        }

        return null;
    }

    // Continuations that left the test's synchronisation context get a turn.
    private static async Task LetOthersRun()
    {
        for (int i = 0; i < 20; i++)
            await Task.Yield();
    }
}
