using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using GenieLoad.Engine.Genie.Credentials;
using GenieLoad.Engine.Genie.Retries;
using GenieLoad.Engine.Logging;
using GenieLoad.Model;
using Microsoft.Extensions.Logging;

namespace GenieLoad.Engine.Genie;

/// <summary>Sends one attempt and says what became of it. Never throws for what the network or the service does.</summary>
internal sealed class ApiTransport(HttpClient http, ICredential credential, TimeProvider time, ILogger log, double attemptTimeoutSeconds)
{
    private string? _learnt;

    /// <summary>
    /// Sends the call once, and at once a second time with a new token where the service refused the first one (not accepted, so that a question
    /// may be sent again too) and the credential can renew it.
    /// </summary>
    /// <param name="call">The call.</param>
    /// <param name="read">Reads the answer; may throw <see cref="JsonException"/>.</param>
    /// <param name="ledger">Gets the attempt's instant.</param>
    /// <param name="cancellationToken">Ends the attempt at once, with <see cref="OperationCanceledException"/>.</param>
    public async Task<ApiAttempt> SendAsync(
        ApiCall call, Func<ReadOnlyMemory<byte>, object> read, CallLedger ledger, CancellationToken cancellationToken)
    {
        ApiAttempt attempt = await SendOnceAsync(call, read, ledger, cancellationToken).ConfigureAwait(false);
        if (attempt.Failure is not { TokenRenewable: true } refusal)
            return attempt;
        ledger.Failed(refusal);
        ledger.Retrying(throttled: false);
        log.LogInformation(
            "{Caller}: {Operation} again with a new token: {Credential} was refused (HTTP {Status}: {Reason})",
            ledger.Caller, call.Operation, credential.Description, refusal.HttpStatus, refusal.Message);
        return await SendOnceAsync(call, read, ledger, cancellationToken).ConfigureAwait(false);
    }

    private async Task<ApiAttempt> SendOnceAsync(
        ApiCall call, Func<ReadOnlyMemory<byte>, object> read, CallLedger ledger, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = new(call.Method, call.Path);
        using TrackedContent? content = call.Body is null ? null : TrackedContent.Create(call.Body);
        request.Content = content;
        using CancellationTokenSource limit = new(TimeSpan.FromSeconds(AttemptLimit(ledger)), time);
        // The caller's cancellation goes the same way as the limit, which saves a linked source for every call.
        using CancellationTokenRegistration stop = cancellationToken.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), limit);
        bool answered = false;
        try
        {
            // From here on, or sleeps for a token that was not to be had would lie before the question's first instant.
            ledger.Beginning(time.GetTimestamp());
            string token = await credential.GetTokenAsync(limit.Token).ConfigureAwait(false);
            Learn(token);
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            long sentAt = time.GetTimestamp();
            ledger.Sending(call);
            using HttpResponseMessage response = await http
                .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token).ConfigureAwait(false);
            answered = response.IsSuccessStatusCode;
            using AnswerBody body = await AnswerBody
                .ReadAsync(response.Content, answered ? AnswerBody.Longest : ErrorBody.LongestBody, limit.Token).ConfigureAwait(false);
            if (!answered)
                return ApiAttempt.Failed(Refusal(response, body.Bytes, token));
            long receivedAt = time.GetTimestamp();
            return Answer(body, read) with { SentAt = sentAt, ReceivedAt = receivedAt };
        }
        catch (GenieLoadException e)
        {
            return ApiAttempt.Failed(ApiFailure.WithoutToken(e));
        }
        catch (Exception e) when (FailureOf(e, cancellationToken) is ApiFailure failure)
        {
            return ApiAttempt.Failed(failure with { NotSent = !answered && (failure.NotSent || content is { Started: false }), Answered = answered });
        }
    }

    private static ApiAttempt Answer(AnswerBody body, Func<ReadOnlyMemory<byte>, object> read)
    {
        try
        {
            return body.IsCut
                ? ApiAttempt.Failed(AnswerFault.TooLarge() with { Answered = true })
                : new ApiAttempt { Value = read(body.Bytes), Body = body.Bytes };
        }
        catch (JsonException e)
        {
            return ApiAttempt.Failed(AnswerFault.Unreadable(body.Bytes, e) with { Answered = true });
        }
    }

    /// <summary>What an exception on the way says; <see langword="null"/> for one that is not of the way.</summary>
    private static ApiFailure? FailureOf(Exception e, CancellationToken cancellationToken) => e switch
    {
        OperationCanceledException when !cancellationToken.IsCancellationRequested =>
            new ApiFailure(FailureKind.Transport, "TRANSPORT_TIMEOUT", "No answer in time"),
        HttpRequestException broken => Broken(broken, notSent: false),
        IOException => new ApiFailure(FailureKind.Transport, "TRANSPORT_RESET", e.Message) { Exception = e },
        InvalidDataException damaged => AnswerFault.Damaged(damaged),
        _ => null,
    };

    private void Learn(string token)
    {
        // The same object for every call until it is renewed.
        if (ReferenceEquals(token, _learnt))
            return;
        LiveSecrets.Learn(token);
        _learnt = token;
    }

    /// <summary>One attempt has its own limit and never outlives the question's deadline.</summary>
    private double AttemptLimit(CallLedger ledger)
    {
        if (ledger.Deadline is not long deadline)
            return attemptTimeoutSeconds;
        double left = time.GetElapsedTime(time.GetTimestamp(), deadline).TotalSeconds;
        return Math.Clamp(left, 0.001, attemptTimeoutSeconds);
    }

    private ApiFailure Refusal(HttpResponseMessage response, byte[] body, string token)
    {
        ApiFailure failure = FailureOf(response, body, time.GetUtcNow());
        return failure with
        {
            TokenRenewable = failure.TokenRefused && credential.Refused(token),
        };
    }

    /// <summary>What an answer that is not a success says.</summary>
    public static ApiFailure FailureOf(HttpResponseMessage response, byte[] body, DateTimeOffset now)
    {
        ErrorBody error = ErrorBody.Read(response.StatusCode, body);
        int status = (int)response.StatusCode;
        FailureKind kind = response.StatusCode switch
        {
            HttpStatusCode.TooManyRequests => FailureKind.Throttled,
            HttpStatusCode.ServiceUnavailable => FailureKind.Unavailable,
            HttpStatusCode.NotImplemented => FailureKind.Rejected,
            >= HttpStatusCode.InternalServerError => FailureKind.ServerError,
            // A gateway's: it gave up waiting, or whoever stands before it did (408, 425, 460, 499). What it had forwarded by then is not told.
            HttpStatusCode.RequestTimeout or (HttpStatusCode)425 or (HttpStatusCode)460 or (HttpStatusCode)499 => FailureKind.ServerError,
            _ => FailureKind.Rejected,
        };
        double? retryAfter = kind is FailureKind.Throttled or FailureKind.Unavailable ? RetryAfterHeader.Seconds(response.Headers, now) : null;
        string message = status is >= 300 and < 400 && response.Headers.Location is Uri target
            ? $"redirected to {target.OriginalString.Split('?')[0]}, which is not followed"
            : error.Message;
        string? redirected = status is >= 300 and < 400 && response.Headers.Location is Uri elsewhere ? AnswerFault.TypeOf(elsewhere) : null;
        string type = TokenRefusal.Tells(status, error.Message) ? ApiFailure.TokenError : redirected ?? error.Code ?? $"HTTP_{status}";
        return new ApiFailure(kind, type, message)
        {
            HttpStatus = status,
            RequestId = error.RequestId ?? RequestIdOf(response.Headers),
            RetryAfterSeconds = retryAfter,
            Refused = kind == FailureKind.Unavailable && CertainRefusal.Tells(error, retryAfter is not null),
        };
    }

    /// <summary>What a request that failed without an answer says.</summary>
    public static ApiFailure Broken(HttpRequestException e, bool notSent)
    {
        string type = e.HttpRequestError switch
        {
            HttpRequestError.NameResolutionError => "TRANSPORT_DNS",
            HttpRequestError.ConnectionError or HttpRequestError.ProxyTunnelError => "TRANSPORT_CONNECT",
            HttpRequestError.SecureConnectionError => "TRANSPORT_TLS",
            HttpRequestError.ResponseEnded => "TRANSPORT_RESET",
            HttpRequestError.InvalidResponse or HttpRequestError.HttpProtocolError => "TRANSPORT_PROTOCOL",
            HttpRequestError.ConfigurationLimitExceeded => "TRANSPORT_LIMIT",
            _ => "TRANSPORT_RESET",
        };
        // The three that happen before a connection stands are never sent, whatever the body says.
        bool beforeSending = type is "TRANSPORT_DNS" or "TRANSPORT_CONNECT" or "TRANSPORT_TLS";
        string message = e.InnerException is { } inner && !e.Message.Contains(inner.Message, StringComparison.Ordinal)
            ? $"{e.Message.TrimEnd('.')}: {inner.Message}"
            : e.Message;
        return new ApiFailure(FailureKind.Transport, type, message) { Exception = e, NotSent = notSent || beforeSending };
    }

    private static string? RequestIdOf(HttpResponseHeaders headers)
    {
        if (headers.TryGetValues("x-databricks-request-id", out IEnumerable<string>? own))
            return own.FirstOrDefault();
        return headers.TryGetValues("x-request-id", out IEnumerable<string>? common) ? common.FirstOrDefault() : null;
    }
}
