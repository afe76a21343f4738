namespace GenieLoad.Engine.Genie;

/// <summary>Why a call, or one attempt at it, did not succeed.</summary>
/// <param name="Kind">Sort of failure.</param>
/// <param name="ErrorType">
/// The service's own code (<c>RESOURCE_DOES_NOT_EXIST</c>), <c>HTTP_502</c> where it gave none, or <c>TRANSPORT_...</c>.
/// </param>
/// <param name="Message">In words.</param>
public sealed record ApiFailure(FailureKind Kind, string ErrorType, string Message)
{
    /// <summary>HTTP status, where there was one.</summary>
    public int? HttpStatus { get; init; }

    /// <summary>The service's id for the request.</summary>
    public string? RequestId { get; init; }

    /// <summary>Seconds that Retry-After asked for.</summary>
    public double? RetryAfterSeconds { get; init; }

    /// <summary>Whether the request certainly never reached the service.</summary>
    public bool NotSent { get; init; }

    /// <summary>What lies beneath it.</summary>
    public Exception? Exception { get; init; }
}

/// <summary>Sorts of failure.</summary>
public enum FailureKind
{
    /// <summary>HTTP 429: not accepted.</summary>
    Throttled,

    /// <summary>HTTP 503: refused for now.</summary>
    Unavailable,

    /// <summary>HTTP 500, 502, 504 and other 5xx: fate unknown.</summary>
    ServerError,

    /// <summary>Connection failed, was reset or timed out, or the body was not what it should be.</summary>
    Transport,

    /// <summary>Any other HTTP status: the service will not do it.</summary>
    Rejected,
}
