using System.Text.RegularExpressions;

namespace GenieLoad.Engine.Http;

/// <summary>
/// Knows a refused token by its text. Databricks and the gateways before it answer 403, and 400, to a token that has ended; a 403 for
/// a missing right and a 400 for a bad request must not be taken for one.
/// </summary>
internal static partial class TokenRefusal
{
    /// <summary>Whether an answer says that the token has expired.</summary>
    /// <param name="status">HTTP status.</param>
    /// <param name="message">Text of the answer.</param>
    public static bool Tells(int status, string message) => status switch
    {
        403 => TokenAtItsEnd().IsMatch(message) || WebTokenAtItsEnd().IsMatch(message),
        // A bad request may repeat the question, which may speak of tokens: only what nobody would ask.
        400 => WebTokenAtItsEnd().IsMatch(message),
        _ => false,
    };

    [GeneratedRegex(
        @"\binvalid (?:access )?token\b|\btoken (?:is |has |was )?(?:already )?expired\b"
            + @"|\bexpired (?:access )?token\b|\btoken is expiring\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TokenAtItsEnd();

    [GeneratedRegex(
        @"\bExpiredJwt|\bJWT (?:is |has )?expired\b|\bexpired JWT\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex WebTokenAtItsEnd();
}
