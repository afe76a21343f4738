using System.Net;
using GenieLoad.Engine.Credentials;
using GenieLoad.Engine.Genie;
using GenieLoad.Engine.Genie.Wire;
using GenieLoad.Engine.Http;
using GenieLoad.Engine.Randomness;
using Microsoft.Extensions.Time.Testing;

namespace GenieLoad.Engine.Tests.Genie;

/// <summary>Most polls bring what the one before them brought.</summary>
public sealed class UnchangedMessageTests
{
    private const string Message = """{"message_id":"m1","conversation_id":"c1","status":"ASKING_AI"}""";

    private readonly FakeTimeProvider _time = new();
    private readonly CallPolicy _calls = new(new SeededRandom(1));
    private readonly ScriptedService _service;

    public UnchangedMessageTests() => _service = new ScriptedService(_time);

    [Fact]
    public async Task What_a_poll_brings_again_is_not_read_anew_and_what_has_changed_is()
    {
        const string Later = """{"message_id":"m1","conversation_id":"c1","status":"COMPLETED"}""";
        _service.Answer(HttpStatusCode.OK, Message).Answer(HttpStatusCode.OK, Message).Answer(HttpStatusCode.OK, Later);
        using var client = new GenieApiClient(
            new Uri("https://w.example/"), TokenCredential.Create("secret", "test"), time: _time, handler: _service);
        Task<ApiReply<GenieMessage>> Poll(ApiReply<GenieMessage>? before) =>
            client.GetMessageAsync("s", "c", "m", _calls, default, before: before is null ? null : (before.Value, before.Body));

        ApiReply<GenieMessage> first = await Poll(null);
        _time.Advance(TimeSpan.FromSeconds(2));
        ApiReply<GenieMessage> same = await Poll(first);
        ApiReply<GenieMessage> changed = await Poll(same);

        Assert.Same(first.Value, same.Value);
        Assert.True(same.SentAt > first.SentAt);
        Assert.Equal("COMPLETED", changed.Value.Status);
    }
}
