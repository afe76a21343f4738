using System.Net;
using System.Text;
using GenieLoad.Engine.Addresses;
using GenieLoad.Engine.Credentials;
using GenieLoad.Model;
using Microsoft.Extensions.Time.Testing;

namespace GenieLoad.Engine.Tests.Credentials;

public sealed class OAuthCredentialTests
{
    private const string Answer = """{"access_token":"issued","token_type":"Bearer","expires_in":3600}""";

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task The_workspace_says_where_its_tokens_are_issued_and_the_secret_travels_in_the_header_only()
    {
        var issuers = new TokenIssuers(request => TokenIssuers.Json(
            request.RequestUri!.AbsolutePath.Contains("well-known", StringComparison.Ordinal)
                ? """{"token_endpoint":"https://accounts.cloud.databricks.com/oidc/accounts/1/v1/token"}"""
                : Answer));

        Assert.Equal("issued", await Token(issuers, "https://dbc-1.cloud.databricks.com"));

        Assert.Equal("GET https://dbc-1.cloud.databricks.com/oidc/.well-known/oauth-authorization-server", issuers.Sent[0].Line);
        Assert.False(issuers.Sent[0].Headers.ContainsKey("Authorization"));
        Assert.Equal("POST https://accounts.cloud.databricks.com/oidc/accounts/1/v1/token", issuers.Sent[1].Line);
        Assert.Equal("Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("client:very-secret")),
            issuers.Sent[1].Headers["Authorization"]);
        Assert.Equal("grant_type=client_credentials&scope=all-apis", issuers.Sent[1].Body);
    }

    [Theory]
    [InlineData(404, "")]
    [InlineData(200, "<html>login</html>")]
    [InlineData(200, "{}")]
    public async Task A_workspace_that_does_not_say_issues_at_the_usual_place(int status, string body)
    {
        var issuers = new TokenIssuers(request => request.Method == HttpMethod.Get
            ? TokenIssuers.Json(body, (HttpStatusCode)status)
            : TokenIssuers.Json(Answer));

        await Token(issuers, "https://x.example");

        Assert.Equal("POST https://x.example/oidc/v1/token", issuers.Sent[1].Line);
    }

    [Theory]
    [InlineData(200, null, "<html><title>Databricks - Sign In</title></html>", "AnsweredByLoginPage")]
    [InlineData(303, "/login.html?error=private-link-validation-error:1", "", "PrivateLinkNeeded")]
    [InlineData(403, null, """{"error_code":"403","message":"Unauthorized network access to workspace: 1"}""", "PrivateLinkNeeded")]
    [InlineData(200, null, "<html><title>Please wait</title></html>", "TokenAnswerUnusable")]
    public async Task Whoever_answers_in_the_place_of_the_issuer_is_named(int status, string? location, string body, string expected)
    {
        var issuers = new TokenIssuers(_ =>
        {
            HttpResponseMessage answer = TokenIssuers.Json(body, (HttpStatusCode)status);
            if (location is not null)
                answer.Headers.TryAddWithoutValidation("Location", location);
            return answer;
        });

        Assert.Equal(expected, (await Refusal(issuers)).ErrorId);
    }

    [Theory]
    [InlineData("https://thief.example/token")]
    [InlineData("http://x.example/oidc/v1/token")]
    [InlineData("https://x.example.thief.example/oidc/v1/token")]
    public async Task The_secret_goes_nowhere_else(string endpoint)
    {
        var issuers = new TokenIssuers(_ => TokenIssuers.Json($$"""{"token_endpoint":"{{endpoint}}"}"""));

        Assert.Equal("UnsafeTokenEndpoint", (await Refusal(issuers)).ErrorId);
        Assert.Single(issuers.Sent);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task A_busy_issuer_is_asked_again_after_the_time_it_names(int status)
    {
        int asked = 0;
        DateTimeOffset start = _time.GetUtcNow();
        var issuers = new TokenIssuers(request =>
        {
            if (request.Method == HttpMethod.Get || ++asked > 1)
                return TokenIssuers.Json(request.Method == HttpMethod.Get ? "{}" : Answer);
            HttpResponseMessage busy = TokenIssuers.Json("", (HttpStatusCode)status);
            busy.Headers.Add("Retry-After", "7");
            return busy;
        });

        Assert.Equal("issued", await Token(issuers, "https://x.example"));

        double waited = (_time.GetUtcNow() - start).TotalSeconds;
        Assert.InRange(waited, status is 429 or 503 ? 7 : 1, 10);
    }

    [Fact]
    public async Task A_refusal_is_final_says_why_and_shows_no_secret()
    {
        var issuers = new TokenIssuers(request => request.Method == HttpMethod.Get
            ? TokenIssuers.Json("{}")
            : TokenIssuers.Json(
                """{"error":"invalid_client","error_description":"no client with client_secret=other and very-secret"}""", HttpStatusCode.Unauthorized));

        GenieLoadException e = await Refusal(issuers);

        Assert.Equal(("TokenRefused", ErrorKind.Authentication), (e.ErrorId, e.Kind));
        Assert.Contains("no client with", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("very-secret", e.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("other", e.ToString(), StringComparison.Ordinal);
        Assert.Equal(2, issuers.Sent.Count);
    }

    [Fact]
    public async Task An_answer_without_a_token_is_said_to_be_so_and_not_shown()
    {
        var issuers = new TokenIssuers(request => TokenIssuers.Json(request.Method == HttpMethod.Get ? "{}" : """{"refresh":"hidden"}"""));

        GenieLoadException e = await Refusal(issuers);

        Assert.Equal("TokenAnswerUnusable", e.ErrorId);
        Assert.DoesNotContain("hidden", e.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_issuer_that_cannot_be_reached_may_be_later()
    {
        var issuers = new TokenIssuers(_ => throw new HttpRequestException(HttpRequestError.NameResolutionError, "No such host"));

        Assert.Equal(("TokenServiceUnreachable", ErrorKind.Connection), (await Refusal(issuers)) is var e ? (e.ErrorId, e.Kind) : default);
    }

    private async Task<GenieLoadException> Refusal(TokenIssuers issuers) =>
        await Assert.ThrowsAsync<GenieLoadException>(() => Token(issuers, "https://x.example"));

    private Task<string> Token(TokenIssuers issuers, string workspace)
    {
        var context = new CredentialContext { Environment = _ => null, Time = _time, Handler = issuers };
        var credential = new OAuthCredential(WorkspaceAddress.Parse(workspace), "client", "very-secret", "test", context);
        return _time.Drive(() => credential.GetTokenAsync(CancellationToken.None).AsTask());
    }
}
