using System.Net.Http.Headers;

namespace GenieLoad.Engine.Http.Retries;

/// <summary>Reads Retry-After (RFC 9110 10.2.3): seconds or a date.</summary>
internal static class RetryAfterHeader
{
    /// <summary>Seconds to wait from now, 0 for a date gone by, <see langword="null"/> without a header that makes sense.</summary>
    public static double? Seconds(HttpResponseHeaders headers, DateTimeOffset now)
    {
        RetryConditionHeaderValue? header = headers.RetryAfter;
        if (header?.Delta is TimeSpan delta)
            return Math.Max(0, delta.TotalSeconds);
        if (header?.Date is not DateTimeOffset date)
            return null;
        // The two clocks may differ: the service's own Date header, where present, takes the difference out.
        DateTimeOffset serverNow = headers.Date ?? now;
        return Math.Max(0, (date - serverNow).TotalSeconds);
    }
}
