using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using GenieLoad.Engine.Genie.Agent;
using GenieLoad.Engine.Http;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Genie.Agent;

public sealed class AgentStreamTests
{
    private const string Created = """{"type":"response.created","sequence_number":0,"response":{"id":"r1","conversation_id":"c1"}}""";
    private const string Thought = """{"type":"response.output_item.added","item":{"type":"reasoning","id":"rs_1"}}""";
    private const string Completed = """{"type":"response.completed","response":{"id":"r1","status":"completed","output":[]}}""";

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public async Task Lines_may_end_in_any_way_and_come_in_any_pieces(string lineEnd)
    {
        string text = "\ufeff: hello\n\nevent: response.created\ndata: " + Created + "\n\n: keep-alive\n\n"
            + "id: 7\nretry: 10\ndata:" + Thought + "\n\nevent: response.completed\ndata: " + Completed + "\n\n";
        byte[] bytes = Encoding.UTF8.GetBytes(text.Replace("\n", lineEnd, StringComparison.Ordinal));

        foreach (int piece in (int[])[1, 2, 7, 10_000])
        {
            using var stream = Of(new Pieces(bytes, piece));
            List<AgentEvent> events = await All(stream);

            Assert.Equal(3, events.Count);
            Assert.Equal(("r1", "c1"), (events[0].ResponseId, events[0].ConversationId));
            Assert.Equal((AgentItemKind.Thought, "rs_1"), (events[1].Item!.Kind, events[1].Item!.Id));
            Assert.Equal(MessageStatus.Completed, events[2].End!.Status);
            Assert.Equal(Completed, Encoding.UTF8.GetString(events[2].Body.Span));
            Assert.Equal(bytes.Length, stream.ByteCount);
        }
    }

    [Fact]
    public async Task Data_of_several_lines_is_one_event()
    {
        using var stream = Of(
            "data: {\"type\":\ndata: \"response.failed\",\ndata:\"response\":{\"error\":{\"code\":\"X\",\"message\":\"no\"}}}\n\n");

        AgentEvent only = Assert.Single(await All(stream));

        Assert.Equal((MessageStatus.Failed, "X", "no"), (only.End!.Status, only.End.ErrorType, only.End.ErrorText));
    }

    [Fact]
    public async Task The_type_of_the_stream_serves_where_the_data_has_none()
    {
        using var stream = Of("event: response.completed\ndata: {\"response\":{}}\n\n");

        Assert.Equal(MessageStatus.Completed, Assert.Single(await All(stream)).End!.Status);
    }

    [Fact]
    public async Task Half_an_event_at_the_end_is_none()
    {
        using var stream = Of($"data: {Created}\n\ndata: {Completed}\n");

        Assert.Null(Assert.Single(await All(stream)).End);
    }

    [Fact]
    public async Task An_event_that_is_no_json_ends_the_reading()
    {
        using var stream = Of($"data: {Created}\n\ndata: {Thought[..20]}\n\n");

        await Assert.ThrowsAnyAsync<JsonException>(() => All(stream));
    }

    [Theory]
    [InlineData("data: ")]
    [InlineData(": ")]
    [InlineData("\n")]
    public async Task An_event_without_end_is_given_up_before_it_fills_the_memory(string begin)
    {
        var endless = new Endless(begin);
        using var stream = Of(endless);

        ApiException thrown = await Assert.ThrowsAsync<ApiException>(() => All(stream));

        Assert.Equal("ANSWER_TOO_LARGE", thrown.Failure.ErrorType);
        Assert.Contains("32 MiB", thrown.Message, StringComparison.Ordinal);
        Assert.InRange(endless.Given, MeteredStream.LongestEvent, MeteredStream.LongestEvent + (1 << 25));
    }

    [Fact]
    public async Task A_stream_without_end_is_given_up()
    {
        using var stream = Of(new Endless($"data: {Thought}{new string(' ', 1 << 20)}\n\n"));

        ApiException thrown = await Assert.ThrowsAsync<ApiException>(() => All(stream));

        Assert.Equal("ANSWER_TOO_LARGE", thrown.Failure.ErrorType);
        Assert.Contains("256 MiB", thrown.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text/html", "<html><title>Sign in</title></html>", "LOGIN_PAGE")]
    [InlineData("application/json", "{}", "MALFORMED_ANSWER")]
    public async Task What_is_no_stream_says_what_it_is(string mediaType, string body, string errorType)
    {
        using var stream = Of(new MemoryStream(Encoding.UTF8.GetBytes(body)), mediaType);

        ApiException thrown = await Assert.ThrowsAsync<ApiException>(() => All(stream));

        Assert.Equal((errorType, true), (thrown.Failure.ErrorType, thrown.Failure.Answered));
    }

    [Fact]
    public async Task Closing_it_closes_the_answer()
    {
        using var response = new HttpResponseMessage { Content = new StringContent("", Encoding.UTF8, AgentStream.MediaType) };
        var stream = new AgentStream(new OpenAnswer(response, 0), "CreateResponse");

        stream.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => response.Content.ReadAsStringAsync());
    }

    private static AgentStream Of(string text) => Of(new MemoryStream(Encoding.UTF8.GetBytes(text)));

    private static AgentStream Of(Stream body, string mediaType = AgentStream.MediaType)
    {
        var content = new StreamContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue(mediaType);
        return new AgentStream(new OpenAnswer(new HttpResponseMessage(HttpStatusCode.OK) { Content = content }, 0), "CreateResponse");
    }

    private static async Task<List<AgentEvent>> All(AgentStream stream)
    {
        List<AgentEvent> events = [];
        await foreach (AgentEvent one in stream.ReadAsync(CancellationToken.None))
            events.Add(one);
        return events;
    }

    /// <summary>Bytes that come in pieces of a length.</summary>
    private sealed class Pieces(byte[] bytes, int length) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, length)], cancellationToken);
    }

    /// <summary>A text again and again; a short one once, and then a letter again and again.</summary>
    private sealed class Endless(string text) : MemoryStream
    {
        private readonly byte[] _text = Encoding.UTF8.GetBytes(text);

        public long Given { get; private set; }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_text.Length > 100)
            {
                for (int i = 0; i < buffer.Length; i++)
                    buffer.Span[i] = _text[(Given + i) % _text.Length];
            }
            else
            {
                buffer.Span.Fill(_text is [(byte)'\n'] ? (byte)'\n' : (byte)'x');
                if (Given == 0)
                    _text.AsSpan(0, Math.Min(_text.Length, buffer.Length)).CopyTo(buffer.Span);
            }
            Given += buffer.Length;
            return new ValueTask<int>(buffer.Length);
        }
    }
}
