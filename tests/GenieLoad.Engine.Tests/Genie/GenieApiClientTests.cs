using System.Net;
using GenieLoad.Engine.Credentials;
using GenieLoad.Engine.Genie;
using GenieLoad.Engine.Genie.Wire;
using GenieLoad.Engine.Http;
using GenieLoad.Engine.Http.Retries;
using GenieLoad.Engine.Randomness;
using GenieLoad.Model;
using Microsoft.Extensions.Time.Testing;

namespace GenieLoad.Engine.Tests.Genie;

public sealed class GenieApiClientTests
{
    private const string Message = """{"message_id":"m1","conversation_id":"c1","status":"ASKING_AI"}""";
    private const string Started = """{"conversation_id":"c1","message_id":"m1","message":{"message_id":"m1","status":"SUBMITTED"}}""";

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));
    private readonly CallPolicy _calls = new(new SeededRandom(1));
    private readonly ScriptedService _service;

    public GenieApiClientTests() => _service = new ScriptedService(_time);

    [Fact]
    public async Task A_question_is_sent_once_with_the_token_and_read_from_the_wrapped_answer()
    {
        _service.Answer(HttpStatusCode.OK, Started);

        ApiReply<StartConversationAnswer> reply = await Ask();

        Assert.Equal("c1", reply.Value.ConversationId);
        ReceivedCall call = Assert.Single(_service.Calls);
        Assert.Equal("POST", call.Method);
        Assert.Equal("/api/2.0/genie/spaces/space-1/start-conversation", call.Path);
        Assert.Equal("Bearer secret", call.Authorization);
    }

    [Fact]
    public async Task After_the_first_try_there_are_exactly_five_retries()
    {
        for (int i = 0; i < 6; i++)
            _service.Answer(HttpStatusCode.TooManyRequests, """{"error_code":"REQUEST_LIMIT_EXCEEDED","message":"too many"}""");

        ApiException e = await Assert.ThrowsAsync<ApiException>(() => _time.Drive(() => Ask()));

        Assert.Equal(6, _service.Calls.Count);
        Assert.Equal(5, _calls.Record.ThrottleRetries);
        Assert.Equal(0, _calls.Record.FaultRetries);
        Assert.Equal(FailureKind.Throttled, e.Failure.Kind);
        Assert.Contains("5 retries", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_retries_means_one_try()
    {
        _service.Answer(HttpStatusCode.TooManyRequests, "");

        await Assert.ThrowsAsync<ApiException>(() => _time.Drive(() => Ask(new RetryOptions { MaximumRetries = 0 })));

        Assert.Single(_service.Calls);
    }

    [Theory]
    [InlineData("30")]
    [InlineData("Mon, 23 Nov 2026 12:00:30 GMT")]
    public async Task Retry_After_is_waited_once_and_not_on_top_of_the_backoff(string retryAfter)
    {
        _service.Answer(HttpStatusCode.TooManyRequests, "", ("Retry-After", retryAfter)).Answer(HttpStatusCode.OK, Started);

        await _time.Drive(() => Ask(new RetryOptions { JitterSeconds = 0, JitterShare = 0 }));

        double waited = (_service.Calls[1].At - _service.Calls[0].At).TotalSeconds;
        Assert.Equal(30, waited, 0.02);
        Sleep sleep = Assert.Single(_calls.Record.Sleeps);
        Assert.True(sleep.Throttled);
        Assert.Equal(30, _time.GetElapsedTime(sleep.From, sleep.To).TotalSeconds, 0.02);
    }

    [Fact]
    public async Task A_Retry_After_beyond_the_limit_ends_it_and_says_what_was_asked()
    {
        _service.Answer(HttpStatusCode.TooManyRequests, "", ("Retry-After", "3600"));

        ApiException e = await Assert.ThrowsAsync<ApiException>(() => _time.Drive(() => Ask()));

        Assert.Single(_service.Calls);
        Assert.Contains("3600 s", e.Message, StringComparison.Ordinal);
        Assert.Contains("120 s", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_Retry_After_beyond_the_backoff_cap_is_obeyed()
    {
        _service.Answer(HttpStatusCode.TooManyRequests, "", ("Retry-After", "100")).Answer(HttpStatusCode.OK, Started);

        await _time.Drive(() => Ask());

        Assert.True((_service.Calls[1].At - _service.Calls[0].At).TotalSeconds >= 100);
    }

    [Fact]
    public async Task A_wait_never_outlives_the_deadline()
    {
        _calls.Deadline = _time.GetTimestamp() + (10 * _time.TimestampFrequency);
        _service.Answer(HttpStatusCode.TooManyRequests, "", ("Retry-After", "60"));
        DateTimeOffset start = _time.GetUtcNow();

        ApiException e = await Assert.ThrowsAsync<ApiException>(() => _time.Drive(() => Ask()));

        Assert.Contains("10 s were left", e.Message, StringComparison.Ordinal);
        Assert.True((_time.GetUtcNow() - start).TotalSeconds < 10);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(504)]
    public async Task A_question_of_unknown_fate_is_not_sent_again(int status)
    {
        _service.Answer((HttpStatusCode)status, "oops");

        ApiException e = await Assert.ThrowsAsync<ApiException>(() => _time.Drive(() => Ask()));

        Assert.Single(_service.Calls);
        Assert.True(e.IsAmbiguous);
    }

    [Fact]
    public async Task A_question_reset_after_it_was_read_is_not_sent_again()
    {
        _service.ResetAfterReading();

        ApiException e = await Assert.ThrowsAsync<ApiException>(() => _time.Drive(() => Ask()));

        Assert.True(e.IsAmbiguous);
    }

    [Fact]
    public async Task A_question_that_never_left_is_sent_again()
    {
        _service.RefuseConnection().Answer(HttpStatusCode.OK, Started);

        await _time.Drive(() => Ask());

        Assert.Equal(2, _service.Calls.Count);
        Assert.Equal(1, _calls.Record.FaultRetries);
        Assert.False(Assert.Single(_calls.Record.Sleeps).Throttled);
    }

    [Fact]
    public async Task A_question_of_unknown_fate_is_sent_again_for_who_wants_it()
    {
        _service.ResetAfterReading().Answer(HttpStatusCode.OK, Started);

        await _time.Drive(() => Ask(new RetryOptions { ResendAmbiguous = true }));

        Assert.Equal(2, _calls.Record.Submissions);
    }

    [Fact]
    public async Task A_poll_is_repeated_through_server_errors_resets_broken_bodies_and_silence()
    {
        _service.Answer(HttpStatusCode.InternalServerError, "<html><title>Bad day</title></html>")
            .ResetAfterReading()
            .Answer(HttpStatusCode.OK, Message[..20])
            .NeverAnswer()
            .Answer(HttpStatusCode.OK, Message);
        using GenieApiClient client = Client(new RetryOptions());

        ApiReply<GenieMessage> reply = await _time.Drive(() => client.GetMessageAsync("s", "c", "m", _calls, CancellationToken.None));

        Assert.Equal("ASKING_AI", reply.Value.Status);
        Assert.Equal(4, _calls.Record.FaultRetries);
        Assert.Equal(0, _calls.Record.ThrottleRetries);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(409)]
    public async Task A_refusal_is_final_and_keeps_code_text_and_request_id(int status)
    {
        _service.Answer((HttpStatusCode)status, """
            {"error_code":"SOME_CODE","message":"no","details":[{"@type":"type.googleapis.com/google.rpc.RequestInfo","request_id":"r-1"}]}
            """);

        ApiException e = await Assert.ThrowsAsync<ApiException>(() => Ask());

        Assert.Equal(FailureKind.Rejected, e.Failure.Kind);
        Assert.Equal("SOME_CODE", e.Failure.ErrorType);
        Assert.Equal("r-1", _calls.Record.LastRequestId);
        Assert.Single(_service.Calls);
    }

    [Fact]
    public async Task A_refused_token_is_renewed_once_and_the_question_sent_once_more_at_once()
    {
        _service.Answer(HttpStatusCode.Unauthorized, """{"error_code":"UNAUTHENTICATED","message":"token-1 is expired"}""")
            .Answer(HttpStatusCode.OK, Started);
        using GenieApiClient client = Renewing(out List<string> _);

        await client.StartConversationAsync("s", "How many?", _calls, CancellationToken.None);

        Assert.Equal(["Bearer token-1", "Bearer token-2"], _service.Calls.Select(call => call.Authorization));
        Assert.Equal((2, 1, 0), (_calls.Record.Submissions, _calls.Record.FaultRetries, _calls.Record.Sleeps.Count));
    }

    [Theory]
    [InlineData(403, "<html><head><title>Error 403 Token is expiring within 30 seconds. (token expired)</title></head></html>")]
    [InlineData(403, """{"error_code":"403","message":"Invalid access token. [ReqId: 1]"}""")]
    [InlineData(403, """{"error_code":"PERMISSION_DENIED","message":"The access token has expired"}""")]
    [InlineData(403, "Invalid Token")]
    [InlineData(400, """{"error_code":"400","message":"io.jsonwebtoken.IncorrectClaimException / ExpiredJwtException: JWT expired"}""")]
    public async Task A_token_at_its_end_is_renewed_whatever_status_says_so(int status, string body)
    {
        _service.Answer((HttpStatusCode)status, body).Answer(HttpStatusCode.OK, Started);
        using GenieApiClient client = Renewing(out List<string> _);

        await client.StartConversationAsync("s", "How many?", _calls, CancellationToken.None);

        Assert.Equal(["Bearer token-1", "Bearer token-2"], _service.Calls.Select(call => call.Authorization));
        Assert.Equal((2, 1, 0), (_calls.Record.Submissions, _calls.Record.FaultRetries, _calls.Record.Sleeps.Count));
    }

    [Theory]
    [InlineData(403, "User does not have permission CAN RUN on the space")]
    [InlineData(403, "Provided OAuth token does not have required scopes: genie")]
    [InlineData(403, "Cannot use personal access tokens in this workspace")]
    [InlineData(403, "Source IP address: 1.2.3.4 is blocked by Databricks IP ACL")]
    [InlineData(400, "Cannot understand 'how many users have an expired token?'")]
    [InlineData(404, "Invalid access token")]
    public async Task A_refusal_for_another_reason_renews_nothing(int status, string message)
    {
        _service.Answer((HttpStatusCode)status, $$"""{"error_code":"SOME_CODE","message":"{{message}}"}""");
        using GenieApiClient client = Renewing(out List<string> issued);

        ApiException e = await Assert.ThrowsAsync<ApiException>(
            () => client.StartConversationAsync("s", "How many?", _calls, CancellationToken.None));

        Assert.Equal(("SOME_CODE", false), (e.Failure.ErrorType, e.Failure.CredentialRefused));
        Assert.Single(issued);
        Assert.Single(_service.Calls);
    }

    [Theory]
    [InlineData(403, "Invalid access token.")]
    [InlineData(400, "JWT expired")]
    public async Task A_token_that_cannot_be_renewed_is_said_to_be_refused_not_to_lack_a_right(int status, string message)
    {
        _service.Answer((HttpStatusCode)status, $$"""{"error_code":"{{status}}","message":"{{message}}"}""");
        using GenieApiClient client = Client(new RetryOptions());

        GenieLoadException e = await Assert.ThrowsAsync<GenieLoadException>(
            () => new GenieConnector(client).CheckAsync("s", isSimulator: false, CancellationToken.None));

        Assert.Equal("WorkspaceRefusedToken", e.ErrorId);
        Assert.Contains($"(HTTP {status}): ", e.Message, StringComparison.Ordinal);
        Assert.Contains(message, e.Message, StringComparison.Ordinal);
        Assert.Single(_service.Calls);
    }

    [Fact]
    public async Task A_renewed_token_that_is_refused_too_is_the_end_and_shows_no_token()
    {
        foreach (string token in new[] { "token-1", "token-2", "token-2" })
            _service.Answer(HttpStatusCode.Unauthorized, $$"""{"error_code":"UNAUTHENTICATED","message":"{{token}} is expired"}""");
        using GenieApiClient client = Renewing(out List<string> issued);

        for (int i = 0; i < 2; i++)
        {
            ApiException e = await Assert.ThrowsAsync<ApiException>(
                () => client.StartConversationAsync("s", "How many?", _calls, CancellationToken.None));
            Assert.True(e.Failure.CredentialRefused);
            Assert.Equal((401, FailureKind.Rejected), (e.Failure.HttpStatus, e.Failure.Kind));
            Assert.DoesNotContain("token-", e.ToString(), StringComparison.Ordinal);
            if (i == 0)
                Assert.Equal(2, _service.Calls.Count);
        }

        // The second question does not have a third token issued.
        Assert.Equal(2, issued.Count);
        Assert.Equal(3, _service.Calls.Count);
    }

    [Fact]
    public async Task Without_a_token_nothing_is_sent_and_the_failure_says_that_it_stays_so()
    {
        var credential = new TokenProviderCredential(_ => throw new InvalidOperationException("the vault is closed"), "test", _time);
        using var client = new GenieApiClient(new Uri("https://workspace.example"), credential, new GenieClientOptions(), _time, handler: _service);

        ApiException e = await Assert.ThrowsAsync<ApiException>(
            () => client.StartConversationAsync("s", "How many?", _calls, CancellationToken.None));

        Assert.True(e.Failure.CredentialRefused);
        Assert.False(e.IsAmbiguous);
        Assert.Contains("the vault is closed", e.Message, StringComparison.Ordinal);
        Assert.Empty(_service.Calls);
        Assert.Equal(0, _calls.Record.Submissions);
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        _service.Answer(HttpStatusCode.Found, "", ("Location", "https://elsewhere.example/login.html?error=private-link-validation-error"));

        ApiException e = await Assert.ThrowsAsync<ApiException>(() => Ask());

        Assert.Single(_service.Calls);
        Assert.Contains("elsewhere.example/login.html", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_stopped_before_it_was_sent_is_never_sent()
    {
        _service.Answer(HttpStatusCode.OK, Started);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Ask(stop: new CancellationToken(canceled: true)));

        Assert.Empty(_service.Calls);
        Assert.Equal(0, _calls.Record.Submissions);
    }

    [Fact]
    public async Task Stopping_ends_an_attempt_that_is_not_answered_at_once()
    {
        _service.NeverAnswer();
        using var stop = new CancellationTokenSource();
        Task<ApiReply<StartConversationAnswer>> asking = Ask(stop: stop.Token);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking.WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.Single(_service.Calls);
    }

    [Fact]
    public async Task Stopping_ends_a_wait_at_once_and_books_what_was_slept()
    {
        _service.Answer(HttpStatusCode.TooManyRequests, "", ("Retry-After", "60"));
        using var stop = new CancellationTokenSource();
        Task<ApiReply<StartConversationAnswer>> asking = Ask(stop: stop.Token);
        _time.Advance(TimeSpan.FromSeconds(20));

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        Sleep sleep = Assert.Single(_calls.Record.Sleeps);
        Assert.Equal(20, _time.GetElapsedTime(sleep.From, sleep.To).TotalSeconds, 0.01);
    }

    [Fact]
    public async Task Spaces_are_read_page_by_page_until_the_token_is_empty()
    {
        _service.Answer(HttpStatusCode.OK, """{"spaces":[{"space_id":"a","title":"A"}],"next_page_token":"p 2"}""")
            .Answer(HttpStatusCode.OK, """{"spaces":[{"space_id":"b"}],"next_page_token":""}""");
        using GenieApiClient client = Client(new RetryOptions());

        List<string?> ids = [];
        await foreach (GenieSpace space in client.ListSpacesAsync(_calls, CancellationToken.None))
            ids.Add(space.SpaceId);

        Assert.Equal(["a", "b"], ids);
        Assert.Equal("/api/2.0/genie/spaces?page_token=p%202", _service.Calls[1].Path);
    }

    [Fact]
    public async Task Deleting_a_conversation_twice_is_done()
    {
        _service.Answer(HttpStatusCode.BadGateway, "").Answer(HttpStatusCode.NotFound, """{"error_code":"RESOURCE_DOES_NOT_EXIST"}""");
        using GenieApiClient client = Client(new RetryOptions());

        await _time.Drive(() => client.DeleteConversationAsync("s", "c", _calls, CancellationToken.None));

        Assert.Equal("DELETE", _service.Calls[1].Method);
    }

    private async Task<ApiReply<StartConversationAnswer>> Ask(RetryOptions? retry = null, CancellationToken stop = default)
    {
        using GenieApiClient client = Client(retry ?? new RetryOptions());
        return await client.StartConversationAsync("space-1", "How many?", _calls, stop);
    }

    private GenieApiClient Renewing(out List<string> tokens)
    {
        List<string> issued = tokens = [];
        Task<IssuedToken> IssueAsync(CancellationToken stop)
        {
            issued.Add($"token-{issued.Count + 1}");
            return Task.FromResult(new IssuedToken(issued[^1], _time.GetUtcNow().AddHours(1)));
        }
        var credential = new TokenProviderCredential(IssueAsync, "test", _time);
        return new GenieApiClient(new Uri("https://workspace.example"), credential, new GenieClientOptions(), _time, handler: _service);
    }

    private GenieApiClient Client(RetryOptions retry) => new(
        new Uri("https://workspace.example"), TokenCredential.Create("secret", "test"), new GenieClientOptions { Retry = retry }, _time,
        handler: _service);
}
