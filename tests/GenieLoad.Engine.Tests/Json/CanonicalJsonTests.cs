using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using GenieLoad.Engine.Json;

namespace GenieLoad.Engine.Tests.Json;

public sealed class CanonicalJsonTests
{
    [Theory]
    [InlineData("""{"b":[1,{"y":null,"x":true}],"a":"é"}""")]
    [InlineData("""{ "a" : "\u00e9",  "b":[ 1 , {"x":true, "y":null}]}""")]
    public void The_order_of_members_blanks_and_escapes_do_not_count(string json) => Assert.Equal(
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes("""{"a":"\u00E9","b":[1,{"x":true,"y":null}]}"""))).ToLowerInvariant(),
        Hash(json));

    [Theory]
    [InlineData("""{"a":[2,1]}""")]
    [InlineData("""{"a":[1,"2"]}""")]
    [InlineData("""{"A":[1,2]}""")]
    [InlineData("""{"a":[1,2,null]}""")]
    [InlineData("""[1,2]""")]
    public void What_is_another_content_has_another_hash(string json) => Assert.NotEqual(Hash("""{"a":[1,2]}"""), Hash(json));

    [Fact]
    public void What_is_no_JSON_has_none_and_half_a_character_has_one()
    {
        Assert.ThrowsAny<JsonException>(() => Hash("{"));
        Assert.ThrowsAny<JsonException>(() => Hash(new string('[', 100_000)));
        Assert.Equal(64, Hash("""{"a":"\ud800"}""").Length);
    }

    private static string Hash(string json) => CanonicalJson.Hash(Encoding.UTF8.GetBytes(json));
}
