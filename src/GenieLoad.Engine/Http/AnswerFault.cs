using System.Net;
using System.Text;
using System.Text.Json;

namespace GenieLoad.Engine.Http;

/// <summary>What is wrong with an answer that says it is a success, in words for people.</summary>
internal static class AnswerFault
{
    /// <summary>Error type of an answer that is a page to sign in at.</summary>
    public const string LoginPage = "LOGIN_PAGE";

    /// <summary>Error type of an answer that sends callers from here to a login for want of a private link.</summary>
    public const string PrivateLink = "PRIVATE_LINK_NEEDED";

    /// <summary>Error type of an answer that cannot be read or used.</summary>
    public const string Malformed = "MALFORMED_ANSWER";

    /// <summary>Error type of an answer that is larger than any of its service.</summary>
    public const string Large = "ANSWER_TOO_LARGE";

    /// <summary>It is larger than any answer of its service.</summary>
    /// <param name="most">Most bytes that are read of one.</param>
    public static ApiFailure TooLarge(int most) => new(
        FailureKind.Transport, Large, $"The answer has more than {most / (1024 * 1024)} MiB, the most that is read of one")
    {
        Lasting = true,
    };

    /// <summary>It cannot be read.</summary>
    /// <param name="body">The answer.</param>
    /// <param name="e">What its reader said, in words that are not for people.</param>
    public static ApiFailure Unreadable(byte[] body, JsonException e)
    {
        if (Encoding.UTF8.GetString(body.AsSpan(0, Math.Min(body.Length, 64))).TrimStart('\ufeff', ' ', '\r', '\n', '\t').StartsWith('<'))
            return WebPage(ErrorBody.Read(HttpStatusCode.OK, body).Message) with { Exception = e };
        string where = e is { LineNumber: long line, BytePositionInLine: long column }
            ? FormattableString.Invariant($" from line {line + 1}, byte {column + 1} on")
            : "";
        string what = body.Length == 0 ? "The answer is empty" : $"The answer is not the JSON that it should be{where}";
        return new ApiFailure(FailureKind.Transport, Malformed, what) { Exception = e };
    }

    /// <summary>Its compressed form is damaged.</summary>
    public static ApiFailure Damaged(InvalidDataException e) =>
        new(FailureKind.Transport, Malformed, "The answer's compressed form is damaged") { Exception = e };

    /// <summary>Where a redirection leads to that is no part of this API; <see langword="null"/> where it says nothing more.</summary>
    public static string? TypeOf(Uri redirection)
    {
        string target = redirection.OriginalString;
        if (target.Contains("private-link-validation-error", StringComparison.OrdinalIgnoreCase))
            return PrivateLink;
        return target.Split('?')[0].Contains("/login", StringComparison.OrdinalIgnoreCase) ? LoginPage : null;
    }

    private static ApiFailure WebPage(string title)
    {
        bool isLogin = title.Contains("sign in", StringComparison.OrdinalIgnoreCase)
            || title.Contains("log in", StringComparison.OrdinalIgnoreCase)
            || title.Contains("login", StringComparison.OrdinalIgnoreCase);
        return new ApiFailure(FailureKind.Transport, isLogin ? LoginPage : Malformed, $"The answer is a web page instead of JSON: {title}");
    }
}
