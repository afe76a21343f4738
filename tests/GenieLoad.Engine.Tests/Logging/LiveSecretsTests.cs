using System.Net;
using System.Text;
using GenieLoad.Engine.Logging;

namespace GenieLoad.Engine.Tests.Logging;

public sealed class LiveSecretsTests
{
    // Of no form that is known, with characters that every kind of escaping changes.
    private const string Secret = "zq/8+W'ü<own>-\"secret\"=&~7";

    public static TheoryData<string> Spellings => new(((string[])
    [
        Secret,
        Secret.ToUpperInvariant(),
        Uri.EscapeDataString(Secret),
        Uri.EscapeDataString(Secret).Replace("%2F", "%2f").Replace("%2B", "%2b").Replace("%C3%BC", "%c3%bc").Replace("%3C", "%3c")
            .Replace("%3E", "%3e").Replace("%3D", "%3d"),
        WebUtility.UrlEncode(Secret),
        WebUtility.HtmlEncode(Secret),
        System.Text.Json.JsonSerializer.Serialize(Secret).Trim('"'),
        Convert.ToHexString(Encoding.UTF8.GetBytes(Secret)),
        Convert.ToHexString(Encoding.UTF8.GetBytes(Secret)).ToLowerInvariant(),
        Base64(Secret),
        Base64("token:" + Secret),
        Base64(":" + Secret),
        Base64("ab" + Secret + " and more"),
        Base64("token:" + Secret).Replace('+', '-').Replace('/', '_').TrimEnd('='),
        Uri.EscapeDataString(Base64(":" + Secret)),
    ]).Distinct());

    [Theory]
    [MemberData(nameof(Spellings))]
    public void A_secret_in_use_goes_in_every_spelling_that_a_gateway_may_choose(string spelling)
    {
        LiveSecrets.Learn(Secret);

        string redacted = Redactor.Redact($"it was _{spelling}_ and {spelling}.");

        Assert.StartsWith("it was ", redacted, StringComparison.Ordinal);
        Assert.Contains(" and ***", redacted, StringComparison.Ordinal);
        Assert.DoesNotContain(spelling[4..^8], redacted, StringComparison.Ordinal);
    }

    [Fact]
    public void What_stands_beside_a_secret_stays()
    {
        LiveSecrets.Learn("own-words-of-a-user");

        Assert.Equal("it was ***, and ***s", Redactor.Redact("it was own-words-of-a-user, and own-words-of-a-users"));
    }

    [Fact]
    public void A_secret_that_another_begins_with_leaves_nothing_of_the_longer_one()
    {
        LiveSecrets.Learn("first-of-all");
        LiveSecrets.Learn("first-of-all-and-last");

        Assert.Equal("a *** b *** c", Redactor.Redact("a first-of-all-and-last b first-of-all c"));
    }

    [Fact]
    public void A_secret_learnt_late_is_known_and_one_learnt_twice_too()
    {
        const string text = "not-yet-learnt";
        string before = Redactor.Redact(text);
        LiveSecrets.Learn(text);
        LiveSecrets.Learn(text);

        Assert.Equal(text, before);
        Assert.Equal("***", Redactor.Redact(text));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("short")]
    public void What_is_too_short_to_be_told_from_words_is_not_looked_for(string? secret)
    {
        LiveSecrets.Learn(secret);

        Assert.Equal("a short text", Redactor.Redact("a short text"));
    }

    [Fact]
    public void A_short_secret_goes_only_where_it_stands_alone()
    {
        LiveSecrets.Learn("sesame");

        Assert.Equal("*** opens, sesame_street and unsesamed stay", Redactor.Redact("sesame opens, sesame_street and unsesamed stay"));
    }

    [Fact]
    public void A_short_password_goes_together_with_its_user_name()
    {
        LiveSecrets.Learn("proxyuser", "pw1");

        Assert.Equal("Basic *** or *** pw1", Redactor.Redact($"Basic {Base64("proxyuser:pw1")} or proxyuser:pw1 pw1"));
    }

    /// <summary>A hostile service repeats the secret without end; each piece is looked at once.</summary>
    [Theory]
    [InlineData("a-secret-that-is-told-again-and-again")]
    [InlineData("YS1zZWNyZXQtdGhhdC1pcy10b2xkLWFnYWluLWFuZC1hZ2Fpb")]
    [InlineData("-again")]
    public async Task A_text_that_repeats_a_secret_five_million_characters_long_is_done(string part)
    {
        LiveSecrets.Learn("a-secret-that-is-told-again-and-again");
        string text = string.Concat(Enumerable.Repeat(part, 5_000_000 / part.Length));

        await Task.Run(() => Redactor.Redact(text)).WaitAsync(TimeSpan.FromMinutes(2));
    }

    [Theory]
    [InlineData("http://user:proxy-pass-1@127.0.0.1:3128", "proxy-pass-1")]
    [InlineData("user:proxy-pass-2@127.0.0.1:3128", "proxy-pass-2")]
    [InlineData("http://us%40er:proxy%2Fpass%403@host", "proxy/pass@3")]
    [InlineData("http://user:proxy/pass@4@host", "proxy/pass@4")]
    public void The_passwords_of_proxies_are_learnt_by_value_whatever_the_variable_is_called(string address, string password)
    {
        foreach (string variable in new[] { "HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy" })
        {
            string own = address.Replace("proxy", variable);
            string learnt = password.Replace("proxy", variable);
            ProxySecrets.Learn(name => name == variable ? own : null);

            Assert.Equal("refused ***!", Redactor.Redact($"refused {learnt}!"));
            Assert.DoesNotContain(Base64(learnt)[..8], Redactor.Redact(Base64(learnt)), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("http://127.0.0.1:3128")]
    [InlineData("http://only-a-user@127.0.0.1:3128")]
    [InlineData("@:")]
    [InlineData(":@")]
    [InlineData("://@")]
    public void A_proxy_without_a_password_teaches_nothing(string address)
    {
        ProxySecrets.Learn(_ => address);

        Assert.Equal("only-a-user at 127.0.0.1:3128", Redactor.Redact("only-a-user at 127.0.0.1:3128"));
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
