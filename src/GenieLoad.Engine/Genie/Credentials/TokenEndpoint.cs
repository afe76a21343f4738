using GenieLoad.Engine.Genie.Retries;
using GenieLoad.Engine.Logging;
using GenieLoad.Engine.Randomness;
using GenieLoad.Model;

namespace GenieLoad.Engine.Genie.Credentials;

/// <summary>Asks whoever issues tokens, with the same retries as every other call: 429 and 5xx again, Retry-After honoured.</summary>
/// <param name="context">Way and clock.</param>
/// <param name="origin">For whom, for people.</param>
internal sealed class TokenEndpoint(CredentialContext context, string origin)
{
    private static readonly TimeSpan AttemptLimit = TimeSpan.FromSeconds(30);
    // A person or a whole load test is waiting: the whole of it has a minute.
    private const int LimitSeconds = 60;

    /// <summary>Asks for a token.</summary>
    /// <param name="address">Where.</param>
    /// <param name="request">Makes the request, anew for every try.</param>
    /// <param name="secret">What must not show in an error, whatever the other side answers.</param>
    /// <param name="maximumRetries">Most retries.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="GenieLoadException"><c>TokenRefused</c>, <c>TokenServiceUnreachable</c>, <c>TokenAnswerUnusable</c>.</exception>
    public async Task<IssuedToken> GetTokenAsync(
        Uri address, Func<HttpRequestMessage> request, string? secret, int maximumRetries, CancellationToken cancellationToken)
    {
        byte[] body;
        try
        {
            body = await GetAsync(address, request, secret, maximumRetries, cancellationToken).ConfigureAwait(false);
        }
        catch (ApiException e) when (e.Failure.Kind == FailureKind.Rejected)
        {
            throw CredentialErrors.TokenRefused(origin, address.Authority, e);
        }
        catch (ApiException e)
        {
            throw CredentialErrors.TokenServiceUnreachable(origin, address.Authority, e);
        }
        return TokenAnswer.Read(body, context.Time.GetUtcNow()) ?? throw CredentialErrors.TokenAnswerUnusable(origin, address.Authority);
    }

    /// <summary>Sends a request with its retries.</summary>
    /// <inheritdoc cref="GetTokenAsync"/>
    /// <exception cref="ApiException">It was given up.</exception>
    public async Task<byte[]> GetAsync(
        Uri address, Func<HttpRequestMessage> request, string? secret, int maximumRetries, CancellationToken cancellationToken)
    {
        LiveSecrets.Learn(secret);
        using HttpClient http = OpenClient(address);
        var pipeline = new RetryPipeline(new RetryOptions { MaximumRetries = maximumRetries, CapSeconds = 10 }, context.Time, EngineLog.None);
        long now = context.Time.GetTimestamp();
        var ledger = new CallLedger(new SeededRandom((ulong)now)) { Deadline = now + (LimitSeconds * context.Time.TimestampFrequency) };
        ApiAttempt attempt = await pipeline.RunAsync(
            new ApiCall(Operation.GetToken, HttpMethod.Post, address.AbsolutePath), ledger,
            (_, _, stop) => SendAsync(http, request, stop), cancellationToken).ConfigureAwait(false);
        return (byte[])attempt.Value!;
    }

    /// <summary>Where a GET is redirected to, which is not followed; <see langword="null"/> where it is not.</summary>
    public async Task<Uri?> RedirectOfAsync(Uri address, CancellationToken cancellationToken)
    {
        using HttpClient http = OpenClient(address);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            using HttpResponseMessage response = await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
            return response.Headers.Location;
        }
        catch (HttpRequestException e)
        {
            throw CredentialErrors.TokenServiceUnreachable(origin, address.Authority, e);
        }
    }

    private async Task<ApiAttempt> SendAsync(HttpClient http, Func<HttpRequestMessage> create, CancellationToken stop)
    {
        using var limit = new CancellationTokenSource(AttemptLimit, context.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, limit.Token);
        try
        {
            using HttpRequestMessage request = create();
            using HttpResponseMessage response = await http.SendAsync(request, either.Token).ConfigureAwait(false);
            byte[] body = await response.Content.ReadAsByteArrayAsync(either.Token).ConfigureAwait(false);
            if (response.IsSuccessStatusCode)
                return new ApiAttempt { Value = body };
            ApiFailure failure = ApiTransport.FailureOf(response, body, context.Time.GetUtcNow());
            return ApiAttempt.Failed(failure);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return ApiAttempt.Failed(new ApiFailure(FailureKind.Transport, "TRANSPORT_TIMEOUT", "No answer in time"));
        }
        catch (HttpRequestException e)
        {
            return ApiAttempt.Failed(ApiTransport.Broken(e, notSent: false));
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            return ApiAttempt.Failed(new ApiFailure(FailureKind.Transport, "TRANSPORT_RESET", e.Message) { Exception = e });
        }
    }

    private HttpClient OpenClient(Uri address)
    {
        // Made for one token an hour: nothing is kept open in between.
        HttpMessageHandler handler = context.Handler ?? GenieHttp.CreateHandler(address, new GenieClientOptions());
        return new HttpClient(handler, disposeHandler: context.Handler is null)
        {
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = 1024 * 1024,
        };
    }
}
