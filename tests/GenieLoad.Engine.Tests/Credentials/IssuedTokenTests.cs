using System.Text;
using GenieLoad.Engine.Credentials;

namespace GenieLoad.Engine.Tests.Credentials;

public sealed class IssuedTokenTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("""{"access_token":"a"}""", "a")]
    [InlineData("""{"accessToken":"b"}""", "b")]
    [InlineData("""{"accessToken":"b","access_token":"a"}""", "a")]
    [InlineData("""{"access_token":1}""", null)]
    [InlineData("""{"access_token":""}""", null)]
    [InlineData("""{"access_token":"a\ud800"}""", null)]
    [InlineData("""{"token":"a"}""", null)]
    [InlineData("""["access_token"]""", null)]
    [InlineData("access_token=a", null)]
    [InlineData("", null)]
    public void A_token_is_read_from_the_answer_of_any_issuer(string json, string? token) =>
        Assert.Equal(token, Read(json)?.Token);

    [Theory]
    [InlineData("\"expires_in\":60", 60.0)]
    [InlineData("\"expires_in\":\"60\"", 60.0)]
    [InlineData("\"expires_in\":0", 0.0)]
    [InlineData("\"expires_in\":-1", null)]
    [InlineData("\"expires_in\":\"soon\"", null)]
    [InlineData("\"expires_in\":\"-1\"", null)]
    [InlineData("\"expires_in\":3153600000", null)]
    [InlineData("\"expires_in\":1e300", null)]
    [InlineData("\"expires_in\":60,\"expires_on\":1795442460", 60.0)]
    [InlineData("\"expires_in\":null,\"expires_on\":1795436400", 1200.0)]
    [InlineData("\"expires_on\":\"1795436400\"", 1200.0)]
    [InlineData("\"expiry\":\"2026-11-23T12:01:00Z\"", 60.0)]
    [InlineData("\"expiresOn\":\"2026-11-23T14:01:00+02:00\"", 60.0)]
    [InlineData("\"expires_on\":\"2026-11-23T12:01:00Z\"", 60.0)]
    [InlineData("\"expiresOn\":\"2026-11-23T12:03:00Z\",\"expires_on\":\"2026-11-23T12:02:00Z\",\"expiry\":\"2026-11-23T12:01:00Z\"", 60.0)]
    [InlineData("\"expiresOn\":\"2026-11-23T12:03:00Z\",\"expires_on\":\"2026-11-23T12:02:00Z\"", 120.0)]
    [InlineData("\"expiry\":\"0001-01-01T00:00:00Z\"", null)]
    [InlineData("\"expiry\":\"1970-01-01T00:00:00Z\"", null)]
    [InlineData("\"expiry\":\"never\"", null)]
    [InlineData("\"scope\":\"all\"", null)]
    public void Its_end_is_read_from_whatever_says_it(string fields, double? seconds) => Assert.Equal(
        seconds, (Read("{\"access_token\":\"a\"," + fields + "}")!.ExpiresAt - Now)?.TotalSeconds);

    [Fact]
    public void A_time_without_a_zone_is_that_of_this_machine() => Assert.Equal(
        new DateTimeOffset(new DateTime(2026, 11, 23, 12, 1, 0, DateTimeKind.Local)),
        Read("""{"accessToken":"a","expiresOn":"2026-11-23 12:01:00.000000"}""")!.ExpiresAt);

    // Payloads of every length have to be filled up to fours; the last one holds both characters that addresses write otherwise.
    [Theory]
    [InlineData("""{"exp":1795435260}""", 1_795_435_260L)]
    [InlineData("""{"exp":1795435260 }""", 1_795_435_260L)]
    [InlineData("""{"exp":1795435260  }""", 1_795_435_260L)]
    [InlineData("""{"sub":"???>>>~~~","exp":1795435260}""", 1_795_435_260L)]
    [InlineData("""{"exp":1}""", 1L)]
    [InlineData("""{"exp":99999999999}""", 99_999_999_999L)]
    [InlineData("""{"exp":100000000000}""", null)]
    [InlineData("""{"exp":0}""", null)]
    [InlineData("""{"exp":-1}""", null)]
    [InlineData("""{"exp":1.5}""", null)]
    [InlineData("""{"exp":"1795435260"}""", null)]
    [InlineData("""{"nbf":1795435260}""", null)]
    [InlineData("""[1]""", null)]
    [InlineData("""{"exp":""", null)]
    public void A_web_token_says_its_own_end(string payload, long? seconds)
    {
        string body = Convert.ToBase64String(Encoding.UTF8.GetBytes(payload)).TrimEnd('=').Replace('+', '-').Replace('/', '_');

        Assert.Equal(seconds, new IssuedToken($"eyJhbGciOiJSUzI1NiJ9.{body}.s", null).ExpiresAt?.ToUnixTimeSeconds());
        Assert.Null(new IssuedToken($"abJhbGciOiJSUzI1NiJ9.{body}.s", null).ExpiresAt);
        Assert.Null(new IssuedToken($"eyJhbGciOiJSUzI1NiJ9.{body}", null).ExpiresAt);
        Assert.Equal(Now, new IssuedToken($"eyJhbGciOiJSUzI1NiJ9.{body}.s", Now).ExpiresAt);
    }

    [Fact]
    public void What_is_no_web_token_has_no_end_of_its_own()
    {
        Assert.Null(new IssuedToken("eyJ.!.s", null).ExpiresAt);
        Assert.Null(new IssuedToken("eyJ..s", null).ExpiresAt);
    }

    [Fact]
    public void A_token_shows_its_end_and_never_itself()
    {
        Assert.Equal("Token", new IssuedToken("a", null).ToString());
        Assert.Equal("Token until 2026-11-23 12:00:00Z", new IssuedToken("a", Now).ToString());
    }

    private static IssuedToken? Read(string json) => TokenAnswer.Read(Encoding.UTF8.GetBytes(json), Now);
}
