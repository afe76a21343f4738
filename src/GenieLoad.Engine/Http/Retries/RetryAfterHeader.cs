using System.Globalization;
using System.Net.Http.Headers;

namespace GenieLoad.Engine.Http.Retries;

/// <summary>Reads Retry-After (RFC 9110 10.2.3): seconds or a date. Gateways also send fractions, and numbers beyond any measure.</summary>
internal static class RetryAfterHeader
{
    /// <summary>Most seconds that are told, 100 years: what is longer is as long.</summary>
    public const double Longest = 100 * 365.25 * 86_400;

    /// <summary>
    /// Seconds to wait from now, at most <see cref="Longest"/>, 0 for a date gone by, <see langword="null"/> without a header that makes
    /// sense.
    /// </summary>
    public static double? Seconds(HttpResponseHeaders headers, DateTimeOffset now)
    {
        if (!headers.TryGetValues("Retry-After", out IEnumerable<string>? values))
            return null;
        string text = values.FirstOrDefault()?.Trim() ?? "";
        // Read by ourselves: .NET's own reader passes over a fraction, and over more seconds than 32 bits hold.
        if (text is [(>= '0' and <= '9') or '.', ..]
            && double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double seconds))
            return Math.Min(seconds, Longest);
        if (headers.RetryAfter?.Date is not DateTimeOffset date)
            return null;
        // The two clocks may differ: the service's own Date header, where present, takes the difference out.
        DateTimeOffset serverNow = headers.Date ?? now;
        return Math.Clamp((date - serverNow).TotalSeconds, 0, Longest);
    }
}
