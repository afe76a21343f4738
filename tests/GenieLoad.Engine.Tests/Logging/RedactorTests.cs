using GenieLoad.Engine.Logging;

namespace GenieLoad.Engine.Tests.Logging;

public sealed class RedactorTests
{
    private const string WebToken = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhIiwiZXhwIjoxfQ.s1gn-at_ure";

    [Theory]
    [InlineData("token dapi0123456789abcdef0123456789abcdef-2 is expired", "token *** is expired")]
    [InlineData("key dose0123456789abcdef0123456789abcdef", "key ***")]
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

    [Theory]
    [InlineData("proxy 'http://user:hush-hush@10.0.0.1:3128/' failed", "proxy 'http://user:***@10.0.0.1:3128/' failed")]
    [InlineData("socks5://a%40b:p%40w@proxy and ftp://x:y@z/p@q", "socks5://a%40b:***@proxy and ftp://x:***@z/p@q")]
    [InlineData("http://user:p@ss@proxy:1", "http://user:***@proxy:1")]
    [InlineData("?to=http%3A%2F%2Fuser%3Ahush%40proxy%3A3128%2Fa", "?to=http%3A%2F%2Fuser%3A***%40proxy%3A3128%2Fa")]
    [InlineData("{\"proxy\":\"http:\\/\\/user:hush@proxy\"}", "{\"proxy\":\"http:\\/\\/user:***@proxy\"}")]
    public void The_password_in_an_address_goes_and_the_user_name_stays(string text, string expected) =>
        Assert.Equal(expected, Redactor.Redact(text));

    [Theory]
    [InlineData("https://host:8080/a@b")]
    [InlineData("git clone ssh://git@host:22/x")]
    [InlineData("https://host?mail=a:b@c")]
    public void An_address_without_a_password_stays(string text) => Assert.Equal(text, Redactor.Redact(text));

    [Theory]
    [InlineData("trace_dapi0123456789abcdef0123456789abcdef", "trace_***")]
    [InlineData("xdapi0123456789abcdef0123456789abcdef-2x", "x***x")]
    [InlineData("dapi0123456789abcdef_", "***_")]
    [InlineData("id" + WebToken, "id***")]
    [InlineData("{\"password\": \"two words, and \\\"more\\\"\", \"a\": 1}", "{\"password\": \"***\", \"a\": 1}")]
    [InlineData("Proxy-Authorization: Basic dXNlcjpodXNo", "Proxy-Authorization: ***")]
    public void A_secret_goes_whatever_letters_stand_beside_it(string text, string expected) =>
        Assert.Equal(expected, Redactor.Redact(text));

    [Theory]
    [InlineData("an overdose of medication")]
    [InlineData("valid_token: 7 and paid_token=8")]
    public void Words_that_only_end_like_a_name_stay(string text) => Assert.Equal(text, Redactor.Redact(text));

    /// <summary>
    /// Each text makes one of the forms look far ahead again and again. The old patterns gave up after seconds at a hundredth of the
    /// length; the limit is far above what a slow machine needs for work in step with the length, and far below what a square would take.
    /// </summary>
    [Theory]
    [InlineData("authorization: eyJaaaaaa. dapi https://x? sig= ")]
    [InlineData("eyJ")]
    [InlineData("eyJ.")]
    [InlineData("dapi")]
    [InlineData("a_")]
    [InlineData("password")]
    [InlineData("password='")]
    [InlineData("password=\\\"")]
    [InlineData("authorization:bearer ")]
    [InlineData("https://")]
    [InlineData("https://a?")]
    [InlineData("http%3A%2F%2Fa%3A")]
    [InlineData("://a:")]
    [InlineData("x-amz-")]
    [InlineData("x_signature ")]
    [InlineData("secret=\n")]
    [InlineData("         ")]
    [InlineData("\\\\\\\\")]
    public async Task A_text_of_five_million_characters_is_done_whatever_it_repeats(string part)
    {
        string text = string.Concat(Enumerable.Repeat(part, 5_000_000 / part.Length));

        await Task.Run(() => Redactor.Redact(text)).WaitAsync(TimeSpan.FromMinutes(2));
    }

    [Fact]
    public void A_long_text_is_shown_and_not_given_up()
    {
        string text = string.Concat(Enumerable.Repeat("SELECT the_token FROM a_signature; ", 10_000));

        Assert.Equal(text + "Bearer ***", Redactor.Redact(text + "Bearer 0123456789abcdef0123"));
    }
}
