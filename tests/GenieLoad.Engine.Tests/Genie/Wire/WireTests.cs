using System.Text;
using System.Text.Json;
using GenieLoad.Engine.Genie.Wire;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Genie.Wire;

public sealed class WireTests
{
    [Theory]
    [InlineData("""{"message_id":"m"}""", "m")]
    [InlineData("""{"id":"m"}""", "m")]
    [InlineData("""{"id":"old","message_id":"m"}""", "m")]
    [InlineData("""{"id":7}""", "7")]
    public void A_message_is_known_by_either_field(string json, string expected) => Assert.Equal(expected, Read(json).Identity);

    [Theory]
    [InlineData("""{"error":{"error":"no warehouse","type":"WAREHOUSE_NOT_FOUND_EXCEPTION"}}""", "no warehouse", "WAREHOUSE_NOT_FOUND_EXCEPTION")]
    [InlineData("""{"error":{"type":"T","new_field":{"a":[1,{"b":2}]},"error":"e"}}""", "e", "T")]
    [InlineData("""{"error":{"message":"by another name"}}""", "by another name", null)]
    [InlineData("""{"error":"a plain text"}""", "a plain text", null)]
    [InlineData("""{"error":{}}""", null, null)]
    public void An_error_is_read_from_any_shape(string json, string? error, string? type)
    {
        GenieMessageError? read = Read(json).Error;

        Assert.Equal(error, read?.Error);
        Assert.Equal(type, read?.Type);
    }

    [Theory]
    [InlineData("""{"error":null}""")]
    [InlineData("{}")]
    [InlineData("""{"error":["odd"]}""")]
    public void No_error_is_no_error(string json) => Assert.Null(Read(json).Error);

    [Theory]
    [InlineData("""{"created_timestamp":1771000000000,"last_updated_timestamp":1771000006660}""", 6.66)]
    [InlineData("""{"created_timestamp":1771000000,"last_updated_timestamp":1771000007}""", 7.0)]
    [InlineData("""{"created_timestamp":"1771000000000","last_updated_timestamp":1771000001500.0}""", 1.5)]
    [InlineData("""{"created_timestamp":1771000006660,"last_updated_timestamp":1771000000000}""", null)]
    [InlineData("""{"created_timestamp":1771000000,"last_updated_timestamp":-2147483649}""", null)]
    [InlineData("""{"created_timestamp":-2147483649,"last_updated_timestamp":1771000006660}""", null)]
    [InlineData("""{"created_timestamp":0,"last_updated_timestamp":9223372036854775807}""", null)]
    [InlineData("""{"created_timestamp":null}""", null)]
    [InlineData("""{"created_timestamp":"soon","last_updated_timestamp":{}}""", null)]
    public void Timestamps_are_read_in_seconds_and_milliseconds(string json, double? expected)
    {
        double? seconds = Read(json).ServerSeconds;

        Assert.Equal(expected is null, seconds is null);
        Assert.Equal(expected ?? 0, seconds ?? 0, 0.0005);
    }

    [Fact]
    public void The_seconds_between_two_stamps_have_no_digits_that_nobody_measured() => Assert.Equal(
        9.939, Read("""{"created_timestamp":1763600000122,"last_updated_timestamp":1763600010061}""").ServerSeconds);

    [Fact]
    public void Unknown_fields_and_values_are_passed_over()
    {
        GenieMessage message = Read("""
            {"status":"THINKING_HARD","viz":{"x":1},"attachments":[null,{"attachment_id":"a","query":{"query":"SELECT 1","thoughts":[{}]}},
            {"text":{"content":5,"phase":null}},{"suggested_questions":{}}]}
            """);

        Assert.Equal("THINKING_HARD", message.Status);
        Assert.False(MessageStatus.IsTerminal(message.Status));
        Assert.Equal("SELECT 1", message.Attachments![1].Query!.Query);
        Assert.Equal("5", message.Attachments[2].Text!.Content);
        Assert.True(message.Attachments[3] is { Query: null, Text: null });
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("<html>")]
    [InlineData("""{"status":"COMPL""")]
    public void What_is_no_message_is_an_error_and_not_an_empty_message(string json) =>
        Assert.ThrowsAny<JsonException>(() => Read(json));

    private static GenieMessage Read(string json) => WireJson.Read(Encoding.UTF8.GetBytes(json), WireJson.Default.GenieMessage);
}
