using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using GenieLoad.Engine.Simulation;
using GenieLoad.Engine.Simulation.Records;
using GenieLoad.Model;
using static GenieLoad.Engine.Tests.Simulation.SimulatorFixture;

namespace GenieLoad.Engine.Tests.Simulation.Transport;

/// <summary>Streams over both transports: what a client sees must be the same.</summary>
public sealed class AgentTransportTests
{
    private static readonly SimulatorOptions Fast = Steady with { TimeScale = 100, AgentKeepAliveSeconds = 0 };

    // Accepts in a tenth of a second, and then thinks for longer than a test lasts.
    private static readonly SimulatorOptions Slow = Steady with { TimeScale = 10, AgentThinkingSeconds = 3600, AgentKeepAliveSeconds = 0 };

    public static TheoryData<bool> Transports => [false, true];

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task A_turn_streams_to_its_end_and_the_connection_serves_the_next(bool network)
    {
        using GenieSimulator simulator = GenieSimulator.Start(Fast with { TimeScale = 20, AgentKeepAliveSeconds = 2 });
        using HttpClient client = Client(simulator, network);
        AgentReading first = await AskAsync(simulator, client, "Revenue by region?");
        AgentReading second = await AskAsync(simulator, client, "And by product?", first.ConversationId);
        Assert.Equal([null, null], (Exception?[])[first.Trouble, second.Trouble]);
        Assert.Equal(["response.completed", "response.completed"], (string[])[first.LastType, second.LastType]);
        Assert.Contains(first.Frames, frame => frame.Type == ":");
        foreach ((AgentReading reading, SimulatedMessage truth) in new[] { first, second }.Zip(simulator.Record.Messages))
        {
            Assert.Equal(
                truth.Events.Skip(1).SkipLast(1).Select(one => one.ItemId),
                reading.Added.Select(frame => frame.Item.GetProperty("id").GetString()));
            Assert.All(truth.Events, one => Assert.True(one.DeliveredAt!.Value.Timestamp >= one.DueAt.Timestamp));
        }
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task The_head_says_that_a_stream_follows_and_comes_before_it(bool network)
    {
        using GenieSimulator simulator = GenieSimulator.Start(Steady with { AgentAcknowledgeSeconds = 3600 });
        using HttpClient client = Client(simulator, network);
        using HttpResponseMessage response = await AgentClient.PostAsync(client, simulator.SpaceId, AgentClient.Body("Why?"));
        Assert.Equal(200, (int)response.StatusCode);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        Assert.True(response.Headers.TransferEncodingChunked);
        Assert.Null(response.Content.Headers.ContentLength);
        Assert.Null(simulator.Record.Messages[0].AcceptanceDeliveredAt);
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task A_reader_that_leaves_frees_its_connection_and_the_turn_goes_on(bool network)
    {
        using GenieSimulator simulator = GenieSimulator.Start(Slow);
        using HttpClient client = Client(simulator, network);
        using (HttpResponseMessage response = await AgentClient.PostAsync(client, simulator.SpaceId, AgentClient.Body("Why?")))
        {
            using Stream body = await response.Content.ReadAsStreamAsync();
            Assert.True(await body.ReadAsync(new byte[4096]) > 0);
        }

        await Wait.Until(() => simulator.Record.Calls[0].CompletedAt is not null);
        SimulatedMessage truth = Assert.Single(simulator.Record.Messages);
        Assert.Equal((MessageStatus.Completed, null), (truth.FinalStatus, truth.EndDeliveredAt));
        Assert.NotNull(truth.AcceptanceDeliveredAt);
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task A_cancel_reaches_a_reader_that_waits(bool network)
    {
        using GenieSimulator simulator = GenieSimulator.Start(Slow);
        using HttpClient client = Client(simulator, network);
        AgentReading reading = await AgentClient.AskAsync(
            client, simulator.SpaceId, AgentClient.Body("Why?"), TimeProvider.System, async frame =>
            {
                if (frame.Type != "response.created")
                    return;
                string id = frame.Response.GetProperty("id").GetString()!;
                using HttpResponseMessage cancelled = await client.PostAsync(
                    new Uri($"/api/2.0/genie/agents/{simulator.SpaceId}/responses/{id}/cancel", UriKind.Relative), null);
                Assert.Equal(200, (int)cancelled.StatusCode);
            });
        Assert.Equal(["response.created", "response.cancelled"], reading.Frames.Select(frame => frame.Type));
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task A_reset_comes_after_some_event_and_the_turn_goes_on(bool network)
    {
        using GenieSimulator simulator = GenieSimulator.Start(Fast with { BodyResetShare = 1 });
        using HttpClient client = Client(simulator, network);
        HashSet<int> lengths = [];
        for (int i = 0; i < 6; i++)
        {
            AgentReading reading = await AskAsync(simulator, client, $"Question {i}?");
            Assert.IsAssignableFrom<IOException>(reading.Trouble);
            Assert.Equal(SocketError.ConnectionReset, Assert.IsType<SocketException>(reading.Trouble!.GetBaseException()).SocketErrorCode);
            Assert.Equal("response.created", reading.Frames[0].Type);
            Assert.DoesNotContain(reading.Frames, frame => frame.Type == "response.completed");
            lengths.Add(reading.Frames.Count);
            SimulatedMessage truth = simulator.Record.Messages[i];
            Assert.Equal((SimulatedFault.BodyReset, MessageStatus.Completed), (truth.AskFault, truth.FinalStatus));
            Assert.Equal(SimulatedFault.BodyReset, simulator.Record.Calls[i].Fault);
            Assert.NotNull(truth.AcceptanceDeliveredAt);
            Assert.Equal(reading.Added.Count() + 1, truth.Events.Count(one => one.DeliveredAt is not null));
        }

        Assert.True(lengths.Count > 1, "Not always after the same event.");
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task A_truncated_stream_ends_after_an_item_and_the_items_come_all_the_same(bool network)
    {
        using GenieSimulator simulator = GenieSimulator.Start(Fast with { AgentTruncatedShare = 1 });
        using HttpClient client = Client(simulator, network);
        AgentReading reading = await AskAsync(simulator, client, "Revenue by region?");
        Assert.Null(reading.Trouble);
        Assert.Equal("response.output_item.done", reading.LastType);
        SimulatedMessage truth = simulator.Record.Messages[0];
        Assert.Equal((SimulatedFault.None, MessageStatus.Completed, null), (truth.AskFault, truth.FinalStatus, truth.EndDeliveredAt));
        Uri path = new(
            $"/api/2.0/genie/agents/{simulator.SpaceId}/conversations/{reading.ConversationId}/items?limit=100", UriKind.Relative);
        await Wait.Until(() => DateTime.UtcNow > truth.CompletedAt.Utc.AddSeconds(1));
        JsonElement items = JsonDocument.Parse(await client.GetStringAsync(path)).RootElement.GetProperty("data");
        Assert.Equal(truth.Events.Count - 1, items.GetArrayLength());
        Assert.Equal("assistant", items[items.GetArrayLength() - 1].GetProperty("role").GetString());
    }

    [Fact]
    public async Task The_data_of_one_event_stops_in_the_middle()
    {
        using var fixture = new SimulatorFixture(Steady with { MalformedJsonShare = 1 });
        List<string> places = [];
        for (int i = 0; i < 40; i++)
        {
            AgentReading reading = await fixture.AgentAsync($"Question {i}?");
            int[] broken = [.. Enumerable.Range(0, reading.Frames.Count).Where(n => !IsJson(reading.Frames[n].Data))];
            places.Add(reading.Frames[Assert.Single(broken)].Type);
            SimulatedMessage truth = fixture.Simulator.Record.Messages[i];
            Assert.Equal(broken[0] == 0, truth.AcceptanceDeliveredAt is null);
            Assert.Equal(broken[0] == reading.Frames.Count - 1, truth.EndDeliveredAt is null);
        }

        Assert.Equal(
            ["response.completed", "response.created", "response.output_item.added"], places.Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Calls_fail_before_the_stream_as_others_do()
    {
        using var fixture = new SimulatorFixture(
            Steady with { ServerErrorShare = 0.25, HtmlErrorShare = 0.25, SlowBodyShare = 0.25, ServerErrorRetryAfterSeconds = null });
        List<(int Status, SimulatedFault Fault, bool Accepted)> seen = [];
        for (int i = 0; i < 60; i++)
        {
            using HttpResponseMessage response = await AgentClient.PostAsync(
                fixture.Client, fixture.Simulator.SpaceId, AgentClient.Body($"Question {i}?"));
            SimulatedCall call = fixture.Simulator.Record.Calls[i];
            seen.Add(((int)response.StatusCode, call.Fault, call.Accepted));
        }

        Assert.Equal([200, 502, 503], seen.Select(one => one.Status).Distinct().Order());
        Assert.All(seen, one => Assert.Equal(one.Status == 200, one.Fault == SimulatedFault.None));
        Assert.Contains(seen, one => one is { Status: 502, Accepted: true });
        Assert.Contains(seen, one => one is { Status: 502, Accepted: false });
        Assert.All(
            fixture.Simulator.Record.Messages.Where(message => message.AskFault is SimulatedFault.HtmlError or SimulatedFault.ServerError),
            message => Assert.Null(message.AcceptanceDeliveredAt));
    }

    [Fact]
    public async Task Each_event_is_a_chunk_of_its_own()
    {
        using GenieSimulator simulator = GenieSimulator.Start(Fast with { TextOnlyShare = 1 });
        string body = AgentClient.Body("Why?");
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(System.Net.IPAddress.Loopback, simulator.Uri.Port);
        await socket.SendAsync(Encoding.ASCII.GetBytes(
            $"POST /api/2.0/genie/agents/{simulator.SpaceId}/responses HTTP/1.1\r\nAuthorization: Bearer {simulator.Token}\r\n"
            + $"Content-Length: {body.Length}\r\nConnection: close\r\n\r\n{body}"));
        using var reader = new StreamReader(new NetworkStream(socket), Encoding.UTF8);
        string answer = await reader.ReadToEndAsync();
        string head = answer[..answer.IndexOf("\r\n\r\n", StringComparison.Ordinal)];
        Assert.Contains("Content-Type: text/event-stream", head, StringComparison.Ordinal);
        Assert.Contains("Transfer-Encoding: chunked", head, StringComparison.Ordinal);
        Assert.DoesNotContain("Content-Length", head, StringComparison.Ordinal);
        Assert.Equal(6, answer.Split("\n\n\r\n").Length - 1);
        Assert.EndsWith("\r\n0\r\n\r\n", answer, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task A_simulator_that_stops_ends_its_streams(bool network)
    {
        GenieSimulator simulator = GenieSimulator.Start(Fast with { AgentThinkingSeconds = 100 });
        using HttpClient client = Client(simulator, network);
        AgentReading reading = await AgentClient.AskAsync(
            client, simulator.SpaceId, AgentClient.Body("Why?"), TimeProvider.System, _ =>
            {
                simulator.Dispose();
                return Task.CompletedTask;
            });
        Assert.IsAssignableFrom<IOException>(reading.Trouble);
        Assert.Equal("response.created", Assert.Single(reading.Frames).Type);
    }

    private static bool IsJson(string text)
    {
        try
        {
            JsonDocument.Parse(text).Dispose();
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static Task<AgentReading> AskAsync(GenieSimulator simulator, HttpClient client, string question, string? conversation = null) =>
        AgentClient.AskAsync(client, simulator.SpaceId, AgentClient.Body(question, conversation), TimeProvider.System);

    private static HttpClient Client(GenieSimulator simulator, bool network)
    {
        var client = network
            ? new HttpClient { BaseAddress = simulator.Uri }
            : new HttpClient(simulator.CreateHandler()) { BaseAddress = simulator.Uri };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", simulator.Token);
        return client;
    }
}
