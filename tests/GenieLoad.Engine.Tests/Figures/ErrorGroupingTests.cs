using GenieLoad.Engine.Figures;
using GenieLoad.Model;

namespace GenieLoad.Engine.Tests.Figures;

public class ErrorGroupingTests
{
    [Theory]
    [InlineData(Outcome.Completed, null, null, "COMPLETED", null)]
    [InlineData(Outcome.Unreachable, "TRANSPORT_DNS", null, null, ErrorGroup.TransportDns)]
    [InlineData(Outcome.Unreachable, "TRANSPORT_CONNECT", null, null, ErrorGroup.TransportConnect)]
    [InlineData(Outcome.Unreachable, "TRANSPORT_TLS", null, null, ErrorGroup.TransportTls)]
    [InlineData(Outcome.Ambiguous, "TRANSPORT_RESET", null, null, ErrorGroup.TransportReset)]
    [InlineData(Outcome.Ambiguous, "STREAM_ENDED", null, "THINKING", ErrorGroup.TransportReset)]
    [InlineData(Outcome.Ambiguous, "STREAM_SILENT", null, null, ErrorGroup.TransportTimeout)]
    [InlineData(Outcome.Unreachable, "TRANSPORT_TIMEOUT", null, "ASKING_AI", ErrorGroup.TransportTimeout)]
    [InlineData(Outcome.Unreachable, "TRANSPORT_PROTOCOL", null, "ASKING_AI", ErrorGroup.TransportOther)]
    [InlineData(Outcome.Ambiguous, "MALFORMED_ANSWER", null, null, ErrorGroup.ClientParse)]
    [InlineData(Outcome.Rejected, "UNAUTHENTICATED", 401, null, ErrorGroup.Http401)]
    [InlineData(Outcome.Rejected, "TOKEN_REFUSED", 403, null, ErrorGroup.Http401)]
    [InlineData(Outcome.Rejected, "TOKEN_REFUSED", 400, null, ErrorGroup.Http401)]
    [InlineData(Outcome.Rejected, "PERMISSION_DENIED", 403, null, ErrorGroup.Http403)]
    [InlineData(Outcome.Rejected, "RESOURCE_DOES_NOT_EXIST", 404, null, ErrorGroup.Http404)]
    [InlineData(Outcome.Rejected, "RESOURCE_CONFLICT", 409, null, ErrorGroup.Http409)]
    [InlineData(Outcome.Rejected, "INVALID_PARAMETER_VALUE", 400, null, ErrorGroup.HttpOther)]
    [InlineData(Outcome.Throttled, "REQUEST_LIMIT_EXCEEDED", 429, null, ErrorGroup.Http429)]
    [InlineData(Outcome.Unreachable, "HTTP_502", 502, "ASKING_AI", ErrorGroup.Http5xx)]
    [InlineData(Outcome.Throttled, "RATE_LIMIT_EXCEEDED_GENERIC_EXCEPTION", null, "FAILED", ErrorGroup.GenieRateLimit)]
    [InlineData(Outcome.Failed, "SQL_EXECUTION_EXCEPTION", null, "FAILED", ErrorGroup.GenieSql)]
    [InlineData(Outcome.Failed, "BUDGET_EXCEEDED_EXCEPTION", null, "FAILED", ErrorGroup.GenieCapacity)]
    [InlineData(Outcome.Failed, "SOMETHING_NEW_EXCEPTION", null, "FAILED", ErrorGroup.GenieOther)]
    [InlineData(Outcome.Failed, "STATEMENT_FAILED", null, "COMPLETED", ErrorGroup.GenieSql)]
    [InlineData(Outcome.Failed, "NullReferenceException", null, "ASKING_AI", ErrorGroup.ClientFault)]
    [InlineData(Outcome.Cancelled, null, null, "CANCELLED", ErrorGroup.GenieCancelled)]
    [InlineData(Outcome.Expired, "QUERY_RESULT_EXPIRED", null, "QUERY_RESULT_EXPIRED", ErrorGroup.GenieExpired)]
    [InlineData(Outcome.TimedOut, "QUESTION_TIMEOUT", null, "ASKING_AI", ErrorGroup.ClientDeadline)]
    [InlineData(Outcome.Interrupted, null, null, "ASKING_AI", ErrorGroup.Stop)]
    [InlineData(Outcome.NotStarted, null, null, null, ErrorGroup.Stop)]
    public void Every_end_has_its_group(string outcome, string? errorType, int? httpStatus, string? status, string? group)
    {
        QuestionResult row = Rows.Of(1, 0, 0, 1, outcome, errorType: errorType, httpStatus: httpStatus, status: status);

        Assert.Equal(group, ErrorGrouping.Of(row));
    }

    [Fact]
    public void All_68_error_types_of_genie_are_in_a_group_of_their_own()
    {
        // 67 of chat mode, and the one that agent mode writes otherwise.
        Assert.Equal(68, GenieErrorTypes.Known.Count);
        Assert.All(GenieErrorTypes.Known, type => Assert.StartsWith("Genie", GenieErrorTypes.GroupOf(type), StringComparison.Ordinal));
        Assert.All(GenieErrorTypes.Known, type => Assert.Contains(GenieErrorTypes.GroupOf(type), ErrorGroup.All));
        Assert.DoesNotContain(ErrorGroup.GenieOther, GenieErrorTypes.Known.Select(GenieErrorTypes.GroupOf));
    }

    [Fact]
    public void A_cause_says_when_how_long_and_which_request_to_ask_about()
    {
        QuestionResult[] rows =
        [
            Rows.Of(1, 0, 0, 10),
            Rows.Of(2, 0, 0, 20, Outcome.Failed, errorType: "SQL_EXECUTION_EXCEPTION", status: MessageStatus.Failed),
            Rows.Of(3, 0, 5, 15, Outcome.Failed, errorType: "SQL_EXECUTION_EXCEPTION", status: MessageStatus.Failed, requestId: "req-3"),
            Rows.Of(4, 0, outcome: Outcome.NotStarted),
        ];

        CauseCount[] causes = [.. CauseCounter.Count(rows)];

        Assert.Equal([2, 1], causes.Select(cause => cause.Count));
        Assert.Equal(ErrorGroup.GenieSql, causes[0].Group);
        Assert.Equal((rows[2].CompletedAt, rows[1].CompletedAt), (causes[0].FirstAt, causes[0].LastAt));
        Assert.Equal("req-3", causes[0].ExampleRequestId);
        Assert.Equal(75, causes[0].TimeShare);
        Assert.Null(causes[1].FirstAt);
        Assert.Equal(0, causes[1].TimeShare);
    }
}
