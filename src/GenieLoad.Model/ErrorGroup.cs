namespace GenieLoad.Model;

/// <summary>
/// Sorts of failure, from the wire to the model. Names rather than an enumeration, as for <see cref="Outcome"/>. Genie's own error types
/// are an open set: unknown ones are <see cref="GenieOther"/>.
/// </summary>
public static class ErrorGroup
{
    /// <summary>The workspace's name could not be resolved.</summary>
    public const string TransportDns = nameof(TransportDns);

    /// <summary>No connection came about.</summary>
    public const string TransportConnect = nameof(TransportConnect);

    /// <summary>No secure channel came about.</summary>
    public const string TransportTls = nameof(TransportTls);

    /// <summary>The connection broke.</summary>
    public const string TransportReset = nameof(TransportReset);

    /// <summary>A call was not answered in time.</summary>
    public const string TransportTimeout = nameof(TransportTimeout);

    /// <summary>Anything else between here and the service, such as a broken protocol.</summary>
    public const string TransportOther = nameof(TransportOther);

    /// <summary>HTTP 401: the credential was refused.</summary>
    public const string Http401 = nameof(Http401);

    /// <summary>HTTP 403: a right is missing.</summary>
    public const string Http403 = nameof(Http403);

    /// <summary>HTTP 404: not there.</summary>
    public const string Http404 = nameof(Http404);

    /// <summary>HTTP 409: in conflict with something else.</summary>
    public const string Http409 = nameof(Http409);

    /// <summary>HTTP 429: rate limit.</summary>
    public const string Http429 = nameof(Http429);

    /// <summary>HTTP 5xx: trouble at the service.</summary>
    public const string Http5xx = nameof(Http5xx);

    /// <summary>Any other HTTP status.</summary>
    public const string HttpOther = nameof(HttpOther);

    /// <summary>Genie: rate limit inside an accepted message.</summary>
    public const string GenieRateLimit = nameof(GenieRateLimit);

    /// <summary>Genie: transient trouble at the service.</summary>
    public const string GenieService = nameof(GenieService);

    /// <summary>Genie: budget, model deployment or capacity.</summary>
    public const string GenieCapacity = nameof(GenieCapacity);

    /// <summary>Genie: access to or set-up of space, warehouse and tables.</summary>
    public const string GenieAccess = nameof(GenieAccess);

    /// <summary>Genie: context or text too long.</summary>
    public const string GenieContext = nameof(GenieContext);

    /// <summary>Genie: the SQL, or what it ran on.</summary>
    public const string GenieSql = nameof(GenieSql);

    /// <summary>Genie: the model's output made no sense.</summary>
    public const string GenieModelOutput = nameof(GenieModelOutput);

    /// <summary>Genie: trusted answers.</summary>
    public const string GenieTrustedAnswers = nameof(GenieTrustedAnswers);

    /// <summary>Genie: content filter, or the message was changed under way.</summary>
    public const string GenieCaller = nameof(GenieCaller);

    /// <summary>Genie: the message was cancelled.</summary>
    public const string GenieCancelled = nameof(GenieCancelled);

    /// <summary>Genie: the result had aged out.</summary>
    public const string GenieExpired = nameof(GenieExpired);

    /// <summary>Genie: an error type that is in no group.</summary>
    public const string GenieOther = nameof(GenieOther);

    /// <summary>GenieLoad gave up: the question's time limit.</summary>
    public const string ClientDeadline = nameof(ClientDeadline);

    /// <summary>GenieLoad could not read the answer.</summary>
    public const string ClientParse = nameof(ClientParse);

    /// <summary>GenieLoad itself failed.</summary>
    public const string ClientFault = nameof(ClientFault);

    /// <summary>The run was stopped, or ended, before the question did.</summary>
    public const string Stop = nameof(Stop);

    /// <summary>All groups.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        TransportDns, TransportConnect, TransportTls, TransportReset, TransportTimeout, TransportOther,
        Http401, Http403, Http404, Http409, Http429, Http5xx, HttpOther,
        GenieRateLimit, GenieService, GenieCapacity, GenieAccess, GenieContext, GenieSql, GenieModelOutput,
        GenieTrustedAnswers, GenieCaller,
        GenieCancelled, GenieExpired, GenieOther,
        ClientDeadline, ClientParse, ClientFault, Stop,
    ];
}
