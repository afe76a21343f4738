using System.Net;
using System.Reflection;
using System.Text;
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

    [Fact]
    public async Task An_empty_answer_repeats_nothing_though_the_bytes_of_the_one_before_were_not_kept()
    {
        _service.Answer(HttpStatusCode.OK, "");
        using var client = new GenieApiClient(
            new Uri("https://w.example/"), TokenCredential.Create("secret", "test"), time: _time, handler: _service);

        CallPolicy once = new(new SeededRandom(1)) { Deadline = _time.GetTimestamp() };
        await Assert.ThrowsAsync<ApiException>(() => client.GetMessageAsync(
            "s", "c", "m", once, CancellationToken.None, before: (new GenieMessage { Status = "ASKING_AI" }, default)));
    }

    [Fact]
    public async Task A_poll_keeps_what_it_tells_and_nothing_that_its_reader_knows()
    {
        const string Told = """
            {"id":"m1","message_id":"m1","conversation_id":"c1","space_id":"s1","user_id":7,"content":"How many orders?","status":"FAILED",
            "created_timestamp":1764000000000,"last_updated_timestamp":1764000004000,"auto_regenerate_count":2,
            "error":{"error":"no table","type":"SQL_EXECUTION_EXCEPTION"},"feedback":{"rating":"NEGATIVE"},
            "query_result":{"statement_id":"q1","row_count":3},"attachments":[{"attachment_id":"a1","text":{"content":"None."}}]}
            """;
        _service.Answer(HttpStatusCode.OK, Told).Answer(HttpStatusCode.OK, """{"status":"FAILED","attachments":[]}""");
        using var client = new GenieApiClient(
            new Uri("https://w.example/"), TokenCredential.Create("secret", "test"), time: _time, handler: _service);
        Task<ApiReply<GenieMessage>> Poll() => client.GetMessageAsync("s", "c", "m", _calls, CancellationToken.None);

        GenieMessage message = (await Poll()).Value;
        GenieMessage empty = (await Poll()).Value;

        Assert.Equal((4, 2), (message.ServerSeconds, message.AutoRegenerateCount));
        Assert.Equal(new GenieMessageError("no table", "SQL_EXECUTION_EXCEPTION"), message.Error);
        Assert.Equal("NEGATIVE", message.Feedback!.Rating);
        Assert.Equal(("q1", 3), (message.QueryResult!.StatementId, message.QueryResult.RowCount));
        Assert.Equal("None.", Assert.Single(message.Attachments!).Text!.Content);
        Assert.All(
            [message.MessageId, message.LegacyId, message.ConversationId, message.SpaceId, message.UserId, message.Content], Assert.Null);
        Assert.Null(empty.Attachments);
        // One text for all questions.
        Assert.Same(message.Status, empty.Status);
    }

    [Theory]
    [InlineData("\"A_NEW_STATUS\"", "A_NEW_STATUS")]
    [InlineData("\"ASKING\\u005fAI\"", "ASKING_AI")]
    [InlineData("7", "7")]
    [InlineData("null", null)]
    [InlineData("[\"COMPLETED\"]", null)]
    public void A_status_is_whatever_the_service_says(string json, string? status) =>
        Assert.Equal(
            status, WireJson.Read(Encoding.UTF8.GetBytes($$"""{"status":{{json}}}"""), WireJson.Default.GenieMessage).Status);

    [Fact]
    public void A_poll_keeps_all_of_a_message_but_what_the_caller_knows()
    {
        string[] known = ["SpaceId", "ConversationId", "MessageId", "LegacyId", "Content", "UserId"];
        var message = new GenieMessage
        {
            SpaceId = "s", ConversationId = "c", MessageId = "m", LegacyId = "m", Content = "How many?", UserId = "u",
            Status = "COMPLETED", Attachments = [new GenieAttachment()], Error = new GenieMessageError("no", "FAILED"),
            CreatedTimestamp = 1, LastUpdatedTimestamp = 2, AutoRegenerateCount = 3, QueryResult = new GenieQueryResult(),
            Feedback = new GenieFeedback(),
        };
        PropertyInfo[] properties = [.. typeof(GenieMessage).GetProperties().Where(property => property.SetMethod is not null)];

        GenieMessage kept = message.WithoutEcho();

        Assert.All(properties, property => Assert.NotNull(property.GetValue(message)));
        Assert.All(
            properties,
            property => Assert.Equal(known.Contains(property.Name) ? null : property.GetValue(message), property.GetValue(kept)));
    }
}
