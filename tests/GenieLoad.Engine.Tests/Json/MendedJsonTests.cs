using System.Text;
using System.Text.Json;
using GenieLoad.Engine.Json;

namespace GenieLoad.Engine.Tests.Json;

public sealed class MendedJsonTests
{
    [Theory]
    [InlineData("""{"a":"x \ud83d"}""", "x \ufffd")]
    [InlineData("""{"a":"\udc00 x"}""", "\ufffd x")]
    [InlineData("""{"a":"\uD83D\ude00"}""", "\ud83d\ude00")]
    [InlineData("""{"a":"\ud83d\ud83d\ude00"}""", "\ufffd\ud83d\ude00")]
    [InlineData("""{"a":"\\ud83d"}""", "\\ud83d")]
    [InlineData("""{"a":"\"\ud83d\" NaN"}""", "\"\ufffd\" NaN")]
    [InlineData("""{"\ud83d":1,"a":"x"}""", "x")]
    [InlineData("""{"a":"x","b":NaN,"c":-Infinity,"d":[Infinity]}""", "x")]
    public void Half_a_character_becomes_one_that_can_be_read(string json, string expected) =>
        Assert.Equal(expected, Read(Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void A_byte_that_is_no_UTF8_becomes_one_character() =>
        Assert.Equal("x\ufffdy", Read([.. "{\"a\":\"x"u8, 0xC3, .. "y\",\"b\":\""u8, 0xFF, 0xED, 0xA0, 0x80, .. "\"}"u8]));

    [Fact]
    public void A_byte_order_mark_is_no_part_of_it() => Assert.Equal("x", Read([0xEF, 0xBB, 0xBF, .. "{\"a\":\"x\"}"u8]));

    [Fact]
    public void What_is_sound_is_not_copied()
    {
        ReadOnlyMemory<byte> json = Encoding.UTF8.GetBytes("""{"a":"Größe 😀 \n \u00e4"}""");

        Assert.True(json.Span == MendedJson.Of(json).Span);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\\ud")]
    [InlineData("{\"a\":\"\\ud83")]
    [InlineData("{\"a\":\"\\ud83d\\")]
    [InlineData("{\"a\":Na")]
    public void What_is_cut_short_stays_no_JSON(string json) =>
        Assert.ThrowsAny<JsonException>(() => JsonDocument.Parse(MendedJson.Of(Encoding.UTF8.GetBytes(json))));

    private static string? Read(byte[] json)
    {
        using JsonDocument document = JsonDocument.Parse(MendedJson.Of(json));
        return document.RootElement.GetProperty("a").GetString();
    }
}
