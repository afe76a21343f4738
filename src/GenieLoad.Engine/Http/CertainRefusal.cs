using System.Text.RegularExpressions;

namespace GenieLoad.Engine.Http;

/// <summary>
/// Tells whether a 503 says for certain that the service did not take the request. A gateway answers 503 also when the service had taken
/// it and the connection between the two broke: a question that is then sent again is asked, answered and billed twice.
/// </summary>
internal static partial class CertainRefusal
{
    /// <summary>Whether it is certain: the service itself says when to come back, or a gateway says that it had nowhere to forward
    /// to.</summary>
    /// <param name="error">What the answer says.</param>
    /// <param name="saysWhen">Whether it has a Retry-After that can be read.</param>
    public static bool Tells(ErrorBody error, bool saysWhen) => (saysWhen && error.IsOfService) || NotForwarded().IsMatch(error.Message);

    // In the words of Envoy, which stands before Databricks and most clouds: each of these ends a request before it has a connection to
    // go on. "connection termination", "remote reset" and whatever was "retried" are not among them.
    [GeneratedRegex(
        @"^(no healthy upstream|upstream connect error or disconnect/reset before headers\. reset reason: "
        + @"((remote |local )?connection failure|connection timeout|overflow)(, transport failure reason: .*)?)$",
        RegexOptions.Singleline | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NotForwarded();
}
