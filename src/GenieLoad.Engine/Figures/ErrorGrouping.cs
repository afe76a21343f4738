using GenieLoad.Model;

namespace GenieLoad.Engine.Figures;

/// <summary>Says what sort of failure ended a question, from its row alone.</summary>
public static class ErrorGrouping
{
    /// <summary>The sort of failure, one of <see cref="ErrorGroup"/>; <see langword="null"/> for an answer.</summary>
    /// <param name="row">The row.</param>
    public static string? Of(QuestionResult row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return row.Outcome switch
        {
            Outcome.Completed => null,
            Outcome.Interrupted or Outcome.NotStarted => ErrorGroup.Stop,
            Outcome.Cancelled => ErrorGroup.GenieCancelled,
            // A token at its end is refused with other statuses too.
            _ when row.ErrorType == "TOKEN_REFUSED" => ErrorGroup.Http401,
            _ when row.HttpStatus is int status => OfHttp(status),
            _ when OfTransport(row.ErrorType) is string transport => transport,
            Outcome.Expired => ErrorGroup.GenieExpired,
            _ => row.Status switch
            {
                MessageStatus.Failed => GenieErrorTypes.GroupOf(row.ErrorType),

                // The message was good; the statement behind it was not.
                MessageStatus.Completed or MessageStatus.QueryResultExpired => ErrorGroup.GenieSql,
                _ => ErrorGroup.ClientFault,
            },
        };
    }

    private static string OfHttp(int status) => status switch
    {
        401 => ErrorGroup.Http401,
        403 => ErrorGroup.Http403,
        404 => ErrorGroup.Http404,
        409 => ErrorGroup.Http409,
        429 => ErrorGroup.Http429,
        >= 500 and <= 599 => ErrorGroup.Http5xx,
        _ => ErrorGroup.HttpOther,
    };

    private static string? OfTransport(string? type) => type switch
    {
        "TRANSPORT_DNS" => ErrorGroup.TransportDns,
        "TRANSPORT_CONNECT" => ErrorGroup.TransportConnect,
        "TRANSPORT_TLS" => ErrorGroup.TransportTls,
        "TRANSPORT_RESET" or "STREAM_ENDED" => ErrorGroup.TransportReset,
        "TRANSPORT_TIMEOUT" or "STREAM_SILENT" => ErrorGroup.TransportTimeout,
        "MALFORMED_ANSWER" or "ANSWER_TOO_LARGE" or "LOGIN_PAGE" => ErrorGroup.ClientParse,
        "QUESTION_TIMEOUT" => ErrorGroup.ClientDeadline,
        _ => type?.StartsWith("TRANSPORT_", StringComparison.Ordinal) == true ? ErrorGroup.TransportOther : null,
    };
}
