using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using GenieLoad.Engine.Simulation;

namespace GenieLoad.Engine.Tests.Simulation.Transport;

public sealed class LoopbackServerTests : IDisposable
{
    private readonly GenieSimulator _simulator = GenieSimulator.Start(SimulatorFixture.Steady with { TimeScale = 1000 });

    public void Dispose() => _simulator.Dispose();

    [Theory]
    [InlineData("garbage\r\n\r\n", 400)]
    [InlineData("GET /\r\n\r\n", 400)]
    [InlineData("get / HTTP/1.1\r\n\r\n", 400)]
    [InlineData("GET / HTTP/2.0\r\n\r\n", 505)]
    [InlineData("GET / FTP/1.1\r\n\r\n", 400)]
    [InlineData("GET http://elsewhere/ HTTP/1.1\r\n\r\n", 400)]
    [InlineData("GET / HTTP/1.1\r\nno colon\r\n\r\n", 400)]
    [InlineData("GET / HTTP/1.1\r\nname : value\r\n\r\n", 400)]
    [InlineData("GET / HTTP/1.1\r\nA: b\r\n folded\r\n\r\n", 400)]
    [InlineData("POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n", 400)]
    [InlineData("POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab", 400)]
    [InlineData("POST / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400)]
    [InlineData("POST / HTTP/1.1\r\nContent-Length: 99999999999\r\n\r\n", 413)]
    [InlineData("POST / HTTP/1.1\r\nTransfer-Encoding: gzip\r\n\r\n", 501)]
    [InlineData("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n", 400)]
    [InlineData("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n7fffffff\r\n", 413)]
    [InlineData("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nabcd\r\n", 400)]
    [InlineData("POST / HTTP/1.1\r\nExpect: miracles\r\n\r\n", 417)]
    public async Task Bad_requests_get_their_status_and_the_connection_ends(string request, int status)
    {
        string answer = await ExchangeAsync(request);
        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
        Assert.Contains("Connection: close", answer, StringComparison.Ordinal);
        Assert.Equal(200, await GetSpaceAsync());
    }

    [Fact]
    public async Task Heads_that_never_end_are_refused()
    {
        string large = new('x', 50_000);
        Assert.StartsWith("HTTP/1.1 431 ", await ExchangeAsync($"GET / HTTP/1.1\r\nA: {large}\r\n\r\n"), StringComparison.Ordinal);
        string many = string.Concat(Enumerable.Range(0, 200).Select(i => $"H{i}: x\r\n"));
        Assert.StartsWith("HTTP/1.1 431 ", await ExchangeAsync($"GET / HTTP/1.1\r\n{many}\r\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pipelined_requests_are_answered_in_order_on_one_connection()
    {
        string get = $"GET /api/2.0/genie/spaces HTTP/1.1\r\nAuthorization: Bearer {_simulator.Token}\r\n\r\n";
        string none = "GET /none HTTP/1.1\r\n\r\n";
        string last = "GET /none HTTP/1.1\r\nConnection: close\r\n\r\n";
        string answer = await ExchangeAsync(get + none + "\r\n" + get + last);
        Assert.Equal([200, 401, 200, 401], StatusesOf(answer));
    }

    [Fact]
    public async Task A_request_may_come_byte_by_byte()
    {
        using Socket socket = await ConnectAsync();
        foreach (byte b in Encoding.ASCII.GetBytes("GET /none HTTP/1.1\r\nConnection: close\r\n\r\n"))
            await socket.SendAsync(new[] { b });
        Assert.StartsWith("HTTP/1.1 401 ", await ReadToEndAsync(socket), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_chunked_body_is_put_together()
    {
        string head = $"POST /api/2.0/genie/spaces/{_simulator.SpaceId}/start-conversation HTTP/1.1\r\n"
            + $"Authorization: Bearer {_simulator.Token}\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n";
        string answer = await ExchangeAsync(head + "d;note=x\r\n{\"content\": \"\r\n4\r\nWhy?\r\n2\r\n\"}\r\n0\r\nTrailer: x\r\n\r\n");
        Assert.Equal([200], StatusesOf(answer));
        Assert.Equal("Why?", _simulator.Record.Messages.Single().Question);
    }

    [Fact]
    public async Task A_client_that_waits_for_100_gets_it()
    {
        using Socket socket = await ConnectAsync();
        await SendAsync(socket, "POST /none HTTP/1.1\r\nContent-Length: 2\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n");
        byte[] buffer = new byte[100];
        int read = await socket.ReceiveAsync(buffer);
        Assert.Equal("HTTP/1.1 100 Continue\r\n\r\n", Encoding.ASCII.GetString(buffer, 0, read));
        await SendAsync(socket, "{}");
        Assert.StartsWith("HTTP/1.1 401 ", await ReadToEndAsync(socket), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Http_1_0_closes_after_one_answer()
    {
        string answer = await ExchangeAsync("GET /none HTTP/1.0\r\n\r\nGET /none HTTP/1.0\r\n\r\n");
        Assert.Equal([401], StatusesOf(answer));
    }

    [Theory]
    [InlineData("")]
    [InlineData("GET / HT")]
    [InlineData("POST / HTTP/1.1\r\nContent-Length: 100\r\n\r\nhalf")]
    [InlineData("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab")]
    public async Task Peers_that_vanish_do_no_harm(string sent)
    {
        using (Socket socket = await ConnectAsync())
        {
            await SendAsync(socket, sent);
            socket.LingerState = new LingerOption(true, 0);
        }

        Assert.Equal(200, await GetSpaceAsync());
        Assert.Equal(1, _simulator.Record.CallCount);
    }

    [Fact]
    public async Task Many_connections_are_served_at_once()
    {
        using HttpClient client = Client(_simulator);
        int[] statuses = await Task.WhenAll(Enumerable.Range(0, 500).Select(async i =>
        {
            using var content = new StringContent(SimulatorFixture.Content($"Question {i}"), Encoding.UTF8, "application/json");
            using HttpResponseMessage response = await client.PostAsync(
                new Uri($"/api/2.0/genie/spaces/{_simulator.SpaceId}/start-conversation", UriKind.Relative), content);
            return (int)response.StatusCode;
        }));
        Assert.All(statuses, status => Assert.Equal(200, status));
        Assert.All(_simulator.Record.AcceptedByQuestion, pair => Assert.Equal(1, pair.Value));
        Assert.Equal(500, _simulator.Record.QuestionCount);
    }

    [Fact]
    public async Task Stopping_closes_waiting_connections_and_the_port_and_keeps_the_record()
    {
        GenieSimulator simulator = GenieSimulator.Start(SimulatorFixture.Steady with { CallSeconds = 3600 });
        using HttpClient client = Client(simulator);
        Task<HttpResponseMessage> waiting = client.GetAsync(new Uri("/api/2.0/genie/spaces", UriKind.Relative));
        while (simulator.Record.CallCount == 0)
            await Task.Yield();
        simulator.Dispose();
        simulator.Dispose();
        await Assert.ThrowsAsync<HttpRequestException>(() => waiting);
        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync(new Uri("/api/2.0/genie/spaces", UriKind.Relative)));
        Assert.Equal(1, simulator.Record.CallCount);
        Assert.Equal("Stopped", simulator.ToModel().State);
    }

    [Fact]
    public async Task Simulators_side_by_side_know_nothing_of_each_other()
    {
        GenieSimulator[] simulators = [.. Enumerable.Range(1, 5).Select(i =>
            GenieSimulator.Start(SimulatorFixture.Steady with { Seed = i, SpaceTitle = $"Space {i}" }))];
        try
        {
            Assert.Equal(5, simulators.Select(s => s.Uri).Distinct().Count());
            Assert.Equal(5, simulators.Select(s => s.Token).Distinct().Count());
            foreach (GenieSimulator simulator in simulators)
            {
                using HttpClient client = Client(simulator);
                string body = await client.GetStringAsync(new Uri($"/api/2.0/genie/spaces/{simulator.SpaceId}", UriKind.Relative));
                Assert.Contains(simulator.Options.SpaceTitle, body, StringComparison.Ordinal);
            }

            using HttpClient stranger = Client(simulators[0]);
            using HttpResponseMessage refused = await stranger.GetAsync(new Uri(simulators[1].Uri, "api/2.0/genie/spaces"));
            Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
            Assert.All(simulators.Skip(2), s => Assert.Equal(1, s.Record.CallCount));
        }
        finally
        {
            Array.ForEach(simulators, s => s.Dispose());
        }
    }

    private static HttpClient Client(GenieSimulator simulator)
    {
        var client = new HttpClient { BaseAddress = simulator.Uri };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", simulator.Token);
        return client;
    }

    private async Task<int> GetSpaceAsync()
    {
        using HttpClient client = Client(_simulator);
        using HttpResponseMessage response = await client.GetAsync(
            new Uri($"/api/2.0/genie/spaces/{_simulator.SpaceId}", UriKind.Relative));
        return (int)response.StatusCode;
    }

    private static int[] StatusesOf(string answers) =>
        [.. answers.Split("HTTP/1.1 ").Skip(1).Select(answer => int.Parse(answer[..3], System.Globalization.CultureInfo.InvariantCulture))];

    private async Task<string> ExchangeAsync(string request)
    {
        using Socket socket = await ConnectAsync();
        await SendAsync(socket, request);
        return await ReadToEndAsync(socket);
    }

    private async Task<Socket> ConnectAsync()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, _simulator.Uri.Port);
        return socket;
    }

    private static async Task SendAsync(Socket socket, string text) => await socket.SendAsync(Encoding.Latin1.GetBytes(text));

    private static async Task<string> ReadToEndAsync(Socket socket)
    {
        using var stream = new NetworkStream(socket);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return await reader.ReadToEndAsync();
    }
}
