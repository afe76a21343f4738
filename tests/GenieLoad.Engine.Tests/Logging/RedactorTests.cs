using GenieLoad.Engine.Logging;

namespace GenieLoad.Engine.Tests.Logging;

public sealed class RedactorTests
{
    private const string WebToken = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhIiwiZXhwIjoxfQ.s1gn-at_ure";

    [Theory]
    [InlineData("token dapi0123456789abcdef0123456789abcdef-2 is expired", "token *** is expired")]
    [InlineData("secret dose0123456789abcdef0123456789abcdef", "secret ***")]
    [InlineData("got " + WebToken + " here", "got *** here")]
    [InlineData("Authorization: Bearer sim-0123456789", "Authorization: ***")]
    [InlineData("authorization: Basic Y2xpZW50OnNlY3JldA==, next", "authorization: ***, next")]
    [InlineData("{\"Authorization\":\"Bearer x\"}", "{\"Authorization\":\"***\"}")]
    [InlineData("sent Bearer 0123456789abcdef0123 to", "sent Bearer *** to")]
    [InlineData("grant_type=x&client_secret=a%20b&scope=all", "grant_type=x&client_secret=***&scope=all")]
    [InlineData("{\"client_secret\": \"hush\", \"scope\": 1}", "{\"client_secret\": \"***\", \"scope\": 1}")]
    [InlineData("{\\\"access_token\\\":\\\"hush\\\"}", "{\\\"access_token\\\":\\\"***\\\"}")]
    [InlineData("download_id_signature=abc.def&x=1", "download_id_signature=***&x=1")]
    [InlineData("\"statement_id_signature\":\"abc\"", "\"statement_id_signature\":\"***\"")]
    [InlineData("see https://a.blob.core.windows.net/r/1?sp=r&sig=abc%3D&se=2 now", "see https://a.blob.core.windows.net/r/1?*** now")]
    [InlineData("https://b.s3.amazonaws.com/x?X-Amz-Credential=AKIA&X-Amz-Signature=00", "https://b.s3.amazonaws.com/x?***")]
    [InlineData("https://storage.googleapis.com/x?X-Goog-Algorithm=a&X-Goog-Signature=00", "https://storage.googleapis.com/x?***")]
    public void Secrets_of_every_known_form_go_and_the_rest_stays(string text, string expected) =>
        Assert.Equal(expected, Redactor.Redact(text));

    [Theory]
    [InlineData("The access token is missing, invalid or expired.")]
    [InlineData("Basic authentication is off; bearer tokens are needed")]
    [InlineData("https://x.example/genie/rooms/1?o=12&token_type=none")]
    [InlineData("SELECT signature, secret_santa FROM contracts WHERE basic = 'yes'")]
    [InlineData("next_page_token")]
    [InlineData("a dose of dapi")]
    public void Innocent_words_stay(string text) => Assert.Equal(text, Redactor.Redact(text));

    [Fact]
    public void A_secret_in_use_goes_whatever_it_looks_like() =>
        Assert.Equal("it was ***, and ***", Redactor.Redact("it was my-own-secret, and my-own-secret", "my-own-secret", null, ""));

    [Fact]
    public void A_long_hostile_text_takes_no_long_time()
    {
        string text = string.Concat(Enumerable.Repeat("authorization: eyJaaaaaa. dapi https://x? sig= ", 4000));

        var watch = System.Diagnostics.Stopwatch.StartNew();
        Redactor.Redact(text);

        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 10);
    }
}
