using System.Net;
using System.Net.Http.Headers;
using GenieLoad.Engine.Http.Retries;

namespace GenieLoad.Engine.Http;

/// <summary>Puts what went wrong with an attempt in one form, whoever's call it was.</summary>
internal static class CallFault
{
    /// <summary>What an answer that is not a success says.</summary>
    public static ApiFailure Of(HttpResponseMessage response, byte[] body, DateTimeOffset now)
    {
        ErrorBody error = ErrorBody.Read(response.StatusCode, body);
        int status = (int)response.StatusCode;
        FailureKind kind = response.StatusCode switch
        {
            HttpStatusCode.TooManyRequests => FailureKind.Throttled,
            HttpStatusCode.ServiceUnavailable => FailureKind.Unavailable,
            HttpStatusCode.NotImplemented => FailureKind.Rejected,
            >= HttpStatusCode.InternalServerError => FailureKind.ServerError,
            // A gateway's: it gave up waiting, or whoever stands before it did (408, 425, 460, 499). What it had forwarded by then is not
            // told.
            HttpStatusCode.RequestTimeout or (HttpStatusCode)425 or (HttpStatusCode)460 or (HttpStatusCode)499 => FailureKind.ServerError,
            _ => FailureKind.Rejected,
        };
        double? retryAfter = kind is FailureKind.Throttled or FailureKind.Unavailable
            ? RetryAfterHeader.Seconds(response.Headers, now)
            : null;
        Uri? elsewhere = status is >= 300 and < 400 ? response.Headers.Location : null;
        string type = TokenRefusal.Tells(status, error.Message)
            ? ApiFailure.TokenError
            : (elsewhere is null ? AnswerFault.TypeOf(status, error) : AnswerFault.TypeOf(elsewhere)) ?? error.Code ?? $"HTTP_{status}";
        string message = elsewhere is null
            ? error.Message
            : $"redirected to {elsewhere.OriginalString.Split('?')[0]}, which is not followed";
        return new ApiFailure(kind, type, message)
        {
            HttpStatus = status,
            RequestId = error.RequestId ?? RequestIdOf(response.Headers),
            RetryAfterSeconds = retryAfter,
            RedirectedTo = elsewhere,
            Refused = kind == FailureKind.Unavailable && CertainRefusal.Tells(error, retryAfter is not null),
        };
    }

    /// <summary>What an exception on the way says; <see langword="null"/> for one that is not of the way.</summary>
    /// <param name="exception">The exception.</param>
    /// <param name="stop">The caller's own end, which is no fault.</param>
    public static ApiFailure? Of(Exception exception, CancellationToken stop) => exception switch
    {
        OperationCanceledException when !stop.IsCancellationRequested =>
            new ApiFailure(FailureKind.Transport, "TRANSPORT_TIMEOUT", "No answer in time"),
        HttpRequestException broken => Of(broken),
        IOException => new ApiFailure(FailureKind.Transport, "TRANSPORT_RESET", exception.Message) { Exception = exception },
        InvalidDataException damaged => AnswerFault.Damaged(damaged),
        _ => null,
    };

    private static ApiFailure Of(HttpRequestException e)
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
        string message = e.InnerException is { } inner && !e.Message.Contains(inner.Message, StringComparison.Ordinal)
            ? $"{e.Message.TrimEnd('.')}: {inner.Message}"
            : e.Message;
        return new ApiFailure(FailureKind.Transport, type, message)
        {
            Exception = e,
            // The three that happen before a connection stands are never sent, whatever the body says.
            NotSent = type is "TRANSPORT_DNS" or "TRANSPORT_CONNECT" or "TRANSPORT_TLS",
        };
    }

    /// <summary>The id that the service gave a request; <see langword="null"/> where it gave none.</summary>
    public static string? RequestIdOf(HttpResponseHeaders headers)
    {
        if (headers.TryGetValues("x-databricks-request-id", out IEnumerable<string>? own))
            return own.FirstOrDefault();
        return headers.TryGetValues("x-request-id", out IEnumerable<string>? common) ? common.FirstOrDefault() : null;
    }
}
