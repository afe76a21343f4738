using GenieLoad.Engine.Http;
using GenieLoad.Engine.Http.Retries;
using GenieLoad.Engine.Logging;
using GenieLoad.Engine.Randomness;
using GenieLoad.Model;

namespace GenieLoad.Engine.Credentials;

/// <summary>Asks whoever issues tokens, with the same retries as every other call: 429 and 5xx again, Retry-After honoured.</summary>
/// <param name="context">Way and clock.</param>
/// <param name="origin">For whom, for people.</param>
internal sealed class TokenEndpoint(CredentialContext context, string origin)
{
    private const double AttemptSeconds = 30;
    // A person or a whole load test is waiting: the whole of it has a minute.
    private const int LimitSeconds = 60;
    private const int LongestAnswer = 1024 * 1024;

    /// <summary>Asks for a token.</summary>
    /// <param name="call">The request.</param>
    /// <param name="secret">What must not show in an error, whatever the other side answers.</param>
    /// <param name="maximumRetries">Most retries.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="GenieLoadException"><c>TokenRefused</c>, <c>TokenServiceUnreachable</c>, <c>TokenAnswerUnusable</c>.</exception>
    public async Task<IssuedToken> GetTokenAsync(
        HttpCall call, string? secret, int maximumRetries, CancellationToken cancellationToken)
    {
        ReadOnlyMemory<byte> body;
        try
        {
            body = await GetAsync(call, secret, maximumRetries, cancellationToken).ConfigureAwait(false);
        }
        catch (ApiException e)
        {
            throw HttpErrors.OfAnother(call.Address.Authority, e) ?? (e.Failure.Kind == FailureKind.Rejected
                ? CredentialErrors.TokenRefused(origin, call.Address.Authority, e)
                : CredentialErrors.TokenServiceUnreachable(origin, call.Address.Authority, e));
        }
        return TokenAnswer.Read(body, context.Time.GetUtcNow())
            ?? throw (AnswerFault.OfPage(body.ToArray()) is ApiFailure page ? HttpErrors.OfAnother(
                call.Address.Authority, new ApiException(call.Name, page)) : null)
            ?? CredentialErrors.TokenAnswerUnusable(origin, call.Address.Authority);
    }

    /// <summary>Sends a request with its retries.</summary>
    /// <inheritdoc cref="GetTokenAsync"/>
    /// <exception cref="ApiException">It was given up.</exception>
    public async Task<ReadOnlyMemory<byte>> GetAsync(
        HttpCall call, string? secret, int maximumRetries, CancellationToken cancellationToken)
    {
        LiveSecrets.Learn(secret);
        // Made for one token an hour: nothing is kept open in between.
        HttpMessageInvoker http = new(
            context.Handler ?? HttpHandlers.Create(call.Address), disposeHandler: context.Handler is null);
        var options = new ExchangeOptions(
            new RetryOptions { MaximumRetries = maximumRetries, CapSeconds = 10 }, AttemptSeconds, LongestAnswer);
        using var exchange = new HttpExchange(http, options, context.Time, EngineLog.None);
        long now = context.Time.GetTimestamp();
        var policy = new CallPolicy(new SeededRandom((ulong)now)) { Deadline = now + (LimitSeconds * context.Time.TimestampFrequency) };
        return (await exchange.SendAsync(call, policy, null, cancellationToken).ConfigureAwait(false)).Body;
    }

    /// <summary>Where a GET is redirected to, which is not followed; <see langword="null"/> where it is not.</summary>
    /// <exception cref="GenieLoadException"><c>TokenServiceUnreachable</c>.</exception>
    public async Task<Uri?> RedirectOfAsync(Uri address, CancellationToken cancellationToken)
    {
        try
        {
            await GetAsync(Call(HttpMethod.Get, address), null, maximumRetries: 5, cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (ApiException e) when (e.Failure.Kind == FailureKind.Rejected)
        {
            return e.Failure.RedirectedTo;
        }
        catch (ApiException e)
        {
            throw CredentialErrors.TokenServiceUnreachable(origin, address.Authority, e);
        }
    }

    /// <summary>A request to those who issue tokens. A second token does no harm.</summary>
    public static HttpCall Call(HttpMethod method, Uri address) => new("GetToken", method, address) { IsRepeatable = true };
}
