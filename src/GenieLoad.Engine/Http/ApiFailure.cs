using GenieLoad.Engine.Logging;
using GenieLoad.Model;

namespace GenieLoad.Engine.Http;

/// <summary>Why a call, or one attempt at it, did not succeed. Holds no secret, whatever the service or a gateway repeats.</summary>
/// <param name="Kind">Sort of failure.</param>
/// <param name="ErrorType">
/// The service's own code (<c>RESOURCE_DOES_NOT_EXIST</c>), <c>HTTP_502</c> where it gave none, or <c>TRANSPORT_...</c>.
/// </param>
/// <param name="Message">In words.</param>
public sealed record ApiFailure(FailureKind Kind, string ErrorType, string Message)
{
    private readonly string _errorType = Redactor.Redact(ErrorType);
    private readonly string _message = Redactor.Redact(Message);
    private readonly string? _requestId;
    private readonly Exception? _exception;

    /// <summary>
    /// The service's own code (<c>RESOURCE_DOES_NOT_EXIST</c>), <c>HTTP_502</c> where it gave none, or <c>TRANSPORT_...</c>.
    /// </summary>
    public string ErrorType
    {
        get => _errorType;
        init => _errorType = Redactor.Redact(value);
    }

    /// <summary>In words.</summary>
    public string Message
    {
        get => _message;
        init => _message = Redactor.Redact(value);
    }

    /// <summary>HTTP status, where there was one.</summary>
    public int? HttpStatus { get; init; }

    /// <summary>The service's id for the request.</summary>
    public string? RequestId
    {
        get => _requestId;
        init => _requestId = value is null ? null : Redactor.Redact(value);
    }

    /// <summary>Seconds that Retry-After asked for.</summary>
    public double? RetryAfterSeconds { get; init; }

    /// <summary>Whether the request certainly never reached the service.</summary>
    public bool NotSent { get; init; }

    /// <summary>
    /// Whether the service certainly did not take the request, although it or a gateway answered: see <see cref="CertainRefusal"/>.
    /// </summary>
    public bool Refused { get; init; }

    /// <summary>Whether nobody knows if the service took the request, or what became of it.</summary>
    public bool FateUnknown =>
        Kind is FailureKind.Unavailable or FailureKind.ServerError or FailureKind.Transport && !NotSent && !Refused;

    /// <summary>Where the service sends callers instead; not followed.</summary>
    internal Uri? RedirectedTo { get; init; }

    /// <summary>Whether the service answered with success, so that it has taken the request; what it answered could not be read or
    /// used.</summary>
    public bool Answered { get; init; }

    /// <summary>Whether the same call would bring the same again.</summary>
    public bool Lasting { get; init; }

    /// <summary>
    /// Whether the service refused the token (<see cref="TokenRefused"/>) and another is to be had, so that the call may be sent once more.
    /// </summary>
    public bool TokenRenewable { get; init; }

    /// <summary>
    /// Whether the credential is no good: the service refused it, renewed where it can be, or no token is to be had for it. Every further
    /// call would fare the same.
    /// </summary>
    public bool CredentialRefused => TokenRefused || ErrorType == CredentialError;

    /// <summary>
    /// Whether the service refused the token itself, before it looked at what was asked: HTTP 401, or another status whose text says that
    /// the token has expired.
    /// </summary>
    public bool TokenRefused => HttpStatus == 401 || ErrorType == TokenError;

    /// <summary>What lies beneath it.</summary>
    public Exception? Exception
    {
        get => _exception;
        init => _exception = value is null ? null : CleanedException.Of(value, Redactor.Redact);
    }

    /// <summary>Error type of a call that could not be sent because no token was to be had.</summary>
    public const string CredentialError = "CREDENTIAL_REFUSED";

    /// <summary>Error type of a call that could not be sent because no token was to be had for now.</summary>
    public const string NoToken = "TRANSPORT_TOKEN";

    /// <summary>Error type of a call that was refused for its token with another status than 401.</summary>
    public const string TokenError = "TOKEN_REFUSED";

    /// <summary>The call was not sent, because there was no token for it.</summary>
    internal static ApiFailure WithoutToken(GenieLoadException reason)
    {
        bool mayPass = reason.Kind is ErrorKind.Connection or ErrorKind.Timeout or ErrorKind.Throttled;
        return new ApiFailure(
            mayPass ? FailureKind.Transport : FailureKind.Rejected, mayPass ? NoToken : CredentialError, reason.Message)
        {
            NotSent = true,
            Exception = reason,
        };
    }
}

/// <summary>Sorts of failure.</summary>
public enum FailureKind
{
    /// <summary>HTTP 429: certainly not accepted.</summary>
    Throttled,

    /// <summary>HTTP 503: refused for now; whether for certain, <see cref="ApiFailure.Refused"/> tells.</summary>
    Unavailable,

    /// <summary>HTTP 500, 502, 504 and other 5xx, and the 4xx by which gateways give up waiting (408, 425, 460, 499): fate
    /// unknown.</summary>
    ServerError,

    /// <summary>Connection failed, was reset or timed out, or the body was not what it should be.</summary>
    Transport,

    /// <summary>Any other HTTP status: the service will not do it.</summary>
    Rejected,
}
